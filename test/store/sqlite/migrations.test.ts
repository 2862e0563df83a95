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
