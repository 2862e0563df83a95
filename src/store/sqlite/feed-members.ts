import type { FeedQuery, Member } from '../store.ts';
import type { Reader } from './reader.ts';
import { date, isPublic, type Row } from './rows.ts';

/** What to read members from, in which order, and the condition that narrows it; `values` fill its marks. */
interface Selection {
  readonly from: string;
  /** The same in the order of coming, from the first that can have arrived since a time, which fills its mark. */
  readonly recent: readonly [from: string, where: string];
  readonly where: string;
  readonly order: string;
  /** The column that tells what came when. */
  readonly key: string;
  readonly values: readonly (string | number)[];
}

const columns = 'key, revision, arrived, sort_time, sort_rank, sort_place';

/**
 * What arrived in time or is in no archive yet, in order; where that is less than the least number, the first
 * others in order are there too.
 */
export function feedMembers(reader: Reader, query: FeedQuery): readonly Member[] {
  const { from, recent, where, order, key, values } = selection(query);
  const since = query.since.getTime();
  const [fromRecent, whereRecent] = recent;
  const arrived = reader.all(
    `SELECT ${columns} FROM ${fromRecent} WHERE ${where} AND ${whereRecent} AND arrived >= ? ORDER BY ${order} LIMIT ?`,
    ...values,
    since,
    since,
    query.most,
  );
  const chosen = new Map(arrived.map((row) => [row['key'], row]));
  const least = Math.min(query.least, query.most);
  if (arrived.length < least) {
    const first = reader.all(
      `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ?`,
      ...values,
      least,
    );
    for (const row of first) if (chosen.size < least) chosen.set(row['key'], row);
  }
  if (query.unsealedAfter !== undefined) {
    const unsealed = reader.all(
      `SELECT ${columns} FROM ${from} WHERE ${where} AND ${key} > ? ORDER BY ${key}`,
      ...values,
      query.unsealedAfter,
    );
    for (const row of unsealed) chosen.set(row['key'], row);
  }
  return [...chosen.values()].sort(byOrder).map(member);
}

/** Members in the order they came, which is the order of their keys. */
export function membersBetween(
  reader: Reader,
  query: FeedQuery,
  after: number,
  through: number,
  limit: number,
): readonly Member[] {
  const { from, where, key, values } = selection(query);
  return reader
    .all(
      `SELECT ${columns} FROM ${from} WHERE ${where} AND ${key} > ? AND ${key} <= ? ORDER BY ${key} LIMIT ?`,
      ...values,
      after,
      through,
      limit,
    )
    .map(member);
}

function selection(query: FeedQuery): Selection {
  const order = 'sort_time DESC, sort_rank, sort_place, key';
  if (query.kind === 'items') {
    const ofTopic = 'key IN (SELECT item FROM item_topics WHERE topic IN (SELECT value FROM json_each(?)))';
    const where = ['source = ?', isPublic, ...(query.topics ? [ofTopic] : [])];
    const values = [query.source, ...(query.topics ? [JSON.stringify(query.topics)] : [])];
    const recent = ['items', 'first_seen >= ?'] as const;
    return { from: 'items', recent, where: where.join(' AND '), order, key: 'key', values };
  }
  const [single, ...others] = query.topics ?? [];
  const conditions: Condition[] = [
    [query.promo ? 'shown <> 0' : 'shown = 1'],
    ...reported('IN', query.sources),
    ...reported('NOT IN', query.exceptSources),
    ...ofTopics(query.alsoTopics),
  ];
  // One topic is read in the order of its own index; several would give a story several times.
  if (single !== undefined && others.length === 0) {
    const joined =
      'CROSS JOIN (SELECT key, revision, shown FROM stories) AS it ON it.key = story_topics.story';
    return {
      from: `story_topics ${joined}`,
      recent: [`story_topics INDEXED BY story_topics_by_coming ${joined}`, `story >= ${firstSince}`],
      order: 'sort_time DESC, sort_rank, sort_place, story',
      key: 'story',
      ...where(['topic = ?', single], ...conditions),
    };
  }
  return {
    from: 'stories',
    recent: ['stories NOT INDEXED', `key >= ${firstSince}`],
    order,
    key: 'key',
    ...where(...conditions, ...ofTopics(query.topics)),
  };
}

/** Nothing arrives before it is first seen: what arrived since a time is among what came since then. */
const firstSince = '(SELECT min(key) FROM stories WHERE first_seen >= ?)';

/** A condition and what fills its question marks. */
type Condition = readonly [sql: string, ...values: string[]];

function where(...conditions: readonly Condition[]): Pick<Selection, 'where' | 'values'> {
  return {
    where: conditions.map(([sql]) => sql).join(' AND '),
    values: conditions.flatMap(([, ...values]) => values),
  };
}

function reported(relation: 'IN' | 'NOT IN', sources: readonly string[] | undefined): Condition[] {
  if (!sources) return [];
  const stories = 'SELECT story FROM items WHERE source IN (SELECT value FROM json_each(?))';
  return [[`key ${relation} (${stories})`, JSON.stringify(sources)]];
}

function ofTopics(topics: readonly string[] | undefined): Condition[] {
  if (!topics) return [];
  const stories = 'SELECT story FROM story_topics WHERE topic IN (SELECT value FROM json_each(?))';
  return [[`key IN (${stories})`, JSON.stringify(topics)]];
}

function byOrder(a: Row, b: Row): number {
  const compare = (column: string) => Number(a[column]) - Number(b[column]);
  return -compare('sort_time') || compare('sort_rank') || compare('sort_place') || compare('key');
}

function member(row: Row): Member {
  return { key: row['key'] as number, revision: row['revision'] as number, arrived: date(row['arrived']) };
}
