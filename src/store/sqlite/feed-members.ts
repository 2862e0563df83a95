import type { ArchivedMember, FeedQuery, Member } from '../store.ts';
import type { Reader } from './reader.ts';
import { date, isPublic, itemOfTopics, type Row } from './rows.ts';

/** What to read members from, in which order, and the condition that narrows it; `values` fill its marks. */
interface Selection {
  readonly from: string;
  /** The same in the order of coming, from the first that can have arrived since a time, which fills its mark. */
  readonly recent: readonly [from: string, where: string];
  /** The same in the order of revisions. */
  readonly changed: string;
  readonly where: string;
  readonly order: string;
  /** The size of what is stored of the entry. */
  readonly bytes: string;
  readonly values: readonly (string | number)[];
}

const columns = 'key, revision, arrived, sort_time, sort_rank, sort_place';

/**
 * What arrived in time, where that is less than the least number the first others in order, and what is in no
 * archive yet; in order.
 */
export function feedMembers(reader: Reader, query: FeedQuery): readonly Member[] {
  const { from, recent, changed, where, order, values } = selection(query);
  const since = query.since.getTime();
  const [fromRecent, whereRecent] = recent;
  const arrived = reader.all(
    `SELECT ${columns} FROM ${fromRecent} WHERE ${where} AND ${whereRecent} AND arrived >= ? ORDER BY ${order} LIMIT ?`,
    ...values,
    since,
    since,
    query.most,
  );
  const held = new Map(arrived.map((row) => [row['key'], row]));
  const least = Math.min(query.least, query.most);
  if (arrived.length < least) {
    const first = reader.all(
      `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ?`,
      ...values,
      least,
    );
    for (const row of first) if (held.size < least) held.set(row['key'], row);
  }
  const { unsealed } = query;
  const rows =
    unsealed === undefined
      ? []
      : reader.all(
          `SELECT ${columns} FROM ${changed} WHERE ${where} AND revision > ? ORDER BY revision LIMIT ?`,
          ...values,
          unsealed.after,
          unsealed.most,
        );
  return [...new Map([...held, ...rows.map((row) => [row['key'], row] as const)]).values()]
    .sort(byOrder)
    .map((row) => member(row, held.has(row['key'])));
}

/** Members in the order of their revisions. */
export function membersBetween(
  reader: Reader,
  query: FeedQuery,
  after: number,
  through: number,
  limit: number,
): readonly ArchivedMember[] {
  const { changed, where, bytes, values } = selection(query);
  return reader
    .all(
      `SELECT key, revision, ${bytes} AS bytes FROM ${changed}
       WHERE ${where} AND revision > ? AND revision <= ? ORDER BY revision LIMIT ?`,
      ...values,
      after,
      through,
      limit,
    )
    .map((row) => ({
      key: row['key'] as number,
      revision: row['revision'] as number,
      bytes: row['bytes'] as number,
    }));
}

const leadBytes = '(SELECT octet_length(item) FROM items WHERE items.key = lead)';

function selection(query: FeedQuery): Selection {
  const order = 'sort_time DESC, sort_rank, sort_place, key';
  if (query.kind === 'items') {
    return {
      from: 'items',
      recent: ['items', 'first_seen >= ?'],
      changed: 'items INDEXED BY items_by_source_revision',
      order,
      bytes: 'octet_length(item)',
      ...where(
        ['source = ?', query.source],
        [isPublic],
        ...(query.topics ?? []).map(itemOfTopics),
        ...(query.sources ?? []).map((any): Condition => [`source IN ${list}`, json(any)]),
        ...(query.exceptSources ? [[`source NOT IN ${list}`, json(query.exceptSources)] as const] : []),
      ),
    };
  }
  const { topics = [], sources = [], exceptSources } = query;
  // One topic is read in the order of its own indexes; several would give a story several times.
  const single = topics.find((any) => any.length === 1);
  const conditions: Condition[] = [
    [query.promo ? 'shown <> 0' : 'shown = 1'],
    ...sources.map((any) => reported('IN', any)),
    ...(exceptSources ? [reported('NOT IN', exceptSources)] : []),
    ...topics.filter((any) => any !== single).map(ofAnyTopic),
  ];
  if (single?.[0] !== undefined) {
    const joined = 'CROSS JOIN (SELECT key, shown, lead FROM stories) AS it ON it.key = story_topics.story';
    return {
      from: `story_topics ${joined}`,
      recent: [`story_topics INDEXED BY story_topics_by_coming ${joined}`, `story >= ${firstSince}`],
      changed: `story_topics INDEXED BY story_topics_by_revision ${joined}`,
      order: 'sort_time DESC, sort_rank, sort_place, story',
      bytes: leadBytes,
      ...where(['topic = ?', single[0]], ...conditions),
    };
  }
  return {
    from: 'stories',
    recent: ['stories NOT INDEXED', `key >= ${firstSince}`],
    changed: 'stories INDEXED BY stories_by_revision',
    order,
    bytes: leadBytes,
    ...where(...conditions),
  };
}

/** Nothing arrives before it is first seen: what arrived since a time is among what came since then. */
const firstSince = '(SELECT min(key) FROM stories WHERE first_seen >= ?)';

/** A condition and what fills its question marks. */
type Condition = readonly [sql: string, ...values: string[]];

/** The values of a JSON list. */
const list = '(SELECT value FROM json_each(?))';

const json = (values: readonly string[]) => JSON.stringify(values);

function where(...conditions: readonly Condition[]): Pick<Selection, 'where' | 'values'> {
  return {
    where: conditions.map(([sql]) => sql).join(' AND '),
    values: conditions.flatMap(([, ...values]) => values),
  };
}

function reported(relation: 'IN' | 'NOT IN', sources: readonly string[]): Condition {
  return [`key ${relation} (SELECT story FROM items WHERE source IN ${list})`, json(sources)];
}

function ofAnyTopic(topics: readonly string[]): Condition {
  return [`key IN (SELECT story FROM story_topics WHERE topic IN ${list})`, json(topics)];
}

function byOrder(a: Row, b: Row): number {
  const compare = (column: string) => Number(a[column]) - Number(b[column]);
  return -compare('sort_time') || compare('sort_rank') || compare('sort_place') || compare('key');
}

function member(row: Row, isHeld: boolean): Member {
  return {
    key: row['key'] as number,
    revision: row['revision'] as number,
    arrived: date(row['arrived']),
    isHeld,
  };
}
