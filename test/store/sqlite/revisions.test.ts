import { expect, test } from 'vitest';
import { insert, newItem } from '../../contract/stored-news.ts';
import { temporaryStore } from '../../support/temporary-store.ts';

const now = new Date('2026-01-06T12:00:00Z');

test('jobs that share a commit count revisions on from each other, whatever kind they are and one that fails', async () => {
  await using kept = await temporaryStore();
  const store = kept.store();
  await store.registerSources([{ id: 'a', title: '来源', private: false }]);
  await insert(store, newItem(1));
  const before = await store.revision();
  const outcomes = await Promise.allSettled([
    insert(store, newItem(2)),
    store.takeDown(newItem(1).entryId, now),
    insert(store, newItem(3)),
    store.write(async (transaction) => {
      await transaction.insertItems([newItem(4)]);
      throw new TypeError('a defect');
    }),
    insert(store, newItem(5)),
  ]);
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, true]);
  const changes = await store.listChanges(before, 9);
  const revisions = changes.map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
  expect(new Set(revisions).size).toBe(4);
  expect(await store.revision()).toBe(revisions.at(-1));
  expect(await store.listItems({ limit: 9 })).toHaveLength(3);
});
