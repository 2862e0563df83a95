import type { Item, ReadFeed } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { listItem, type Listed, type TitleRules } from '../identify/item-key.ts';
import { readFeed } from '../normalize/parse-feed.ts';
import type { ParseHints } from '../parse/hints.ts';

/** A document as it was read, its items with all that can be said of each one by itself. */
export interface ListedFeed extends ReadFeed {
  readonly listed: readonly Listed[];
}

/** Whose document it is, as far as that matters to what its items say. */
export interface Lister {
  readonly source: Pick<Source, 'id' | 'topics'>;
  readonly titles: TitleRules;
}

/**
 * What is done with a document without knowing any other: it is parsed, normalized, and its items' titles and
 * URLs are made comparable. Pure, so that it can be done anywhere.
 * @throws FeedParseError as `parseFeed` does
 */
export function listDocument(bytes: Uint8Array, hints: ParseHints, { titles }: Lister): ListedFeed {
  return listFeed(readFeed(bytes, hints), titles);
}

/** The same with the topics of all items, by whoever has time for those that turn out to be known. */
export function withTopics(feed: ListedFeed, topicsOf: (item: Item) => readonly string[]): ListedFeed {
  return { ...feed, listed: feed.listed.map((entry) => ({ ...entry, topics: topicsOf(entry.item) })) };
}

export function listFeed(read: ReadFeed, titles: TitleRules): ListedFeed {
  return { ...read, listed: read.items.map((item) => listItem(item, titles)) };
}
