import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as afterOthers } from 'node:timers/promises';
import { StoreError } from '../../model/errors.ts';
import { asStoreError } from './open.ts';
import { retryWhileBusy, type Patience } from './retry.ts';

/** A commit waits for so long after one job for the next to share it, */
const lingerMs = 2;

/** jobs follow each other for so long before it, */
const groupMs = 300;

/** and for so long before everything else has its turn. */
const turnMs = 10;

/** What the line tells those who ask for the store's health. */
export interface LineWatch {
  /** A commit, or the beginning of one, waits for another program. */
  readonly onBusy: NonNullable<Patience['onBusy']>;
  /** A commit is done; `error` tells what the disk or another program did to it or to a job of it. */
  readonly onEnd: (error: Error | undefined) => void;
}

export interface CommitLine {
  /**
   * Runs `work` alone on the connection, in the order of the calls; ends when what it did is on the disk. What
   * it throws undoes what it did, and nothing else.
   * @throws StoreError where the disk or another program does not let it be committed.
   */
  readonly join: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /**
   * Runs one statement in the same line, and ends as soon as it is done: until the commit no other program can
   * write, and what a crash would take back matters to nobody.
   */
  readonly claim: <Result>(statement: () => Result) => Promise<Result>;
  /** Ends when nobody stands in line any more; from now on nobody waits for another program. */
  readonly close: () => Promise<void>;
}

/** Tells a caller that what it asked for is on the disk. */
type Tell = () => void;

interface Job {
  /** Does the work; gives what tells its caller in the end, where that was not told already. */
  readonly work: () => Promise<Tell> | undefined;
  readonly refuse: (error: unknown) => void;
}

/** A job whose work waits for the commit. */
interface Done {
  readonly job: Job;
  readonly tell: Tell;
}

/**
 * A line of jobs for one writing connection. Those that follow each other share a transaction and so one
 * synchronous commit, which takes longer than most jobs; each has a savepoint of its own, but for single
 * statements: SQLite does them whole or not at all.
 */
export function createCommitLine(database: DatabaseSync, path: string, watch: LineWatch): CommitLine {
  const savepoint = database.prepare('SAVEPOINT job');
  const release = database.prepare('RELEASE job');
  const waiting: Job[] = [];
  const closing = new AbortController();
  const patience: Patience = { onBusy: watch.onBusy, signal: closing.signal };
  let serving: Promise<void> | undefined;
  let onJob: (() => void) | undefined;

  const serve = async (): Promise<void> => {
    while (waiting.length > 0) {
      // Whoever comes in the same turn of the event loop shares the commit, and everything else has its turn.
      await afterOthers();
      await commitTogether();
    }
    serving = undefined;
  };

  const commitTogether = async (): Promise<void> => {
    try {
      await retryWhileBusy(path, () => database.exec('BEGIN IMMEDIATE'), patience);
    } catch (error) {
      watch.onEnd(error as Error);
      for (const { refuse } of waiting.splice(0)) refuse(error);
      return;
    }
    const done: Done[] = [];
    let trouble: Error | undefined;
    try {
      const endsAt = performance.now() + groupMs;
      do {
        trouble = (await doWaiting(done, endsAt)) ?? trouble;
      } while (performance.now() < endsAt && (await hasFollower()));
      await retryWhileBusy(path, () => database.exec('COMMIT'), patience);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      const cause = asStoreError(error, path);
      watch.onEnd(cause);
      for (const { job } of done) job.refuse(cause);
      return;
    }
    watch.onEnd(trouble);
    for (const { tell } of done) tell();
  };

  /** Does what waits, for a turn; gives what is to be known of the store. */
  const doWaiting = async (done: Done[], endsAt: number): Promise<StoreError | undefined> => {
    const turnEndsAt = Math.min(performance.now() + turnMs, endsAt);
    let trouble: StoreError | undefined;
    do {
      const job = waiting.shift();
      if (!job) break;
      const outcome = await attempt(job);
      if (typeof outcome === 'function') done.push({ job, tell: outcome });
      else if (outcome instanceof StoreError) trouble = outcome;
    } while (performance.now() < turnEndsAt);
    return trouble;
  };

  /** Whether another job comes soon; everything else has its turn first. */
  const hasFollower = async (): Promise<boolean> => {
    if (waiting.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lingerMs);
        onJob = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      onJob = undefined;
    }
    await afterOthers();
    return waiting.length > 0;
  };

  /** @throws what ended the whole transaction, as a full disk does. */
  const attempt = async ({ work, refuse }: Job): Promise<Tell | Error | undefined> => {
    try {
      return await work();
    } catch (error) {
      const cause = asStoreError(error, path);
      refuse(cause);
      if (!database.isTransaction) throw cause;
      return cause;
    }
  };

  /** What `work` throws undoes what it did. */
  const apart = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    savepoint.run();
    try {
      const result = await work();
      release.run();
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK TO job; RELEASE job');
      throw error;
    }
  };

  const stand = (job: Job): void => {
    waiting.push(job);
    serving ??= serve();
    onJob?.();
  };

  return {
    join: (work) =>
      new Promise((resolve, reject) => {
        const whole = async (): Promise<Tell> => {
          const result = await apart(work);
          return () => resolve(result);
        };
        stand({ work: whole, refuse: reject });
      }),
    claim: (statement) =>
      new Promise((resolve, reject) => {
        const whole = (): undefined => {
          resolve(statement());
        };
        stand({ work: whole, refuse: reject });
      }),
    close: async () => {
      closing.abort();
      while (serving) await serving;
    },
  };
}
