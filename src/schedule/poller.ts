import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { holdOn, type Holds } from '../model/hold.ts';
import type { PollOutcome, Source, SourceState } from '../model/source.ts';
import type { PendingBytes } from '../pipeline/pending-bytes.ts';
import { refresh, type RefreshTools } from '../pipeline/refresh.ts';
import { createPlaces, type PlaceSettings } from './places.ts';
import { createSetbacks } from './setbacks.ts';

/** How long a claim outlives a killed process, and how often a living one renews it. */
const leaseMs = 20_000;
const renewEveryMs = 5000;

export interface PollerSettings extends PlaceSettings {
  /** A source whose poll could not be saved is left alone for so long at least. */
  readonly minIntervalMs: number;
}

export interface PollerTools extends RefreshTools {
  readonly pending: PendingBytes;
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

/** A poll that waits for its place. */
interface Waiting {
  readonly source: Source;
  /** Absent: polled whether it is due or not, and whether its host is held or not. */
  readonly dueAt?: Date;
  /** Told how it ended: without an outcome where the source was not due, or held by another process. */
  readonly onEnd?: (outcome: PollOutcome | undefined) => void;
}

/**
 * Polls sources within the limits of concurrency and of connections a host. A source is claimed in the store
 * before it is polled, so that several processes share one store without polling twice.
 */
export function createPoller(
  sources: readonly Source[],
  tools: PollerTools,
  settings: PollerSettings,
): Poller {
  const owner = randomUUID();
  const byId = new Map(sources.map((source) => [source.id, source]));
  const running = new Map<string, Promise<void>>();
  const places = createPlaces(settings, () => fill());
  const setbacks = createSetbacks(settings.minIntervalMs);
  const due: Waiting[] = [];
  const asked: Waiting[] = [];
  let held: Holds = new Map();
  let draining = false;
  let ticking = false;

  const isHeld = ({ source, dueAt }: Waiting): boolean =>
    dueAt !== undefined && holdOn(source.location, held) !== undefined;

  const isStartable = (waiting: Waiting): boolean =>
    !running.has(waiting.source.id) && !isHeld(waiting) && places.isFree(waiting.source);

  const isBusy = (): boolean => places.areFull() || tools.pending.isFull();

  /** Starts what fits, the longest waiting first; what was asked for comes before what is due. */
  const fill = (): void => {
    for (const queue of [asked, due]) {
      for (let at = 0; at < queue.length && !isBusy() && !draining;) {
        const waiting = queue[at];
        if (!waiting || !isStartable(waiting)) at += 1;
        else {
          queue.splice(at, 1);
          start(waiting);
        }
      }
    }
    if (draining) for (const { onEnd } of asked.splice(0)) onEnd?.(undefined);
  };

  const start = (waiting: Waiting): void => {
    const { id } = waiting.source;
    running.set(id, run(waiting, places.take(waiting.source)));
    renewal ??= setInterval(renewLeases, renewEveryMs).unref();
  };

  const run = async ({ source, dueAt, onEnd }: Waiting, leave: () => void): Promise<void> => {
    let outcome: PollOutcome | undefined;
    try {
      outcome = await poll(source, dueAt, leave);
    } catch (error) {
      outcome = failure(source, error);
    }
    if (outcome?.status === 429) held = await tools.store.heldHosts(tools.now()).catch(() => held);
    leave();
    running.delete(source.id);
    if (running.size === 0) stopRenewing();
    onEnd?.(outcome);
    fill();
  };

  const poll = async (source: Source, dueAt: Date | undefined, leave: () => void) => {
    const now = tools.now();
    const state = await tools.store.claim(source.id, { owner, now, until: leaseEnd() }, dueAt);
    if (!state) return undefined;
    const outcome = await refreshIn(source, state, leave);
    setbacks.clear(source.id);
    places.note(source.id, outcome.kind !== 'failed');
    return outcome;
  };

  /** The place is for the request: what is left to do with the document keeps no other source waiting. */
  const refreshIn = async (source: Source, state: SourceState, leave: () => void): Promise<PollOutcome> => {
    let bytes = 0;
    const fetch: RefreshTools['fetch'] = async (at, last) => {
      try {
        const fetched = await tools.fetch(at, last);
        bytes = fetched.kind === 'fetched' ? fetched.bytes.length : 0;
        tools.pending.add(bytes);
        return fetched;
      } finally {
        leave();
      }
    };
    try {
      return await refresh(source, state, { ...tools, fetch });
    } catch (error) {
      setbacks.add(source.id);
      throw error;
    } finally {
      tools.pending.remove(bytes);
    }
  };

  /**
   * A poll that the store or the program failed, as its outcome. The claim is left to run out; a source that
   * was asked and whose answer could not be saved is left alone for longer each time.
   */
  const failure = (source: Source, error: unknown): PollOutcome => {
    logFailure(tools.log, source, error);
    return { kind: 'failed', error: { code: codeOf(error), message: (error as Error).message } };
  };

  const leaseEnd = (): Date => new Date(tools.now().getTime() + leaseMs);
  const renewLeases = (): void => {
    tools.store
      .renewLeases([...running.keys()], { owner, until: leaseEnd() })
      .catch((error: unknown) => tools.log.error({ code: codeOf(error) }, (error as Error).message));
  };
  let renewal: NodeJS.Timeout | undefined;
  const stopRenewing = (): void => {
    clearInterval(renewal);
    renewal = undefined;
  };

  /** What is due of these sources and unclaimed, as it waits. */
  const dueOf = async (ids: readonly string[]): Promise<readonly Waiting[]> => {
    const now = tools.now();
    const found = await tools.store.dueSources(ids, now);
    held = await tools.store.heldHosts(now);
    for (const { id, isSound } of found) places.note(id, isSound);
    return found.flatMap(({ id }) => {
      const source = byId.get(id);
      return source && !setbacks.isPausing(id) ? [{ source, dueAt: now }] : [];
    });
  };

  const tick = async (): Promise<void> => {
    if (ticking || draining) return;
    ticking = true;
    try {
      due.splice(0, due.length, ...(await dueOf([...byId.keys()])));
      fill();
    } catch (error) {
      tools.log.error({ code: codeOf(error) }, (error as Error).message);
    } finally {
      ticking = false;
    }
  };

  const pass = async (wanted: readonly Source[], { force, onDone }: PassOptions) => {
    const ids = wanted.map(({ id }) => id);
    const polls = force
      ? ids.flatMap((id) => byId.get(id) ?? []).map((source): Waiting => ({ source }))
      : (await dueOf(ids)).filter((waiting) => !isHeld(waiting));
    const outcomes = new Map<string, PollOutcome>();
    const ends = polls.map(
      (waiting) =>
        new Promise<void>((resolve) => {
          const onEnd = (outcome: PollOutcome | undefined): void => {
            if (outcome) outcomes.set(waiting.source.id, outcome);
            onDone?.(waiting.source, outcome);
            resolve();
          };
          asked.push({ ...waiting, onEnd });
        }),
    );
    fill();
    await Promise.all(ends);
    return outcomes;
  };

  return {
    tick,
    pass,
    drain: async () => {
      draining = true;
      fill();
      await Promise.all(running.values());
    },
  };
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'internal';
}

function logFailure(log: Logger, source: Source, error: unknown): void {
  const code = codeOf(error);
  if (code === 'internal') log.error({ source: source.id, err: error }, 'refresh: failed by a defect');
  else log.error({ source: source.id, code }, (error as Error).message);
}
