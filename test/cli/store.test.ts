import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { repository, temporaryFolder, tributary } from '../support/tributary.ts';

/** A store that cannot be used: a plain sentence, status 1, and the file as it was. */

const demo = join(repository, 'config', 'demo.yaml');

async function expectRefusal(store: string, named: RegExp): Promise<void> {
  for (const command of ['serve', 'poll']) {
    const args = [command, '--config', demo, ...(command === 'serve' ? ['--port', '0'] : [])];
    const { status, err } = await tributary(args, {
      env: { DATABASE_URL: `sqlite:${store}`, LOG_LEVEL: 'silent' },
    });
    expect(err).toMatch(/^[^\n]{10,}\n$/);
    expect(err).toMatch(named);
    expect(err).not.toMatch(/defect|\bat .*:\d+:\d+/);
    expect(status).toBe(1);
  }
}

describe.concurrent('the program does not start on', () => {
  test('a folder that cannot be made', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'file'), 'not a folder');
    await expectRefusal(join(folder.path, 'file', 'data', 'news.db'), /file\/data/);
  });

  test('a folder where the file should be', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'news.db'));
    await expectRefusal(join(folder.path, 'news.db'), /folder/);
  });

  test('a store of a newer version', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'news.db');
    const env = { DATABASE_URL: `sqlite:${file}`, LOG_LEVEL: 'silent' };
    expect((await tributary(['poll', '--config', demo], { env })).status).toBe(0);
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 9999; PRAGMA journal_mode = DELETE');
    database.close();
    const before = await readFile(file);
    await expectRefusal(file, /newer|9999/);
    expect(await readFile(file)).toEqual(before);
  });

  test('a store that is damaged', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'news.db');
    const bytes = Buffer.from(`SQLite format 3\0${'damaged '.repeat(2000)}`);
    await writeFile(file, bytes);
    await expectRefusal(file, /damaged/);
    expect(await readFile(file)).toEqual(bytes);
  });

  test('a file that is no database', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'news.db');
    await writeFile(file, 'my thesis\n'.repeat(1000));
    await expectRefusal(file, /no database/);
    expect(await readFile(file, 'utf8')).toBe('my thesis\n'.repeat(1000));
  });

  test('a database of another program', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'photos.db');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE photos (name TEXT)');
    database.close();
    const before = await readFile(file);
    await expectRefusal(file, /another program/);
    expect(await readFile(file)).toEqual(before);
  });
});
