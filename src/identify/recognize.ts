import type { Identified } from './item-key.ts';

/** What is remembered of an item, by which it is known again. */
export interface Remembered {
  readonly itemKey: string;
  readonly urlKey?: string;
  readonly titleHash?: string;
}

/**
 * Which of the remembered items the entries of a document are. An item is known by its key. Under a new key it
 * is known, if the old one has left the document, by its URL where that is one item's alone, by a key it had
 * before, or, where nothing but its title identifies it, by its title.
 */
export function recognize<Item extends Remembered>(
  entries: readonly Identified[],
  remembered: readonly Item[],
): ReadonlyMap<Identified, Item> {
  const listed = new Set(entries.map(({ itemKey }) => itemKey));
  const byKey = new Map(remembered.map((item) => [item.itemKey, item]));
  const left = remembered.filter(({ itemKey }) => !listed.has(itemKey) && !itemKey.startsWith('part:'));
  const formerSelf = finderOf(left);
  const taken = new Set<Item>();
  const known = new Map<Identified, Item>();
  for (const entry of entries) {
    const item = byKey.get(entry.itemKey) ?? (entry.partOf ? undefined : formerSelf(entry, taken));
    if (!item) continue;
    known.set(entry, item);
    taken.add(item);
  }
  return known;
}

/** Finds what an entry was under a key that has left the document. */
function finderOf<Item extends Remembered>(
  left: readonly Item[],
): (entry: Identified, taken: ReadonlySet<Item>) => Item | undefined {
  const byKey = new Map(left.map((item) => [item.itemKey, item]));
  const byUrl = Map.groupBy(left, ({ urlKey }) => urlKey);
  const byTitle = Map.groupBy(
    left.filter(({ itemKey }) => itemKey.startsWith('title:')),
    ({ titleHash }) => titleHash,
  );
  return (entry, taken) => {
    if (left.length === 0) return undefined;
    const { itemKey, urlKey, url, otherKeys, titleHash } = entry;
    const [linked, another] = urlKey === undefined ? [] : (byUrl.get(urlKey) ?? []);
    if (linked && !another && !taken.has(linked)) return linked;
    const isSamePage = (item: Item) => item.urlKey === undefined || url === undefined || item.urlKey === url;
    const [former] = otherKeys
      .flatMap((key) => byKey.get(key) ?? [])
      .filter((item) => !taken.has(item) && item.titleHash === titleHash && isSamePage(item));
    if (former || titleHash === undefined || !itemKey.startsWith('title:')) return former;
    return byTitle.get(titleHash)?.find((item) => !taken.has(item) && isSamePage(item));
  };
}
