import type { Item } from '../model/feed.ts';
import type { Source } from '../model/source.ts';

export type Republish = Source['republish'];

/** What each allowance leaves out of an item. */
const withheld: Readonly<Record<Republish, readonly (keyof Item)[]>> = {
  full: [],
  summary: ['content', 'parts'],
  title: ['summary', 'content', 'parts'],
};

/** The item as far as its source lets it be published; feeds, pages, answers and searches see no more of it. */
export function published(item: Item, republish: Republish): Item {
  const hidden = withheld[republish];
  if (hidden.length === 0) return item;
  return Object.fromEntries(Object.entries(item).filter(([key]) => !hidden.includes(key as keyof Item)));
}
