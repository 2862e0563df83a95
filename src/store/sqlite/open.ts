import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../model/errors.ts';
import { migrations } from './migrations/all.ts';

/** "Trib": marks the file as ours, so that no other program's database is ever migrated. */
const applicationId = 0x54726962;

/** A wait inside SQLite stops the event loop; longer ones are spent outside (retry.ts). */
const busyTimeoutMs = 50;

/** While the store is opened nothing else is going on, and another process may be making it. */
const openingTimeoutMs = 5000;

/** Two connections to one file: in WAL mode, reading goes on while a transaction is open. */
export interface Connections<Result> {
  readonly writer: DatabaseSync;
  readonly reader: DatabaseSync;
  /** What setting it up gave. */
  readonly result: Result;
}

/**
 * Opens the store's file, makes it at first, brings it up to this version, and sets it up for use.
 * @throws StoreError where the folder cannot be written, or the file is damaged, foreign or of a newer
 * version; the file is left as it was.
 */
export function openDatabase<Result>(
  path: string,
  setUp: (writer: DatabaseSync) => Result,
): Connections<Result> {
  const file = resolve(path);
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new StoreError(
      'store-folder',
      `store: the folder ${dirname(path)} cannot be made: ${(error as Error).message}`,
    );
  }
  const writer = connect(path, file);
  try {
    const version = inspect(writer, path);
    writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY');
    // The pages of one feed's items fit into the cache. The log is copied into the file elsewhere (checkpoints.ts),
    // and here only where that has failed.
    writer.exec('PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 16000');
    migrate(writer, version, path);
    const result = setUp(writer);
    const reader = connect(path, file);
    reader.exec('PRAGMA query_only = ON; PRAGMA temp_store = MEMORY');
    for (const connection of [writer, reader]) connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    return { writer, reader, result };
  } catch (error) {
    writer.close();
    throw asStoreError(error, path);
  }
}

function connect(path: string, file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: openingTimeoutMs });
  } catch (error) {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new StoreError('store-folder', `store: ${path} is a folder; the store has to be a file`);
    }
    throw asStoreError(error, path);
  }
}

/** The store's version, found without changing a byte. */
function inspect(database: DatabaseSync, path: string): number {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] as number;
  const version = pragma('user_version');
  const owner = pragma('application_id');
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'] as number;
  if (tables > 0 && owner !== applicationId) {
    throw new StoreError(
      'store-foreign',
      `store: ${path} is a database of another program; it was left as it is`,
    );
  }
  if (version > migrations.length) {
    throw new StoreError(
      'store-newer',
      `store: ${path} has version ${version}, and this tributary knows versions up to ${migrations.length}; it was left as it is, start a newer tributary`,
    );
  }
  return version;
}

function migrate(database: DatabaseSync, found: number, path: string): void {
  if (found === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been first.
    for (const migration of migrations.slice(inspect(database, path))) database.exec(migration);
    database.exec(
      `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`,
    );
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const codes: ReadonlyMap<number, readonly [code: string, sentence: string]> = new Map([
  [5, ['store-locked', 'is locked by another program']],
  [6, ['store-locked', 'is locked by another program']],
  [8, ['store-read-only', 'cannot be written']],
  [10, ['store-io', 'cannot be read or written by the disk']],
  [11, ['store-damaged', 'is damaged; it was left as it is, restore a backup or move it away']],
  [13, ['store-full', 'cannot grow, the disk is full']],
  [14, ['store-open', 'cannot be opened']],
  [
    26,
    [
      'store-damaged',
      'is no database, or is damaged; it was left as it is, restore a backup or move it away',
    ],
  ],
]);

/** Whether another connection holds the lock, so that the same call may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode ?? 0;
  return (code & 0xff) === 5 || (code & 0xff) === 6;
}

/** What went wrong, as one sentence about the store. */
export function asStoreError(error: unknown, path: string): Error {
  if (error instanceof StoreError) return error;
  const code = (error as { errcode?: number }).errcode;
  if (code === undefined) return error as Error;
  const [name, sentence] = codes.get(code & 0xff) ?? ['store-failed', `failed: ${(error as Error).message}`];
  return new StoreError(name, `store: ${path} ${sentence}`, { cause: error });
}
