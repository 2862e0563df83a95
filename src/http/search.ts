import { setImmediate as breathe } from 'node:timers/promises';
import type { StoredItem } from '../model/story.ts';
import { textFilter } from '../publish/search-texts.ts';
import type { ItemQuery, Store } from '../store/store.ts';

/** How many of the newest items a search looks at. */
const searchDepth = 2000;

/** So many are looked at before others have their turn. */
const itemsAtOnce = 50;

/** The first items that have every word in their title or text, as folded text; as many as the query's limit. */
export async function searchItems(
  store: Store,
  textOf: (item: StoredItem) => string,
  words: string,
  { limit, ...query }: ItemQuery,
): Promise<readonly StoredItem[]> {
  const isWanted = textFilter({ q: words });
  const found: StoredItem[] = [];
  let { after } = query;
  for (let looked = 0; looked < searchDepth && found.length < limit; looked += itemsAtOnce) {
    if (looked > 0) await breathe();
    const page = await store.listItems({ ...query, limit: itemsAtOnce, ...(after && { after }) });
    found.push(...page.filter((item) => isWanted(textOf(item))));
    after = page.at(-1);
    if (page.length < itemsAtOnce) break;
  }
  return found.slice(0, limit);
}
