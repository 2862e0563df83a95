import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { PollOutcome, Source } from '../model/source.ts';
import { refresh, type RefreshTools } from '../pipeline/refresh.ts';

/** How long a claim holds beyond the longest fetch: time to parse, and to wait for a locked store. */
const leaseMarginMs = 90_000;

export interface PollerSettings {
  readonly concurrency: number;
  readonly perHost: number;
  readonly timeoutMs: number;
}

export interface Poller {
  /** Starts what is due and fits into the limits; returns at once. */
  readonly tick: () => Promise<void>;
  /** Polls these sources now, or those of them that are due; ends when all are done. */
  readonly pass: (
    sources: readonly Source[],
    options: PassOptions,
  ) => Promise<ReadonlyMap<string, PollOutcome>>;
  /** Takes no more work and ends when what is under way is done. */
  readonly drain: () => Promise<void>;
}

export interface PassOptions {
  readonly force: boolean;
  readonly onDone?: (source: Source, outcome: PollOutcome | undefined) => void;
}

/**
 * Polls sources within the limits of concurrency and of connections a host. A source is claimed in the store
 * before it is polled, so that several processes share one store without polling twice.
 */
export function createPoller(
  sources: readonly Source[],
  tools: RefreshTools,
  settings: PollerSettings,
): Poller {
  const owner = randomUUID();
  const byId = new Map(sources.map((source) => [source.id, source]));
  const running = new Map<string, Promise<unknown>>();
  const perHost = new Map<string, number>();
  let draining = false;
  let ticking = false;

  const fits = (source: Source): boolean =>
    running.size < settings.concurrency &&
    !running.has(source.id) &&
    (perHost.get(hostOf(source)) ?? 0) < limitOf(source, settings.perHost);

  const poll = async (source: Source, dueAt?: Date): Promise<PollOutcome | undefined> => {
    const now = tools.now();
    const until = new Date(now.getTime() + settings.timeoutMs + leaseMarginMs);
    const state = await tools.store.claim(source.id, { owner, now, until }, dueAt);
    if (!state) return undefined;
    try {
      return await refresh(source, state, tools);
    } catch (error) {
      // The claim is left to run out: a pause, while whatever is wrong with the store or the program goes on.
      return failure(source, error);
    }
  };

  /** A poll that the store or the program failed, as its outcome. */
  const failure = (source: Source, error: unknown): PollOutcome => {
    logFailure(tools.log, source, error);
    return { kind: 'failed', error: { code: codeOf(error), message: (error as Error).message } };
  };

  const start = (source: Source, dueAt?: Date): Promise<PollOutcome | undefined> => {
    const host = hostOf(source);
    perHost.set(host, (perHost.get(host) ?? 0) + 1);
    const work = poll(source, dueAt).finally(() => {
      running.delete(source.id);
      const left = (perHost.get(host) ?? 1) - 1;
      if (left === 0) perHost.delete(host);
      else perHost.set(host, left);
    });
    running.set(source.id, work);
    return work;
  };

  const tick = async (): Promise<void> => {
    if (ticking || draining) return;
    ticking = true;
    try {
      const now = tools.now();
      const held = await tools.store.heldHosts(now);
      for (const id of await tools.store.dueSources([...byId.keys()], now)) {
        const source = byId.get(id);
        if (source && !held.has(hostOf(source)) && fits(source))
          // After a failed claim the next tick is soon enough: what the store cannot do, it cannot do now.
          void start(source, now).then(tick, (error: unknown) => failure(source, error));
      }
    } catch (error) {
      tools.log.error({ code: codeOf(error) }, (error as Error).message);
    } finally {
      ticking = false;
    }
  };

  const pass = async (wanted: readonly Source[], { force, onDone }: PassOptions) => {
    const now = tools.now();
    const due = force
      ? wanted.map(({ id }) => id)
      : await tools.store.dueSources(
          wanted.map(({ id }) => id),
          now,
        );
    const waiting = due.flatMap((id) => byId.get(id) ?? []);
    const outcomes = new Map<string, PollOutcome>();
    const polls: Promise<void>[] = [];
    while ((waiting.length > 0 && !draining) || running.size > 0) {
      for (let at = 0; at < waiting.length && running.size < settings.concurrency && !draining;) {
        const source = waiting[at];
        if (!source || !fits(source)) {
          at += 1;
          continue;
        }
        waiting.splice(at, 1);
        const work = start(source, force ? undefined : now).catch((error: unknown) => failure(source, error));
        polls.push(
          work.then((outcome) => {
            if (outcome) outcomes.set(source.id, outcome);
            onDone?.(source, outcome);
          }),
        );
      }
      await Promise.race([...running.values()].map((work) => work.catch(() => undefined)));
    }
    await Promise.all(polls);
    return outcomes;
  };

  return {
    tick,
    pass,
    drain: async () => {
      draining = true;
      await Promise.allSettled(running.values());
    },
  };
}

function hostOf({ location }: Source): string {
  return location.kind === 'http' ? new URL(location.url).host : '';
}

/** The disk is not a host that needs sparing. */
function limitOf({ location }: Source, perHost: number): number {
  return location.kind === 'http' ? perHost : Number.MAX_SAFE_INTEGER;
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'internal';
}

function logFailure(log: Logger, source: Source, error: unknown): void {
  const code = codeOf(error);
  if (code === 'internal') log.error({ source: source.id, err: error }, 'refresh: failed by a defect');
  else log.error({ source: source.id, code }, (error as Error).message);
}
