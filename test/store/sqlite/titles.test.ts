import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import type { Store } from '../../../src/store/store.ts';
import { insert, newItem } from '../../contract/stored-news.ts';
import { temporaryStore } from '../../support/temporary-store.ts';

const titled = (number: number) => newItem(number, { item: { title: '港口' } });

/** The keys of the items that a new report of the same title could join. */
async function candidates(store: Store, number: number): Promise<readonly number[]> {
  const { titleKey, titleHash } = newItem(number);
  const title = { titleKey, cut: false, ...(titleHash !== undefined && { titleHash }) };
  const found = await store.write((transaction) => transaction.mergeCandidates([title], []));
  return found.map(({ key }) => key);
}

test('items are found by title, beginning and API id wherever they stand among thousands', async () => {
  await using kept = await temporaryStore();
  const store = kept.store();
  const items = Array.from({ length: 4200 }, (_, at) => titled(at + 1));
  const keys = await insert(store, ...items);
  for (const number of [1, 4095, 4096, 4097, 4200]) {
    const key = keys[number - 1];
    const { apiId, titleKey } = newItem(number);
    expect((await store.itemByApiId(apiId))?.key).toBe(key);
    expect((await store.itemsByTitle(titleKey)).map((item) => item.key)).toEqual([key]);
    expect(await candidates(store, number)).toEqual([key]);
  }
  expect((await store.itemsByBeginning('港口第409', 100)).length).toBe(11);
});

/** 81 items, so many thousands of keys apart that not all of them are read at once. */
async function farApart() {
  const kept = await temporaryStore();
  await insert(kept.store(), newItem(1));
  for (let group = 1; group <= 80; group++) {
    using database = new DatabaseSync(kept.path);
    database.exec(`UPDATE sqlite_sequence SET seq = ${group * 4096} WHERE name = 'items'`);
    await insert(kept.store(), newItem(group + 1));
  }
  return kept;
}

test('after a restart they are found though not all of them have been read again', async () => {
  await using kept = await farApart();
  const store = await kept.reopen();
  for (let again = 0; again < 6; again++) {
    expect(await candidates(store, 1)).toEqual([1]);
    expect(await candidates(store, 81)).toEqual([80 * 4096 + 1]);
    expect(await candidates(store, 99)).toEqual([]);
  }
});

test('a title is known that an old item was given while others read the store', async () => {
  await using kept = await farApart();
  const store = await kept.reopen();
  await store.write(async (transaction) => {
    await transaction.mergeCandidates([{ titleKey: '别的', cut: false }], []);
    await transaction.updateItems([{ ...newItem(99), itemKey: 'id:1', key: 1 }]);
    await transaction.mergeCandidates([{ titleKey: '别的', cut: false }], []);
    for (let again = 0; again < 6; again++)
      expect(await store.itemsByTitle(newItem(99).titleKey)).toEqual([]);
  });
  expect(await candidates(store, 99)).toEqual([1]);
});

test('a title that another process gave to an old item is known', async () => {
  await using kept = await temporaryStore();
  const store = kept.store();
  const [key = 0] = await insert(store, newItem(1));
  expect(await candidates(store, 2)).toEqual([]);
  const other = openSqliteStore(kept.path);
  await other.write((transaction) => transaction.updateItems([{ ...newItem(2), itemKey: 'id:1', key }]));
  await other.close();
  expect(await candidates(store, 2)).toEqual([key]);
});

test('what was undone is forgotten, and what another process wrote in its place is known', async () => {
  await using kept = await temporaryStore();
  const store = kept.store();
  await insert(store, newItem(1));
  await expect(
    store.write(async (transaction) => {
      await transaction.insertItems([newItem(2), newItem(3)]);
      await transaction.mergeCandidates([{ titleKey: newItem(3).titleKey, cut: false }], []);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  const other = openSqliteStore(kept.path);
  await insert(other, newItem(4), newItem(5), newItem(6));
  await other.close();
  expect(await candidates(store, 3)).toEqual([]);
  for (const [number, key] of [
    [4, 2],
    [5, 3],
    [6, 4],
  ] as const)
    expect(await candidates(store, number)).toEqual([key]);
});
