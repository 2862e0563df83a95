import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as afterOthers } from 'node:timers/promises';
import { StoreError } from '../../model/errors.ts';
import { asStoreError } from './open.ts';
import { retryWhileBusy, type Patience } from './retry.ts';

/** A commit waits for so long after one job for the next to share it, */
const lingerMs = 2;

/** though not after so long, for those whose jobs are done wait for it; */
const patientMs = 40;

/** jobs that stand in line already are done for so long before it, */
const groupMs = 300;

/** and for so long before everything else has its turn. */
const turnMs = 4;

/** What the line tells those who ask for the store's health. */
export interface LineWatch {
  /** A commit, or the beginning of one, waits for another program. */
  readonly onBusy: NonNullable<Patience['onBusy']>;
  /** Nothing is open: no transaction was begun, and the last one is done. */
  readonly between: () => void;
  /** A transaction was undone, with all that jobs did in it. */
  readonly onUndone: () => void;
  /** A commit is done; `error` tells what the disk or another program did to it or to a job of it. */
  readonly onEnd: (error: Error | undefined) => void;
}

export interface CommitLine {
  /**
   * Runs `work` alone on the connection, in the order of the calls; ends when what it did is on the disk. What
   * it throws undoes what it did, and nothing else. It may be run more than once: the failure of another one in
   * its transaction undoes it too, and it is done again.
   * @throws StoreError where the disk or another program does not let it be committed.
   */
  readonly join: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /**
   * Runs one statement in the same line, and ends as soon as it is done: until the commit no other program can
   * write, and what a crash would take back matters to nobody.
   */
  readonly claim: <Result>(statement: () => Result) => Promise<Result>;
  /**
   * Ends when nobody stands in line any more. From now on nobody waits for another program, and who comes after
   * the end is refused.
   */
  readonly close: () => Promise<void>;
}

/** Tells a caller that what it asked for is on the disk. */
type Tell = () => void;

interface Job {
  /** Does the work; gives what tells its caller in the end, where that was not told already. */
  readonly work: () => Promise<Tell> | undefined;
  readonly refuse: (error: unknown) => void;
  /** A single statement, which SQLite does whole or not at all. */
  readonly isStatement: boolean;
}

/** What is done in one transaction. */
interface Group {
  readonly done: { readonly job: Job; readonly tell: Tell | undefined }[];
  /** What is to be known of the store. */
  trouble?: StoreError;
  /** A job failed with half of its work done: nothing of the transaction can stay. */
  isSpoilt: boolean;
}

/**
 * A line of jobs for one writing connection. Those that follow each other share a transaction and so one
 * synchronous commit, which takes longer than most jobs. One that fails undoes the others, who stand in line
 * again: that is rare, and a savepoint for each job takes a quarter of the time of what jobs do.
 */
export function createCommitLine(database: DatabaseSync, path: string, watch: LineWatch): CommitLine {
  const waiting: Job[] = [];
  const closing = new AbortController();
  const patience: Patience = { onBusy: watch.onBusy, signal: closing.signal };
  let serving: Promise<void> | undefined;
  let onJob: (() => void) | undefined;
  let isClosed = false;

  const serve = async (): Promise<void> => {
    while (waiting.length > 0) {
      // Whoever comes in the same turn of the event loop shares the commit, and everything else has its turn.
      await afterOthers();
      await commitTogether();
      watch.between();
    }
    serving = undefined;
  };

  /** Of those who stand in line again, so many are done before anybody else. */
  let again = 0;

  const commitTogether = async (): Promise<void> => {
    try {
      await retryWhileBusy(path, () => database.exec('BEGIN IMMEDIATE'), patience);
    } catch (error) {
      watch.onEnd(error as Error);
      for (const { refuse } of waiting.splice(0)) refuse(error);
      again = 0;
      return;
    }
    const group: Group = { done: [], isSpoilt: false };
    try {
      await (again > 0 ? doAgain(group) : doFollowing(group));
      await retryWhileBusy(path, () => database.exec(group.isSpoilt ? 'ROLLBACK' : 'COMMIT'), patience);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      watch.onUndone();
      const cause = asStoreError(error, path);
      watch.onEnd(cause);
      for (const { job } of group.done) job.refuse(cause);
      return;
    }
    if (group.isSpoilt) watch.onUndone();
    watch.onEnd(group.trouble);
    if (group.isSpoilt) {
      waiting.unshift(...group.done.map(({ job }) => job));
      again += group.done.length;
    } else for (const { tell } of group.done) tell?.();
  };

  const doFollowing = async (group: Group): Promise<void> => {
    const startedAt = performance.now();
    const endsAt = startedAt + groupMs;
    do {
      const turnEndsAt = Math.min(performance.now() + turnMs, endsAt);
      do await attempt(waiting.shift(), group);
      while (waiting.length > 0 && !group.isSpoilt && performance.now() < turnEndsAt);
      if (group.isSpoilt) return;
      if (waiting.length === 0 && performance.now() < startedAt + patientMs) await follower();
      await afterOthers();
    } while (waiting.length > 0 && performance.now() < endsAt);
  };

  /** By themselves, so that the next one to fail does not undo them once more. */
  const doAgain = async (group: Group): Promise<void> => {
    for (; again > 0 && !group.isSpoilt; again--) await attempt(waiting.shift(), group);
  };

  /** Waits for another job, but not for long. */
  const follower = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lingerMs);
      onJob = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    onJob = undefined;
  };

  /** @throws what ended the whole transaction, as a full disk does. */
  const attempt = async (job: Job | undefined, group: Group): Promise<void> => {
    if (!job) return;
    try {
      group.done.push({ job, tell: await job.work() });
    } catch (error) {
      const cause = asStoreError(error, path);
      job.refuse(cause);
      if (!database.isTransaction) throw cause;
      if (cause instanceof StoreError) group.trouble = cause;
      group.isSpoilt = !job.isStatement;
    }
  };

  const stand = (job: Job): void => {
    if (isClosed) {
      job.refuse(new StoreError('store-closed', `store: ${path} is closed, for the program is stopping`));
      return;
    }
    waiting.push(job);
    serving ??= serve();
    onJob?.();
  };

  return {
    join: (work) =>
      new Promise((resolve, reject) => {
        const whole = async (): Promise<Tell> => {
          const result = await work();
          return () => resolve(result);
        };
        stand({ work: whole, refuse: reject, isStatement: false });
      }),
    claim: (statement) =>
      new Promise((resolve, reject) => {
        const whole = (): undefined => {
          resolve(statement());
        };
        stand({ work: whole, refuse: reject, isStatement: true });
      }),
    close: async () => {
      closing.abort();
      while (serving) await serving;
      isClosed = true;
    },
  };
}
