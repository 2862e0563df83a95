import type { StoredItem } from '../../model/story.ts';
import type { Cursor, ItemQuery, Removal, StoryQuery } from '../store.ts';
import type { Reader } from './reader.ts';
import { isPublic, sortTime, storedItem, type Row } from './rows.ts';

const order = 'sort_time DESC, sort_rank, sort_place, key';

/** A condition and what fills its question marks. */
type Condition = readonly [sql: string, ...values: (string | number)[]];

/** The rows after a place in the order; the first comparison is the one an index can use. */
const after = (cursor: Cursor | undefined): readonly Condition[] =>
  cursor === undefined
    ? []
    : [
        ['sort_time <= ?', sortTime(cursor.sort)],
        [
          '(-sort_time, sort_rank, sort_place, key) > (?, ?, ?, ?)',
          -sortTime(cursor.sort),
          cursor.sort.rank,
          cursor.sort.position,
          cursor.key,
        ],
      ];

function select(
  { all }: Reader,
  from: string,
  conditions: readonly Condition[],
  limit: number,
): readonly Row[] {
  const where = conditions.map(([sql]) => sql).join(' AND ');
  return all(
    `SELECT ${from} WHERE ${where} ORDER BY ${order} LIMIT ?`,
    ...conditions.flatMap(([, ...values]) => values),
    limit,
  );
}

/** Items in the order of the feeds. */
export function listItems(reader: Reader, query: ItemQuery): readonly StoredItem[] {
  const conditions: Condition[] = [[isPublic], ...after(query.after)];
  if (query.source !== undefined) conditions.push(['source = ?', query.source]);
  if (query.topic !== undefined)
    conditions.push(['key IN (SELECT item FROM item_topics WHERE topic = ?)', query.topic]);
  return select(reader, '* FROM items', conditions, query.limit).map(storedItem);
}

/** The keys of stories in the order of the feeds. */
export function listStories(reader: Reader, query: StoryQuery): readonly number[] {
  const conditions: Condition[] = [[query.promo ? 'shown <> 0' : 'shown = 1'], ...after(query.after)];
  if (query.topic !== undefined)
    conditions.push(['key IN (SELECT story FROM story_topics WHERE topic = ?)', query.topic]);
  return select(reader, 'key FROM stories', conditions, query.limit).map((row) => row['key'] as number);
}

/** Items and removals after a revision, in its order. */
export function listChanges(
  { all }: Reader,
  since: number,
  limit: number,
): readonly (StoredItem | Removal)[] {
  const items = all(
    `SELECT * FROM items WHERE revision > ? AND ${isPublic} ORDER BY revision LIMIT ?`,
    since,
    limit,
  ).map(storedItem);
  const removals = all(
    `SELECT * FROM removed_items WHERE revision > ? AND ${isPublic} ORDER BY revision LIMIT ?`,
    since,
    limit,
  ).map((row): Removal => ({
    entryId: row['entry_id'] as string,
    source: row['source'] as string,
    deleted: true,
    revision: row['revision'] as number,
  }));
  return [...items, ...removals].sort((a, b) => a.revision - b.revision).slice(0, limit);
}

/** Those of the title keys that a source has used for different items. */
export function recurringTitles({ all }: Reader, titleKeys: readonly string[]): ReadonlySet<string> {
  const rows = all(
    'SELECT title_key FROM recurring_titles WHERE title_key IN (SELECT value FROM json_each(?))',
    JSON.stringify(titleKeys),
  );
  return new Set(rows.map((row) => row['title_key'] as string));
}
