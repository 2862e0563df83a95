import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrations } from '../../../src/store/sqlite/migrations/all.ts';

test('where two stories had one id, the later one’s reports go to the earlier one', () => {
  using database = new DatabaseSync(':memory:');
  for (const migration of migrations.slice(0, 3)) database.exec(migration);
  const item = database.prepare(
    `INSERT INTO items VALUES (?, 'a', ?, ?, ?, '', NULL, 1, NULL, 0, 0, ?, 'first', '[]', 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, ?, '{}')`,
  );
  const story = database.prepare(`INSERT INTO stories VALUES (?, ?, ?, '[]', 1, 1, 1, 1, 0, 0, 1, 1, ?)`);
  for (const [key, id, of] of [
    [1, 'urn:a:1', 1],
    [2, 'urn:a:2', 2],
    [3, 'urn:a:1', 3],
    [4, 'urn:a:4', 3],
  ] as const) {
    item.run(key, `id:${key}`, id, String(key), of, key);
    if (key === of) story.run(key, id, key, key);
  }
  for (const migration of migrations.slice(3)) database.exec(migration);
  expect(database.prepare('SELECT key, id FROM stories ORDER BY key').all()).toMatchObject([
    { key: 1, id: 'urn:a:1' },
    { key: 2, id: 'urn:a:2' },
  ]);
  expect(database.prepare('SELECT story FROM items ORDER BY key').all()).toMatchObject(
    [1, 2, 1, 1].map((of) => ({ story: of })),
  );
});

test('what each poll changes of a source is moved, and the rest stays', () => {
  using database = new DatabaseSync(':memory:');
  for (const migration of migrations.slice(0, 8)) database.exec(migration);
  const state = {
    documents: 3,
    readAs: '[1]',
    configured: { location: 'l', headers: 'h', schedule: 's' },
    failures: 0,
    unchangedRun: 7,
    lastOutcome: { kind: 'unchanged', status: 304 },
    polls: [[1_767_600_000_000, 'unchanged', 12, 304]],
  };
  database
    .prepare(
      `INSERT INTO sources (id, title, private, state, next_poll_at, polled_at, lease_owner, lease_until, stamp)
       VALUES ('a', '来源', 0, ?, 1, 2, 'one', 3, 4)`,
    )
    .run(JSON.stringify(state));
  for (const migration of migrations.slice(8)) database.exec(migration);
  const { failures, unchangedRun, lastOutcome, polls, ...rest } = state;
  const [source] = database.prepare('SELECT * FROM sources').all();
  expect(source).toMatchObject({ id: 'a', title: '来源', private: 0 });
  expect(JSON.parse(source?.['state'] as string)).toEqual(rest);
  const [polled] = database.prepare('SELECT * FROM source_polls').all();
  expect(polled).toMatchObject({
    id: 'a',
    next_poll_at: 1,
    polled_at: 2,
    lease_owner: 'one',
    lease_until: 3,
    stamp: 4,
  });
  expect(JSON.parse(polled?.['poll'] as string)).toEqual({ failures, unchangedRun, lastOutcome });
  expect(JSON.parse(polled?.['traces'] as string)).toEqual(polls);
});
