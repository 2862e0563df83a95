import type { Item } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { identifyItems, type Evidence, type Identified, type Listed } from '../identify/item-key.ts';
import type { KnownItem, RemovedItem, Transaction } from '../store/store.ts';
import { linkedParts } from './explode.ts';

/** The items of a document with their keys, by what the source's stored items say of URLs. */
export async function identify(
  transaction: Transaction,
  source: Source,
  listed: readonly Listed[],
  evidence: Pick<Evidence, 'idsUseful' | 'keyVersion'>,
): Promise<readonly Identified[]> {
  const urls = listed.flatMap(({ url }) => url ?? []);
  return identifyItems(listed, { ...evidence, sharedUrls: await transaction.sharedUrls(source.id, urls) });
}

/**
 * An item is known by its key. Under a new key it is known by its URL, or by a key it had before, if the old
 * key has left the document.
 */
export async function findKnown(
  transaction: Transaction,
  source: Source,
  identified: readonly Identified[],
): Promise<ReadonlyMap<Identified, KnownItem>> {
  const rows = await transaction.knownItems(
    source.id,
    identified.flatMap(({ itemKey, otherKeys }) => [itemKey, ...otherKeys]),
    identified.flatMap(({ urlKey }) => urlKey ?? []),
  );
  const listed = new Set(identified.map(({ itemKey }) => itemKey));
  const byKey = new Map(rows.map((row) => [row.itemKey, row]));
  const left = new Map(
    rows
      .filter(({ itemKey }) => !listed.has(itemKey) && !itemKey.startsWith('part:'))
      .map((row) => [row.itemKey, row]),
  );
  const known = new Map<Identified, KnownItem>();
  for (const entry of identified) {
    const row = byKey.get(entry.itemKey) ?? formerSelf(entry, left);
    if (!row) continue;
    known.set(entry, row);
    left.delete(row.itemKey);
  }
  return known;
}

/** The item that an entry was under a key that has left the document; `left` holds these by their keys. */
function formerSelf(entry: Identified, left: ReadonlyMap<string, KnownItem>): KnownItem | undefined {
  if (entry.partOf || left.size === 0) return undefined;
  const rows = [...left.values()];
  const linked = entry.urlKey === undefined ? undefined : rows.find(({ urlKey }) => urlKey === entry.urlKey);
  if (linked) return linked;
  return entry.otherKeys
    .flatMap((key) => left.get(key) ?? [])
    .find(
      ({ titleKey, urlKey }) =>
        titleKey === entry.titleKey &&
        (urlKey === undefined || entry.url === undefined || urlKey === entry.url),
    );
}

/** Which of the items were there before, went, and come back; by their keys. */
export async function findRemoved(
  transaction: Transaction,
  source: Source,
  fresh: readonly Identified[],
): Promise<ReadonlyMap<string, RemovedItem>> {
  const rows = await transaction.removedItems(
    source.id,
    fresh.map(({ itemKey }) => itemKey),
  );
  return new Map(rows.map((row) => [row.itemKey, row]));
}

/** The digests whose parts are published in their place: not those that were already published whole. */
export async function digestsInParts(
  transaction: Transaction,
  source: Source,
  listed: readonly Listed[],
  idsUseful: boolean,
): Promise<readonly Item[]> {
  const digests = listed.filter(({ item }) => linkedParts(item).length > 0);
  if (digests.length === 0) return [];
  const known = await findKnown(
    transaction,
    source,
    await identify(transaction, source, listed, { idsUseful }),
  );
  const whole = new Set(
    [...known].flatMap(([{ item }, { visibility }]) => (visibility === 'hidden' ? [] : [item])),
  );
  return digests.flatMap(({ item }) => (whole.has(item) ? [] : [item]));
}
