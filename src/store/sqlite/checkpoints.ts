import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** So many pages of the log, 16 MB, are worth a checkpoint. */
const manyPages = 4000;

/** So few are copied between two transactions without anybody noticing. */
const fewPages = 400;

/** What is written meanwhile may be more than few pages each time; then that is copied after so many times. */
const mostRounds = 4;

/** A thread that has had nothing to do for so long ends. */
const idleMs = 60_000;

/**
 * Copies what was committed from the log into the file, in a thread beside the one that writes: thousands of pages
 * anywhere in the file and a wait for the disk take longer than a reader of the feeds should. SQLite begins the
 * log anew once the file has all of it, so what came meanwhile is copied by the writer in the end.
 */
export interface Checkpoints {
  /** To be called between two transactions. */
  readonly between: () => void;
  readonly close: () => Promise<void>;
}

/** `path` is the store's file, and `writer` the one connection of this process that writes to it. */
export function createCheckpoints(writer: DatabaseSync, path: string): Checkpoints {
  const progress = writer.prepare('PRAGMA wal_checkpoint(NOOP)');
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** How many times the thread was told to copy what there is since the log began. */
  let rounds = 0;
  let isCopying = false;

  const begin = (): Worker => {
    const begun = new Worker(new URL(`./checkpoint-worker${extname(import.meta.url)}`, import.meta.url), {
      workerData: path,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    begun.unref();
    begun.on('message', () => {
      isCopying = false;
      timer?.refresh();
    });
    // Where no thread can be had, the writer copies all of it after a few rounds.
    begun.on('error', () => void end());
    timer = setTimeout(() => void end(), idleMs).unref();
    return begun;
  };

  const end = async (): Promise<void> => {
    clearTimeout(timer);
    const ending = worker;
    worker = undefined;
    isCopying = false;
    ending?.removeAllListeners();
    await ending?.terminate();
  };

  const goOn = (): void => {
    const { log = 0, checkpointed = 0 } = progress.get() as { log?: number; checkpointed?: number };
    const left = log - checkpointed;
    if (rounds === 0 && left <= manyPages) return;
    if (rounds === mostRounds || left <= fewPages) {
      rounds = 0;
      writer.exec('PRAGMA wal_checkpoint(PASSIVE)');
      return;
    }
    rounds += 1;
    isCopying = true;
    worker ??= begin();
    worker.postMessage('copy');
  };

  return {
    between: () => {
      if (isCopying) return;
      try {
        goOn();
      } catch {
        // What cannot be copied now stays in the log, where it is found as well.
      }
    },
    close: end,
  };
}
