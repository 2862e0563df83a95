import type { Counts } from '../store.ts';
import type { Reader } from './reader.ts';

/** Counting takes at most this share of the time: a large store is counted rarely. */
const share = 0.01;

/** Counts what is stored; again only where something changed, and not so often that it would be felt. */
export function createCounter(): (reader: Reader) => Counts {
  let known: { readonly counts: Counts; readonly revision: number; readonly until: number } | undefined;
  return (reader) => {
    const revision = Number(reader.all('SELECT revision FROM counter')[0]?.['revision']);
    const start = performance.now();
    if (known && (known.revision === revision || start < known.until)) return known.counts;
    const counts = count(reader);
    const end = performance.now();
    known = { counts, revision, until: end + (end - start) / share };
    return counts;
  };
}

function count({ all }: Reader): Counts {
  const one = (sql: string) => Number(all(sql)[0]?.['count'] ?? 0);
  const by = (sql: string) => new Map(all(sql).map((row) => [row['name'] as string, row['count'] as number]));
  return {
    items: one('SELECT count(*) AS count FROM items'),
    stories: one('SELECT count(*) AS count FROM stories'),
    bySource: by('SELECT source AS name, count(*) AS count FROM items GROUP BY source'),
    byTopic: by(
      `SELECT topic AS name, count(*) AS count FROM story_topics
       WHERE story NOT IN (SELECT key FROM stories WHERE shown <> 1) GROUP BY topic`,
    ),
  };
}
