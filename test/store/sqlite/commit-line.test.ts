import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCommitLine } from '../../../src/store/sqlite/commit-line.ts';
import { temporaryFolder } from '../../support/tributary.ts';

/** A line on a store of one table, and another program's connection to it. */
async function openLine() {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'line.db');
  const database = new DatabaseSync(path, { timeout: 0 });
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE news (title TEXT)');
  const other = new DatabaseSync(path, { timeout: 0 });
  const ends: (string | undefined)[] = [];
  const line = createCommitLine(database, path, {
    onBusy: () => undefined,
    between: () => undefined,
    onUndone: () => undefined,
    onEnd: (error) => ends.push(error?.message),
  });
  onTestFinished(async () => {
    await line.close();
    database.close();
    other.close();
    await folder[Symbol.asyncDispose]();
  });
  const put = (title: string) => () => {
    database.prepare('INSERT INTO news VALUES (?)').run(title);
    return title;
  };
  const insert = (title: string) => () => Promise.resolve(put(title)());
  const stored = () =>
    other
      .prepare('SELECT title FROM news ORDER BY rowid')
      .all()
      .map(({ title }) => title);
  return { line, database, other, ends, put, insert, stored };
}

describe('jobs that wait together', () => {
  test('share one commit, in the order they came', async () => {
    const { line, ends, insert, stored } = await openLine();
    const results = await Promise.all(['one', 'two', 'three'].map((title) => line.join(insert(title))));
    expect(results).toEqual(['one', 'two', 'three']);
    expect(stored()).toEqual(['one', 'two', 'three']);
    expect(ends).toEqual([undefined]);
  });

  test('share it too where one comes a moment after the other', async () => {
    const { line, ends, insert } = await openLine();
    const joined = [];
    for (let turn = 0; turn < 100; turn++) {
      joined.push(line.join(insert(`news ${turn}`)));
      await setImmediate();
    }
    await Promise.all(joined);
    expect(ends.length).toBeLessThan(joined.length / 10);
  });

  test('do not share the failure of one: what it did is undone, and nothing else', async () => {
    const { line, insert, stored } = await openLine();
    const breaks = line.join(async () => {
      await insert('half')();
      throw new TypeError('a defect');
    });
    const [first, second, third] = await Promise.allSettled([
      line.join(insert('before')),
      breaks,
      line.join(insert('after')),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored()).toEqual(['before', 'after']);
  });

  test('are each done once in the end, however many of them fail', async () => {
    const { line, insert, stored } = await openLine();
    const broken = (title: string) => async () => {
      await insert(title)();
      throw new TypeError('a defect');
    };
    const names = Array.from({ length: 60 }, (_, at) => `news ${at}`);
    const isSound = (_: unknown, at: number) => at % 3 > 0;
    const outcomes = await Promise.allSettled(
      names.map((name, at) => line.join(isSound(name, at) ? insert(name) : broken(name))),
    );
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(names.map(isSound));
    expect(stored()).toEqual(names.filter(isSound));
  });

  test('share the failure of the commit', async () => {
    const { line, database, ends, insert, stored } = await openLine();
    database.exec('PRAGMA max_page_count = 3');
    const long = 'x'.repeat(20_000);
    const outcomes = await Promise.allSettled([line.join(insert('short')), line.join(insert(long))]);
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
    expect(ends.at(-1)).toMatch(/cannot grow/);
    const kept = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(stored()).toEqual(kept);
  });
});

test('a job is told of when it is on the disk, a claim as soon as nobody else can make it', async () => {
  const { line, other, put, insert, stored } = await openLine();
  const seen: unknown[] = [];
  await Promise.all([
    line.claim(put('claimed')).then(() => {
      seen.push(stored());
      expect(() => other.exec('BEGIN IMMEDIATE')).toThrow(/locked/);
    }),
    line.join(insert('joined')).then(() => seen.push(stored())),
  ]);
  expect(seen).toEqual([[], ['claimed', 'joined']]);
});

test('a claim that fails has done nothing, and the others with it have', async () => {
  const { line, database, insert, put, stored } = await openLine();
  database.exec('CREATE UNIQUE INDEX titles ON news (title)');
  const outcomes = await Promise.allSettled([
    line.join(insert('before')),
    line.claim(put('before')),
    line.join(insert('after')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored()).toEqual(['before', 'after']);
});

test('after the line is closed nobody waits for another program', async () => {
  const { line, other, insert, stored } = await openLine();
  other.exec('BEGIN IMMEDIATE');
  const waiting = line.join(insert('late'));
  const outcome = expect(waiting).rejects.toThrow(/is locked by another program/);
  await line.close();
  await outcome;
  other.exec('ROLLBACK');
  expect(stored()).toEqual([]);
});

test('who comes when the line is closed is refused, and nothing is stored', async () => {
  const { line, insert, put, stored } = await openLine();
  await line.close();
  await expect(line.join(insert('late'))).rejects.toMatchObject({ code: 'store-closed' });
  await expect(line.claim(put('later'))).rejects.toMatchObject({ code: 'store-closed' });
  expect(stored()).toEqual([]);
});
