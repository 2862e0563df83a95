import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCheckpoints } from '../../../src/store/sqlite/checkpoints.ts';
import { temporaryFolder } from '../../support/tributary.ts';

const megabyte = 1_000_000;

/** A store whose log nothing else copies, and the checkpoints of the file with the name. */
async function openStore(copied = 'store.db') {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'store.db');
  const writer = new DatabaseSync(path);
  writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0');
  writer.exec('CREATE TABLE news (text BLOB)');
  const checkpoints = createCheckpoints(writer, join(folder.path, copied));
  onTestFinished(async () => {
    await checkpoints.close();
    writer.close();
    await folder[Symbol.asyncDispose]();
  });
  const insert = writer.prepare('INSERT INTO news VALUES (zeroblob(?))');
  const write = async (bytes: number, times = 1) => {
    for (let time = 0; time < times; time++) {
      insert.run(bytes);
      checkpoints.between();
      await setImmediate();
    }
  };
  const progress = writer.prepare('PRAGMA wal_checkpoint(NOOP)');
  return { path, writer, write, pagesOfLog: () => Number(progress.get()?.['log']) };
}

describe('the log', () => {
  test('is copied into the file and begins anew while the store is written to without a pause', async () => {
    const { path, write, pagesOfLog } = await openStore();
    await write(megabyte, 20);
    expect(pagesOfLog()).toBeGreaterThan(4000);
    while (pagesOfLog() > 400) await write(1000);
    expect(statSync(path).size).toBeGreaterThan(20 * megabyte);
  });

  test('is left alone while it is short', async () => {
    const { path, write } = await openStore();
    const empty = statSync(path).size;
    await write(megabyte, 15);
    expect(statSync(path).size).toBe(empty);
  });

  test('is copied by the writer where no thread can open the file', async () => {
    const { path, write, pagesOfLog } = await openStore('no folder/store.db');
    await write(megabyte, 20);
    while (pagesOfLog() > 400) await write(1000);
    expect(statSync(path).size).toBeGreaterThan(20 * megabyte);
  });

  test('keeps what somebody reads meanwhile, whom nobody waits for', async () => {
    const { path, writer, write, pagesOfLog } = await openStore();
    const reader = new DatabaseSync(path);
    onTestFinished(() => reader.close());
    const count = (database: DatabaseSync) =>
      Number(database.prepare('SELECT count(*) AS count FROM news').get()?.['count']);
    reader.exec('BEGIN');
    expect(count(reader)).toBe(0);
    await write(megabyte, 60);
    expect([count(reader), count(writer)]).toEqual([0, 60]);
    reader.exec('COMMIT');
    while (pagesOfLog() > 400) await write(1000);
    expect(count(reader)).toBe(count(writer));
  });
});
