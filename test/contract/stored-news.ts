import { createHash } from 'node:crypto';
import type { Item } from '../../src/model/feed.ts';
import type { NewItem, Store } from '../../src/store/store.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** An invented item as a pipeline would store it: number 2 is a minute older than number 1, and so on. */
export function newItem(
  number: number,
  { item = { title: `港口，第${number}号消息` }, ...changes }: Partial<NewItem> & { item?: Item } = {},
): NewItem {
  const entryId = `urn:example:${changes.source ?? 'a'}:${number}`;
  const published = new Date(Date.UTC(2026, 0, 6, 12) - number * 60_000);
  const titleKey = `港口第${number}号消息`;
  return {
    source: 'a',
    itemKey: `id:${number}`,
    entryId,
    apiId: sha256(entryId).slice(0, 16),
    titleKey,
    keyVersion: 1,
    titleHash: sha256(titleKey),
    cut: false,
    damaged: false,
    topics: [],
    firstSeen: new Date('2026-01-06T12:00:00Z'),
    published,
    updated: published,
    sort: { time: published, rank: 0, position: number },
    arrived: published,
    visibility: 'shown',
    matched: 'first',
    document: 1,
    listedAt: new Date('2026-01-06T12:00:00Z'),
    itemJson: JSON.stringify(item),
    ...changes,
  };
}

/** Stores items in one transaction; gives their keys. */
export function insert(store: Store, ...items: readonly NewItem[]): Promise<readonly number[]> {
  return store.write((transaction) => transaction.insertItems(items));
}
