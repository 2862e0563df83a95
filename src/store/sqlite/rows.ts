import type { Item } from '../../model/feed.ts';
import type { Match, SortKey, StoredItem } from '../../model/story.ts';
import type { DelayedItem, Incident, KnownItem, RemovedItem, ReportRow, Visibility } from '../store.ts';

/** What SQLite gives for one row. */
export type Row = Readonly<Record<string, unknown>>;

/** Where rows without a time stand in the order; the model has no time there. */
export const noTime = -62_135_596_800_000;

export const sortTime = (sort: SortKey): number => sort.time?.getTime() ?? noTime;

export const sortKey = (row: Row): SortKey => ({
  ...(row['sort_time'] !== noTime && { time: date(row['sort_time']) }),
  rank: row['sort_rank'] as number,
  position: row['sort_place'] as number,
});

export const date = (value: unknown): Date => new Date(value as number);

export const topicsOf = (row: Row): readonly string[] => JSON.parse(row['topics'] as string) as string[];

const shownValues: readonly Visibility[] = ['hidden', 'shown', 'promo'];

export const shown = (visibility: Visibility): number => shownValues.indexOf(visibility);

const visibility = (row: Row): Visibility => shownValues[row['shown'] as number] ?? 'hidden';

export function storedItem(row: Row): StoredItem {
  return {
    key: row['key'] as number,
    source: row['source'] as string,
    itemKey: row['item_key'] as string,
    entryId: row['entry_id'] as string,
    apiId: row['api_id'] as string,
    titleKey: row['title_key'] as string,
    ...(row['title_hash'] !== null && { titleHash: row['title_hash'] as string }),
    ...(row['url_key'] !== null && { urlKey: row['url_key'] as string }),
    topics: topicsOf(row),
    firstSeen: date(row['first_seen']),
    ...(row['published'] !== null && { published: date(row['published']) }),
    updated: date(row['updated']),
    sort: sortKey(row),
    arrived: date(row['arrived']),
    revision: row['revision'] as number,
    story: row['story'] as number,
    matched: row['matched'] as Match,
    item: JSON.parse(row['item'] as string) as Item,
  };
}

export function knownItem(row: Row): KnownItem {
  return {
    key: row['key'] as number,
    ...remembered(row),
    titleKey: row['title_key'] as string,
    story: row['story'] as number,
    firstSeen: date(row['first_seen']),
    ...(row['published'] !== null && { published: date(row['published']) }),
    updated: date(row['updated']),
    ...(row['moved_at'] !== null && { movedAt: date(row['moved_at']) }),
    ...(row['next_updated'] !== null && { nextUpdated: date(row['next_updated']) }),
    visibility: visibility(row),
    itemJson: row['item'] as string,
  };
}

export function removedItem(row: Row): RemovedItem {
  return {
    ...remembered(row),
    entryId: row['entry_id'] as string,
    firstSeen: date(row['first_seen']),
    ...(row['published'] !== null && { published: date(row['published']) }),
    ...(row['updated'] !== null && { updated: date(row['updated']) }),
    takenDown: row['taken_down'] === 1,
  };
}

export function delayedItem(row: Row): DelayedItem {
  const { itemKey, urlKey, titleHash } = remembered(row);
  return {
    key: row['key'] as number,
    itemKey,
    ...(urlKey !== undefined && { urlKey }),
    ...(titleHash !== undefined && { titleHash }),
    entryJson: row['entry'] as string,
  };
}

/** What an item is known again by. */
function remembered(row: Row): Pick<KnownItem, 'itemKey' | 'firstKey' | 'urlKey' | 'titleHash'> {
  const itemKey = row['item_key'] as string;
  return {
    itemKey,
    firstKey: (row['first_key'] ?? itemKey) as string,
    ...(row['url_key'] !== null && { urlKey: row['url_key'] as string }),
    ...(row['title_hash'] !== null && { titleHash: row['title_hash'] as string }),
  };
}

/** The condition for what the public may see; it names a column `source`. */
export const isPublic = 'source NOT IN (SELECT id FROM sources WHERE private = 1)';

/**
 * The condition for items of any of these topics, and what fills its marks. Their stories are found first: a
 * story has the topics of all its public reports.
 */
export function itemOfTopics(topics: readonly string[]): readonly [sql: string, ...values: string[]] {
  const list = JSON.stringify(topics);
  const any = '(SELECT value FROM json_each(?))';
  return [
    `(story IN (SELECT story FROM story_topics WHERE topic IN ${any}) OR NOT (${isPublic}))
     AND EXISTS (SELECT 1 FROM json_each(items.topics) WHERE value IN ${any})`,
    list,
    list,
  ];
}

/** The condition that no other item of the same source has an item's URL; it is evidence of identity then. */
export const hasOwnUrl = `NOT EXISTS (SELECT 1 FROM items AS twin
  WHERE twin.url_key = items.url_key AND twin.source = items.source AND twin.key <> items.key)`;

/** The columns that {@link reportRow} reads, without the item itself. */
export const reportColumns = `key, story, source, title_key, iif(${hasOwnUrl}, url_key, NULL) AS url_key, cut, damaged,
  first_seen, published, topics, shown, sort_rank, item ->> 'url' IS NOT NULL AS linked, length(item) AS size`;

export function reportRow(row: Row): ReportRow {
  return {
    key: row['key'] as number,
    story: row['story'] as number,
    source: row['source'] as string,
    titleKey: row['title_key'] as string,
    ...(row['url_key'] !== null && { urlKey: row['url_key'] as string }),
    cut: row['cut'] === 1,
    damaged: row['damaged'] === 1,
    firstSeen: date(row['first_seen']),
    ...(row['published'] !== null && { published: date(row['published']) }),
    topics: topicsOf(row),
    visibility: visibility(row),
    rank: row['sort_rank'] as number,
    linked: row['linked'] === 1,
    size: row['size'] as number,
  };
}

export function incident(row: Row): Incident {
  return {
    key: row['key'] as number,
    source: row['source'] as string,
    kind: row['kind'] as string,
    cause: row['cause'] as string,
    openedAt: date(row['opened_at']),
    ...(row['closed_at'] !== null && { closedAt: date(row['closed_at']) }),
  };
}
