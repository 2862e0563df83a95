import type { Item } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { identifyItems, type Identified, type Listed } from '../identify/item-key.ts';
import { recognize } from '../identify/recognize.ts';
import type { DelayedItem, KnownItem, RemovedItem, Transaction } from '../store/store.ts';
import { hasLinkedParts, type Digest } from './explode.ts';

/** The items of a document with their keys, by what the source's stored items say of URLs. */
export async function identify(
  transaction: Transaction,
  source: Source,
  listed: readonly Listed[],
  idsUseful: boolean,
): Promise<readonly Identified[]> {
  const urls = listed.flatMap(({ url }) => url ?? []);
  return identifyItems(listed, { idsUseful, sharedUrls: await transaction.sharedUrls(source.id, urls) });
}

/** Those of a document's items that are stored. */
export async function findKnown(
  transaction: Transaction,
  source: Source,
  entries: readonly Identified[],
): Promise<ReadonlyMap<Identified, KnownItem>> {
  const rows = await transaction.knownItems(source.id, allKeys(entries), urlsOf(entries));
  const found = new Set(rows.map(({ itemKey }) => itemKey));
  const byTitle = entries.filter(({ itemKey }) => itemKey.startsWith('title:') && !found.has(itemKey));
  const titled = await transaction.itemsTitled(
    source.id,
    byTitle.map(({ titleKey }) => titleKey),
  );
  return recognize(entries, [...rows, ...titled.filter(({ itemKey }) => !found.has(itemKey))]);
}

/** Those of the items that were there before, went, and come back. */
export async function findRemoved(
  transaction: Transaction,
  source: Source,
  fresh: readonly Identified[],
): Promise<ReadonlyMap<Identified, RemovedItem>> {
  if (fresh.length === 0) return new Map();
  return recognize(fresh, await transaction.removedItems(source.id, allKeys(fresh), urlsOf(fresh)));
}

/** Those of the items that wait for their turn. */
export async function findDelayed(
  transaction: Transaction,
  source: Source,
  fresh: readonly Identified[],
): Promise<ReadonlyMap<Identified, DelayedItem>> {
  if (fresh.length === 0) return new Map();
  return recognize(fresh, await transaction.delayedItems(source.id, allKeys(fresh), urlsOf(fresh)));
}

/**
 * The digests whose parts are published in their place: not those that were already published whole. A digest's
 * parts have their keys from the key that it was first known by, which stays when its id or its URL changes.
 */
export async function digestsInParts(
  transaction: Transaction,
  source: Source,
  listed: readonly Listed[],
  idsUseful: boolean,
): Promise<readonly Digest[]> {
  const isDigest = ({ item }: { readonly item: Item }) => hasLinkedParts(item);
  if (!listed.some(isDigest)) return [];
  const entries = await identify(transaction, source, listed, idsUseful);
  const known = await findKnown(transaction, source, entries);
  const unknown = entries.filter((entry) => !known.has(entry));
  const removed = await findRemoved(transaction, source, unknown);
  const delayed = await findDelayed(transaction, source, unknown);
  return entries.filter(isDigest).flatMap((entry): readonly Digest[] => {
    const { item, itemKey } = entry;
    const stored = known.get(entry);
    if (stored && stored.visibility !== 'hidden') return [];
    const before = stored ?? removed.get(entry);
    return [{ item, root: before?.firstKey ?? delayed.get(entry)?.itemKey ?? itemKey }];
  });
}

const allKeys = (entries: readonly Identified[]) =>
  entries.flatMap(({ itemKey, otherKeys }) => [itemKey, ...otherKeys]);

const urlsOf = (entries: readonly Identified[]) => entries.flatMap(({ urlKey }) => urlKey ?? []);
