import type { Item } from '../model/feed.ts';
import type { PublishSettings } from '../model/settings.ts';
import type { StoredItem } from '../model/story.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import { createSearchTexts, textFilter } from '../publish/search-texts.ts';
import type { Member, Store } from '../store/store.ts';
import { isSearch, type Demand } from './demand.ts';
import type { EntryKind } from './entry-cache.ts';
import { amountOf, entryKind, feedQuery, first, type Amount } from './feed-query.ts';
import { inBatches } from './in-batches.ts';

/** How many of the newest entries a search looks at. */
const searchDepth = 2000;

/** So many are loaded and folded before others have their turn. */
const textsAtOnce = 50;

/** Chooses the members that are demanded of a feed, by its rules for how many. */
export type Select = (spec: FeedSpec, demand: Demand) => Promise<readonly Member[]>;

export function createSelect(
  store: Store,
  settings: PublishSettings,
  now: () => Date,
  /** The item as far as it may be published: nothing else is searched. */
  readable: (item: StoredItem) => Item,
): Select {
  const texts = createSearchTexts();

  const withTexts = async (kind: EntryKind, members: readonly Member[]) => {
    const nameOf = (key: number) => `${kind}/${key}`;
    return inBatches(members, textsAtOnce, async (batch) => {
      const missing = batch.filter(({ key, revision }) => texts.get(nameOf(key), revision) === undefined);
      const added = new Map<number, string>();
      for (const { key, revision, item } of await itemsOf(kind, missing))
        added.set(key, texts.add(nameOf(key), revision, item));
      return batch.flatMap((member) => {
        const text = added.get(member.key) ?? texts.get(nameOf(member.key), member.revision);
        return text === undefined ? [] : [{ member, text }];
      });
    });
  };

  const itemsOf = async (kind: EntryKind, members: readonly Member[]) => {
    if (members.length === 0) return [];
    const keys = members.map(({ key }) => key);
    if (kind === 'item') return (await store.items(keys)).map((item) => ({ ...item, item: readable(item) }));
    return (await store.stories(keys)).map(({ key, revision, lead }) => ({
      key,
      revision,
      item: readable(lead),
    }));
  };

  return async (spec, demand) => {
    const amount = amountOf(demand, settings, now());
    if (!isSearch(demand)) return store.feedMembers(feedQuery(spec, demand, amount, settings));
    const newest = await store.feedMembers(feedQuery(spec, demand, first(searchDepth), settings));
    const isWanted = textFilter(demand);
    const looked = await withTexts(entryKind(spec), newest);
    return heldOf(
      looked.filter(({ text }) => isWanted(text)).map(({ member }) => member),
      amount,
    );
  };
}

/** Those that arrived in time; where they are too few, the first others too. */
function heldOf(found: readonly Member[], { since, least, most }: Amount): readonly Member[] {
  const inTime = new Set(found.filter(({ arrived }) => arrived >= since).slice(0, most));
  let missing = Math.min(least, most) - inTime.size;
  return found.filter((member) => inTime.has(member) || missing-- > 0);
}
