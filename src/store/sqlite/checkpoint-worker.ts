import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const database = new DatabaseSync(workerData as string, { timeout: 0 });

/** The other side of checkpoints.ts: copies what there is, and says when it is done. */
parentPort?.on('message', () => {
  try {
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // What cannot be copied now, as where the disk is full, stays in the log.
  }
  parentPort?.postMessage('copied');
});
