import type { StoredItem } from '../../model/story.ts';
import type { Cursor, ItemFilter, ItemQuery, Removal, StoryQuery } from '../store.ts';
import type { Reader } from './reader.ts';
import { isPublic, itemOfTopics, sortTime, storedItem, type Row } from './rows.ts';

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
export function listItems(reader: Reader, { after: place, ...query }: ItemQuery): readonly StoredItem[] {
  const conditions = [...matching(query), ...after(place)];
  return select(reader, '* FROM items', conditions, query.limit).map(storedItem);
}

function matching({ sources, topics, withPrivate = false }: ItemFilter): readonly Condition[] {
  const conditions: Condition[] = [[withPrivate ? '1' : isPublic]];
  if (sources) conditions.push(oneOf('source', sources));
  if (topics) {
    conditions.push(itemOfTopics(topics));
  }
  return conditions;
}

/** One value alone is compared, so that an index gives the order as well. */
function oneOf(column: string, values: readonly string[]): Condition {
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0) return [`${column} = ?`, only];
  return [`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values)];
}

/** The keys of stories in the order of the feeds. */
export function listStories(reader: Reader, query: StoryQuery): readonly number[] {
  const conditions: Condition[] = [[query.promo ? 'shown <> 0' : 'shown = 1'], ...after(query.after)];
  if (query.topics) {
    const [sql, ...values] = oneOf('topic', query.topics);
    conditions.push([`key IN (SELECT story FROM story_topics WHERE ${sql})`, ...values]);
  }
  return select(reader, 'key FROM stories', conditions, query.limit).map((row) => row['key'] as number);
}

/** Items and removals after a revision, in its order. */
export function listChanges(
  { all }: Reader,
  since: number,
  limit: number,
  withPrivate = false,
): readonly (StoredItem | Removal)[] {
  const seen = withPrivate ? '1' : isPublic;
  const items = all(
    `SELECT * FROM items WHERE revision > ? AND ${seen} ORDER BY revision LIMIT ?`,
    since,
    limit,
  ).map(storedItem);
  const removals = all(
    `SELECT entry_id, source, revision FROM removed_items WHERE revision > ?1 AND ${seen}
     UNION ALL SELECT entry_id, NULL, revision FROM withdrawn_items WHERE revision > ?1 AND ${withPrivate ? '0' : '1'}
     ORDER BY revision LIMIT ?2`,
    since,
    limit,
  ).map(removal);
  return [...items, ...removals].sort((a, b) => a.revision - b.revision).slice(0, limit);
}

function removal(row: Row): Removal {
  return {
    entryId: row['entry_id'] as string,
    ...(row['source'] !== null && { source: row['source'] as string }),
    deleted: true,
    revision: row['revision'] as number,
  };
}

/** Those of the title keys that a source has used for different items. */
export function recurringTitles({ all }: Reader, titleKeys: readonly string[]): ReadonlySet<string> {
  const areThereAny = all('SELECT 1 FROM recurring_titles LIMIT 1').length > 0;
  if (!areThereAny) return new Set();
  const rows = all(
    'SELECT title_key FROM recurring_titles WHERE title_key IN (SELECT value FROM json_each(?))',
    JSON.stringify(titleKeys),
  );
  return new Set(rows.map((row) => row['title_key'] as string));
}
