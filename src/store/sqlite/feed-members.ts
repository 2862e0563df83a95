import type { FeedQuery, Member } from '../store.ts';
import type { Reader } from './reader.ts';
import { date, isPublic, type Row } from './rows.ts';

/** What to read members from, in which order, and the condition that narrows it; `values` fill its marks. */
interface Selection {
  readonly from: string;
  readonly where: string;
  readonly order: string;
  readonly values: readonly (string | number)[];
}

/**
 * What arrived in time, in order; where that is less than the least number, the first others in order are
 * there too.
 */
export function feedMembers(reader: Reader, query: FeedQuery): readonly Member[] {
  const { from, where, order, values } = selection(query);
  const columns = 'key, revision, arrived, sort_time, sort_rank, sort_place';
  const arrived = reader.all(
    `SELECT ${columns} FROM ${from} WHERE ${where} AND arrived >= ? ORDER BY ${order} LIMIT ?`,
    ...values,
    query.since.getTime(),
    query.most,
  );
  const least = Math.min(query.least, query.most);
  if (arrived.length >= least) return arrived.map(member);
  const first = reader.all(
    `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ?`,
    ...values,
    least,
  );
  const there = new Set(arrived.map(({ key }) => key));
  const others = first.filter(({ key }) => !there.has(key)).slice(0, least - arrived.length);
  return [...arrived, ...others].sort(byOrder).map(member);
}

function selection(query: FeedQuery): Selection {
  const order = 'sort_time DESC, sort_rank, sort_place, key';
  if (query.kind === 'items') {
    const ofTopic = 'key IN (SELECT item FROM item_topics WHERE topic IN (SELECT value FROM json_each(?)))';
    const where = ['source = ?', isPublic, ...(query.topics ? [ofTopic] : [])];
    const values = [query.source, ...(query.topics ? [JSON.stringify(query.topics)] : [])];
    return { from: 'items', where: where.join(' AND '), order, values };
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
    return {
      from: 'story_topics CROSS JOIN (SELECT key, revision, shown FROM stories) AS it ON it.key = story_topics.story',
      order: 'sort_time DESC, sort_rank, sort_place, story',
      ...where(['topic = ?', single], ...conditions),
    };
  }
  return { from: 'stories', order, ...where(...conditions, ...ofTopics(query.topics)) };
}

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
