import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { holdOn } from '../model/hold.ts';
import type { PollOutcome, Source } from '../model/source.ts';
import { refresh, type RefreshTools } from '../pipeline/refresh.ts';

/** How long a claim outlives a killed process, and how often a living one renews it. */
const leaseMs = 20_000;
const renewEveryMs = 5000;

/** Of the places, as many are kept free of sources that failed the last time: some of those hang until their deadline. */
const shareForSound = 0.5;

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

  const failing = new Set<string>();

  const hasPlace = (source: Source): boolean => {
    if (running.size >= settings.concurrency) return false;
    if (!failing.has(source.id)) return true;
    const doubtful = [...running.keys()].filter((id) => failing.has(id)).length;
    return doubtful < Math.max(1, Math.floor(settings.concurrency * (1 - shareForSound)));
  };

  const fits = (source: Source): boolean =>
    hasPlace(source) &&
    !running.has(source.id) &&
    (perHost.get(hostOf(source)) ?? 0) < limitOf(source, settings.perHost);

  const leaseEnd = (): Date => new Date(tools.now().getTime() + leaseMs);
  const renewLeases = (): void => {
    tools.store
      .renewLeases([...running.keys()], { owner, until: leaseEnd() })
      .catch((error: unknown) => tools.log.error({ code: codeOf(error) }, (error as Error).message));
  };
  let renewal: NodeJS.Timeout | undefined;

  const poll = async (source: Source, dueAt?: Date): Promise<PollOutcome | undefined> => {
    const now = tools.now();
    const state = await tools.store.claim(source.id, { owner, now, until: leaseEnd() }, dueAt);
    if (!state) return undefined;
    try {
      const outcome = await refresh(source, state, tools);
      if (outcome.kind === 'failed') failing.add(source.id);
      else failing.delete(source.id);
      return outcome;
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
      if (running.size === 0) {
        clearInterval(renewal);
        renewal = undefined;
      }
      const left = (perHost.get(host) ?? 1) - 1;
      if (left === 0) perHost.delete(host);
      else perHost.set(host, left);
    });
    running.set(source.id, work);
    renewal ??= setInterval(renewLeases, renewEveryMs).unref();
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
        if (source && !holdOn(source.location, held) && fits(source))
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
    const held = force ? new Map<string, Date>() : await tools.store.heldHosts(now);
    const waiting = due
      .flatMap((id) => byId.get(id) ?? [])
      .filter((source) => !holdOn(source.location, held));
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
