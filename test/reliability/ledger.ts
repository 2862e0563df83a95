import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { serve, start, temporaryFolder, type Serving } from '../support/tributary.ts';
import { wellFormedness } from './well-formedness.ts';
import { idsThrough, startLedgerOrigin } from './ledger-origin.ts';

export interface LedgerOptions {
  readonly kills: number;
  readonly seed: number;
  readonly sources?: number;
  /** Called after each kill. */
  readonly onKill?: (count: number) => void;
}

/** What a run came to; every list is empty where nothing went wrong. */
export interface LedgerResult {
  readonly kills: number;
  readonly requests: number;
  readonly items: number;
  readonly answers: number;
  readonly slowestStartMs: number;
  /** Items of acknowledged versions that are not there. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Items whose entry id or times were other ones before. */
  readonly changed: readonly string[];
  readonly illFormed: readonly string[];
}

interface Remembered {
  readonly id: string;
  readonly entryId: string;
  readonly firstSeen: string;
  readonly published: string;
}

/** At most so long after its start the program is killed. */
const longestLifeMs = 700;

/** After the last kill every source has to go on within this time: its claim may have to run out first. */
const recoveryMs = 40_000;

/**
 * Kills the program with SIGKILL at random moments while it reads a {@link startLedgerOrigin}, starts it
 * again, and looks each time at what it still knows.
 */
export async function runLedger({ kills, seed, sources = 16, onKill }: LedgerOptions): Promise<LedgerResult> {
  await using origin = await startLedgerOrigin(sources);
  await using folder = await temporaryFolder();
  const config = join(folder.path, 'ledger.yaml');
  const path = join(folder.path, 'ledger.db');
  await writeFile(config, configOf(sources, origin.port, path));
  const random = randomFrom(seed);
  const remembered = new Map<string, Remembered>();
  const lost = new Set<string>();
  const changed = new Set<string>();
  const illFormed: string[] = [];
  let answers = 0;
  let slowestStartMs = 0;

  const look = async (site: Serving): Promise<void> => {
    const acknowledged = origin.acknowledged();
    const found = await listItems(site.url);
    for (const item of found.values()) {
      const before = remembered.get(item.id) ?? item;
      if (JSON.stringify(before) !== JSON.stringify(item)) changed.add(item.id);
      remembered.set(item.id, before);
    }
    for (const id of [
      ...remembered.keys(),
      ...acknowledged.flatMap((version, source) => idsThrough(source, version)),
    ])
      if (!found.has(id)) lost.add(id);
  };

  /** Reads the merged feed for as long as it is served. */
  const read = async (site: Serving, until: AbortSignal): Promise<void> => {
    while (!until.aborted) {
      const answer = await fetch(`${site.url}/feeds/all.atom`, { signal: until }).catch(() => undefined);
      const body = await answer?.text().catch(() => undefined);
      if (body === undefined) return;
      answers += 1;
      const verdict = answer?.status === 200 ? wellFormedness(body) : `status ${answer?.status}`;
      if (verdict !== '') illFormed.push(verdict);
      await sleep(10);
    }
  };

  for (let count = 1; count <= kills; count++) {
    const lifeMs = random() * longestLifeMs;
    if (count % 4 === 0) {
      // In the middle of its start.
      const { child, finished } = start(['serve', '--port', '0', '--config', config], {});
      await sleep(lifeMs);
      child.kill('SIGKILL');
      await finished;
    } else {
      const startedAt = performance.now();
      const site = await serve(['--config', config]);
      slowestStartMs = Math.max(slowestStartMs, performance.now() - startedAt);
      await look(site);
      const end = new AbortController();
      const reading = read(site, end.signal);
      await sleep(lifeMs);
      site.signal('SIGKILL');
      await site.finished;
      end.abort();
      await reading;
    }
    onKill?.(count);
  }

  const site = await serve(['--config', config]);
  const before = origin.acknowledged();
  const giveUpAt = performance.now() + recoveryMs;
  const isBehind = () => origin.acknowledged().some((version, source) => version <= (before[source] ?? 0));
  while (isBehind()) {
    if (performance.now() > giveUpAt) throw new Error('ledger: a source is not read any more');
    await sleep(100);
  }
  await look(site);
  site.signal('SIGTERM');
  const { status } = await site.finished;
  if (status !== 0) throw new Error(`ledger: it ended with status ${status}`);

  const { items, doubled } = await countItems(path);
  return {
    kills,
    requests: origin.requests(),
    items,
    answers,
    slowestStartMs: Math.round(slowestStartMs),
    lost: [...lost],
    doubled,
    changed: [...changed],
    illFormed,
  };
}

function configOf(sources: number, port: number, store: string): string {
  return JSON.stringify({
    store: { url: `sqlite:${store}` },
    fetch: { allow: ['127.0.0.1/32'], minInterval: '1s', perHost: 4 },
    sources: Array.from({ length: sources }, (_, index) => ({
      id: `ledger-${index}`,
      title: `账簿${index}`,
      url: `http://127.0.0.1:${port}/${index}.xml`,
      every: '1s',
    })),
  });
}

/** Everything that the program knows, page by page, as a reader of its API sees it. */
async function listItems(url: string): Promise<ReadonlyMap<string, Remembered>> {
  const found = new Map<string, Remembered>();
  let cursor = '';
  for (;;) {
    const answer = await fetch(`${url}/api/items?limit=500${cursor}`);
    const { items, next } = (await answer.json()) as { items: Remembered[]; next?: string };
    for (const { id, entryId, firstSeen, published } of items)
      found.set(id, { id, entryId, firstSeen, published });
    if (next === undefined) return found;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}

async function countItems(path: string): Promise<{ items: number; doubled: readonly string[] }> {
  const store = openSqliteStore(path);
  const items = await store.listItems({ limit: 10_000_000 });
  await store.close();
  const byId = Map.groupBy(items, ({ item }) => item.id ?? '');
  const entryIds = new Set(items.map(({ entryId }) => entryId));
  const doubled = [...byId].filter(([, same]) => same.length > 1).map(([id]) => id);
  if (entryIds.size < items.length) doubled.push('an entry id');
  return { items: items.length, doubled };
}

/** Numbers from 0 to 1 that are the same for the same seed (a linear congruence, Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
