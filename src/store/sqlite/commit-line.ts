import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as afterOthers } from 'node:timers/promises';
import { StoreError } from '../../model/errors.ts';
import { asStoreError } from './open.ts';
import { retryWhileBusy, type Patience } from './retry.ts';

/** A commit waits for so long for other jobs to share it, */
const lingerMs = 5;

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
   * The same, and ends as soon as it is done: until the commit no other program can write, and what a crash
   * would take back matters to nobody.
   */
  readonly claim: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Ends when nobody stands in line any more; from now on nobody waits for another program. */
  readonly close: () => Promise<void>;
}

interface Job {
  /** Does the work; gives what tells its caller, once that is on the disk. */
  readonly work: () => Promise<() => void>;
  readonly refuse: (error: unknown) => void;
}

/**
 * A line of jobs for one writing connection. Those that wait together share a transaction and so one
 * synchronous commit, which takes longer than most jobs; each has a savepoint of its own.
 */
export function createCommitLine(database: DatabaseSync, path: string, watch: LineWatch): CommitLine {
  const savepoint = database.prepare('SAVEPOINT job');
  const release = database.prepare('RELEASE job');
  const waiting: Job[] = [];
  const closing = new AbortController();
  const patience: Patience = { onBusy: watch.onBusy, signal: closing.signal };
  let serving: Promise<void> | undefined;

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
    const done: { readonly job: Job; readonly tell: () => void }[] = [];
    let trouble: Error | undefined;
    try {
      const startedAt = performance.now();
      for (let turnAt = startedAt, now = startedAt; now - startedAt < groupMs; now = performance.now()) {
        const job = waiting.shift();
        if (!job && now - startedAt > lingerMs) break;
        if (!job || now - turnAt > turnMs) {
          await afterOthers();
          turnAt = performance.now();
        }
        if (!job) continue;
        const outcome = await attempt(job);
        if (typeof outcome === 'function') done.push({ job, tell: outcome });
        else if (outcome instanceof StoreError) trouble = outcome;
      }
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

  /** @throws what ended the whole transaction, as a full disk does. */
  const attempt = async ({ work, refuse }: Job): Promise<(() => void) | Error> => {
    try {
      savepoint.run();
      const tell = await work();
      release.run();
      return tell;
    } catch (error) {
      const cause = asStoreError(error, path);
      refuse(cause);
      if (!database.isTransaction) throw cause;
      database.exec('ROLLBACK TO job; RELEASE job');
      return cause;
    }
  };

  const stand = (job: Job): void => {
    waiting.push(job);
    serving ??= serve();
  };

  return {
    join: (work) =>
      new Promise((resolve, reject) => {
        const whole = async () => {
          const result = await work();
          return () => resolve(result);
        };
        stand({ work: whole, refuse: reject });
      }),
    claim: (work) =>
      new Promise((resolve, reject) => {
        const whole = async () => {
          resolve(await work());
          return nothing;
        };
        stand({ work: whole, refuse: reject });
      }),
    close: async () => {
      closing.abort();
      while (serving) await serving;
    },
  };
}

const nothing = (): void => undefined;
