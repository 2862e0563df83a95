import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/model/errors.ts';
import { migrations } from '../../../src/store/sqlite/migrations/all.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { insert, newItem } from '../../contract/stored-news.ts';
import { repository, temporaryFolder } from '../../support/tributary.ts';

/** What opening the file says, as code and sentence. */
function complaint(path: string): { readonly code: string; readonly message: string } {
  try {
    void openSqliteStore(path).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  throw new Error('it opened');
}

/** A store with something in it, closed. */
async function filledStore(path: string): Promise<void> {
  const store = openSqliteStore(path);
  await store.registerSources([{ id: 'a', title: '来源', private: false }]);
  await insert(store, ...Array.from({ length: 200 }, (_, number) => newItem(number)));
  await store.close();
}

describe('a store is made', () => {
  test('with the folders it lies in', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'data', 'of', 'news.db');
    await openSqliteStore(path).close();
    expect(await readdir(join(folder.path, 'data', 'of'))).toEqual(['news.db']);
  });

  test('in an empty file', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await writeFile(path, '');
    const store = openSqliteStore(path);
    expect(await store.revision()).toBe(0);
    await store.close();
  });

  test('with its version and its mark, so that nobody takes it for another', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await openSqliteStore(path).close();
    const database = new DatabaseSync(path, { readOnly: true });
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
    // "Trib" in ASCII.
    expect(database.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x54_72_69_62 });
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  test('under the authority in force then, whatever is configured later', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    const first = openSqliteStore(path, 'news.example.org,2026');
    await first.close();
    const later = openSqliteStore(path, 'other.example.org,2027');
    expect(later.founding).toEqual(first.founding);
    expect(later.founding.authority).toBe('news.example.org,2026');
    await later.close();
    const without = openSqliteStore(join(folder.path, 'other.db'));
    expect(without.founding.authority).toBeUndefined();
    await without.close();
  });

  test('once, by two processes that start together', async () => {
    await using folder = await temporaryFolder();
    const script = `
      import { openSqliteStore } from './src/store/sqlite/store.ts';
      const store = openSqliteStore(process.argv[1]);
      console.log(store.founding.installId);
      await store.close();`;
    const runs = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(
          process.execPath,
          ['--input-type=module-typescript', '-e', script, join(folder.path, 'news.db')],
          {
            cwd: repository,
            stdio: ['ignore', 'pipe', 'pipe'],
          },
        );
        const chunks: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
        child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
        await once(child, 'close');
        return Buffer.concat(chunks).toString();
      }),
    );
    expect(new Set(runs)).toHaveLength(1);
    expect(runs[0]).toMatch(/^[0-9a-f-]{36}\n$/);
  });
});

describe('a store is refused, with a plain sentence and every byte left as it is', () => {
  async function refused(path: string, code: string, sentence: RegExp): Promise<void> {
    const before = await readFile(path);
    const { code: found, message } = complaint(path);
    expect(found).toBe(code);
    expect(message).toMatch(sentence);
    expect(message).toContain(path);
    expect(message).not.toContain('\n');
    expect((await readFile(path)).equals(before)).toBe(true);
  }

  test('when it is of a newer version', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await filledStore(path);
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    await refused(
      path,
      'store-newer',
      new RegExp(`version ${migrations.length + 1}.*up to ${migrations.length}`),
    );
  });

  test('when it is another program’s database', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE items (name TEXT); INSERT INTO items VALUES (1)');
    database.close();
    await refused(path, 'store-foreign', /another program/);
  });

  test('when it is no database', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await writeFile(path, 'site:\n  title: this is a configuration\n'.repeat(100));
    await refused(path, 'store-damaged', /no database|damaged/);
  });

  test('when its beginning is damaged', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await filledStore(path);
    const bytes = await readFile(path);
    bytes.fill(0x5a, 0, 64);
    await writeFile(path, bytes);
    await refused(path, 'store-damaged', /damaged/);
  });

  test('when its schema is damaged', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await filledStore(path);
    const bytes = await readFile(path);
    bytes.fill(0x5a, 100, 4096);
    await writeFile(path, bytes);
    await refused(path, 'store-damaged', /damaged/);
  });

  test('when its end is missing', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await filledStore(path);
    await truncate(path, 40_960);
    await refused(path, 'store-damaged', /damaged/);
  });

  test('when it is a folder', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    await mkdir(path);
    expect(complaint(path)).toMatchObject({
      code: 'store-folder',
      message: `store: ${path} is a folder; the store has to be a file`,
    });
    expect(await readdir(path)).toEqual([]);
  });

  test('when its folder is a file', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'data'), 'a file');
    expect(complaint(join(folder.path, 'data', 'news.db'))).toMatchObject({ code: 'store-folder' });
    expect(await readFile(join(folder.path, 'data'), 'utf8')).toBe('a file');
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)(
    `when its folder may not be written${isRoot ? ' (skipped: root may write everywhere)' : ''}`,
    async () => {
      await using folder = await temporaryFolder();
      const closed = join(folder.path, 'closed');
      await mkdir(closed);
      await chmod(closed, 0o500);
      expect(complaint(join(closed, 'news.db'))).toMatchObject({ code: 'store-open' });
      await chmod(closed, 0o700);
    },
  );
});

/** Where in the file the rows of a table are. */
function placesOf(table: string, path: string): readonly (readonly [from: number, to: number])[] {
  using database = new DatabaseSync(path, { readOnly: true });
  return database
    .prepare("SELECT pgoffset, pgsize FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
    .all(table)
    .map(({ pgoffset, pgsize }) => [Number(pgoffset), Number(pgoffset) + Number(pgsize)]);
}

test('damage that shows itself later is one plain sentence, too', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'news.db');
  await filledStore(path);
  const bytes = await readFile(path);
  for (const [from, to] of placesOf('items', path)) bytes.fill(0x5a, from, to);
  await writeFile(path, bytes);
  const store = openSqliteStore(path);
  await expect(store.listItems({ limit: 500 })).rejects.toMatchObject({
    code: 'store-damaged',
    message: expect.stringMatching(/^store: \S+ is damaged;/) as unknown,
  });
  await store.close();
});

describe('a store of an earlier version', () => {
  test('is brought up to date, with all that is in it', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    const database = new DatabaseSync(path);
    // The first migration is what the first release made.
    database.exec(migrations[0] ?? '');
    database.exec("INSERT INTO meta VALUES ('install-id', '0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0')");
    database.exec('PRAGMA application_id = 0x54726962; PRAGMA user_version = 1');
    database.close();
    const store = openSqliteStore(path);
    expect(store.founding.installId).toBe('0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0');
    await store.registerSources([{ id: 'a', title: '来源', private: false }]);
    await insert(store, newItem(1));
    await store.close();
    const after = new DatabaseSync(path, { readOnly: true });
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
    after.close();
  });

  test('has a revision for each of its stories, and archives whose numbers go on', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    const database = new DatabaseSync(path);
    for (const migration of migrations.slice(0, 6)) database.exec(migration);
    // Three stories of a topic, two of which once lost a report in one go.
    for (const [key, revision] of [
      [1, 5],
      [2, 5],
      [3, 3],
    ]) {
      database.exec(`
        INSERT INTO stories VALUES (${key}, 'urn:${key}', ${key}, '["ai"]', 0, NULL, 0, ${key}, 0, 0, 0, 1, ${revision});
        INSERT INTO story_topics VALUES ('ai', ${key}, 0, 0, ${key}, 0);`);
    }
    database.exec(`
      UPDATE counter SET revision = 5;
      INSERT INTO archives VALUES ('all', 1, 0, 1), ('all', 2, 1, 2), ('topics/ai', 1, 0, 2);
      PRAGMA application_id = 0x54726962; PRAGMA user_version = 6`);
    database.close();
    const store = openSqliteStore(path);
    const all = { kind: 'stories', since: new Date(0), least: 9, most: 9, promo: false } as const;
    for (const query of [all, { ...all, topics: [['ai']] }]) {
      const members = await store.membersBetween(query, 0, 99, 9);
      expect(members.map(({ key, revision }) => [key, revision])).toEqual([
        [3, 3],
        [1, 6],
        [2, 7],
      ]);
    }
    expect(await store.revision()).toBe(7);
    expect(await store.archives()).toEqual([
      { feed: 'all', number: 2, through: 0 },
      { feed: 'topics/ai', number: 1, through: 0 },
    ]);
    await store.close();
  });
});
