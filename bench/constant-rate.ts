import { setTimeout } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { gzipped } from './served.ts';

/** What is asked for in turn; a conditional request is one with the tag that was seen last. */
const kinds = [
  { coding: 'identity', isConditional: false },
  { coding: 'gzip', isConditional: false },
  { coding: 'identity', isConditional: true },
  { coding: 'gzip', isConditional: true },
] as const;

type Coding = (typeof kinds)[number]['coding'];

/** How answers came, by what they were: `200, gzip`, `304, identity`. */
export interface Answers {
  /** Milliseconds from when a request had to be sent until its answer was read. */
  readonly ms: ReadonlyMap<string, readonly number[]>;
  readonly sent: number;
  /** Those that were answered by an error, or in no more than ten seconds by nothing. */
  readonly failed: number;
}

/**
 * Asks for a feed so many times a second, whether answers come or not. A request that had to be sent while the
 * server did something else counts from when it had to be, so a pause shows in all that it delayed.
 */
export async function askAtRate(url: string, perSecond: number, count: number): Promise<Answers> {
  const dispatcher = new Agent({ connections: 256, pipelining: 1, headersTimeout: 10_000 });
  const etags = new Map<Coding, string>();
  const ms = new Map<string, number[]>();
  let failed = 0;

  const ask = async ({ coding, isConditional }: (typeof kinds)[number]): Promise<string> => {
    const etag = isConditional ? etags.get(coding) : undefined;
    const answer = await request(url, {
      dispatcher,
      headers: {
        ...(coding === 'gzip' && gzipped),
        ...(etag !== undefined && { 'if-none-match': etag }),
      },
    });
    await answer.body.arrayBuffer();
    if (answer.statusCode !== 200 && answer.statusCode !== 304) throw new Error(String(answer.statusCode));
    etags.set(coding, String(answer.headers['etag']));
    return `${answer.statusCode}, ${coding}`;
  };
  const measure = async (kind: (typeof kinds)[number], due: number): Promise<void> => {
    try {
      const name = await ask(kind);
      const times = ms.get(name) ?? [];
      times.push(performance.now() - due);
      ms.set(name, times);
    } catch {
      failed += 1;
    }
  };

  for (const kind of kinds) await ask(kind);
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  for (let sent = 0; sent < count; sent++) {
    const due = start + (sent * 1000) / perSecond;
    await until(due);
    const measuring = measure(kinds[sent % kinds.length] ?? kinds[0], due);
    underWay.add(measuring);
    void measuring.then(() => underWay.delete(measuring));
  }
  await Promise.all(underWay);
  await dispatcher.close();
  return { ms, sent: count, failed };
}

/** Timers are up to a millisecond late, which counts; to wait in a loop would take a core from the servers. */
async function until(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now())
    await setTimeout(Math.max(1, Math.floor(left)));
}

/** The value that so many of all are not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
