import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NewItem, Transaction } from '../store.ts';
import { knows, storedKnowledge } from './knowledge.ts';
import { moveReports, unearthStory } from './move-reports.ts';
import { shown, sortTime } from './rows.ts';
import type { SourceStates } from './source-states.ts';
import { enterTopics, leaveTopics } from './story-topics.ts';
import type { TitleFilters } from './title-filters.ts';
import { waitingItems, type Statements } from './waiting.ts';

/** The statements of a transaction, prepared once a connection. */
export interface Writer {
  readonly transaction: Transaction;
  /** To be called when a transaction has begun. */
  readonly begin: () => void;
  /** To be called before it is committed. */
  readonly finish: () => void;
  /** To be called where others may have written since: the counters are read again. */
  readonly forget: () => void;
}

/** How many documents of a source are kept for people to look at. */
const keptPerSource = 5;

const json = (value: unknown) => JSON.stringify(value);
const time = (value: Date | undefined) => value?.getTime() ?? null;
const bit = (value: boolean) => (value ? 1 : 0);

/** What is known besides what is in the tables. */
interface Memory {
  readonly states: SourceStates;
  readonly titles: TitleFilters;
  /** The key of the last item that was committed, which is the last that anybody can have seen. */
  readonly lastSeen: () => number;
}

export function createWriter(database: DatabaseSync, { states, titles, lastSeen }: Memory): Writer {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const all: Statements['all'] = (sql, ...values) => prepare(sql).all(...values);
  const run: Statements['run'] = (sql, ...values) => prepare(sql).run(...values);

  let revision = 0;
  let revisionAtBegin = 0;
  let lastKey = 0;
  /** Whether these are what the store holds. */
  let isCurrent = false;

  /** What comes back is no longer gone. */
  const forgetRemoved = (items: readonly NewItem[], sources: readonly string[]) => {
    if (!sources.some((source) => knows({ all }, 'removed_items', source))) return;
    const back = 'removed_items WHERE entry_id IN (SELECT value FROM json_each(?))';
    const ids = json(items.map(({ entryId }) => entryId));
    run(`DELETE FROM tombstones WHERE id IN (SELECT entry_id FROM ${back})`, ids);
    run(`DELETE FROM ${back}`, ids);
  };

  const publicOnes = (sources: readonly string[]): ReadonlySet<string> =>
    new Set(
      all(
        `SELECT value AS source FROM json_each(?) WHERE value NOT IN (SELECT id FROM sources WHERE private = 1)`,
        json(sources),
      ).map((row) => row['source'] as string),
    );

  /** Its key is taken here rather than by SQLite, for it is the story's key too. */
  const insertItem = (item: NewItem, isShown: boolean): number => {
    revision += 1;
    lastKey += 1;
    const key = lastKey;
    const topics = json(item.topics);
    const sort = [sortTime(item.sort), item.sort.rank, item.sort.position] as const;
    const arrived = item.arrived.getTime();
    run(
      `INSERT INTO items (key, source, item_key, entry_id, api_id, title_key, title_hash, key_version, url_key, cut,
         damaged, story, matched, topics, first_seen, published, updated, sort_time, sort_rank, sort_place,
         arrived, shown, document, listed_at, revision, item, first_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      key,
      item.source,
      item.itemKey,
      item.entryId,
      item.apiId,
      item.titleKey,
      item.titleHash ?? null,
      item.keyVersion,
      item.urlKey ?? null,
      bit(item.cut),
      bit(item.damaged),
      item.story ?? key,
      item.matched,
      topics,
      item.firstSeen.getTime(),
      time(item.published),
      item.updated.getTime(),
      ...sort,
      arrived,
      shown(item.visibility),
      item.document,
      item.listedAt.getTime(),
      revision,
      item.itemJson,
      item.firstKey ?? null,
    );
    if (item.story !== undefined) return key;
    // Only what was there before can have a tombstone.
    if (item.firstKey !== undefined) unearthStory(database, key);
    run(
      'INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      key,
      item.entryId,
      key,
      topics,
      item.firstSeen.getTime(),
      time(item.published),
      item.updated.getTime(),
      ...sort,
      arrived,
      isShown ? shown(item.visibility) : 0,
      revision,
    );
    for (const topic of item.topics)
      run(
        'INSERT OR IGNORE INTO story_topics VALUES (?, ?, ?, ?, ?, ?, ?)',
        topic,
        ...sort,
        key,
        arrived,
        revision,
      );
    return key;
  };

  const transaction: Transaction = {
    ...storedKnowledge({ all }, titles),
    ...waitingItems({ all, run }),

    lastSeen: () => Promise.resolve(lastSeen()),

    foundStories: (foundings) => {
      for (const { story, by, matched } of foundings) {
        run('UPDATE items SET matched = ? WHERE key = ?', matched, story);
        run('UPDATE items SET story = ? WHERE story = ?', by, story);
        run(leaveTopics, json([story]));
        run('DELETE FROM stories WHERE key = ?', story);
      }
      return Promise.resolve();
    },

    moveReports: (moves, now) => {
      revision = moveReports(database, moves, { now, revision, lastSeen: lastSeen() });
      return Promise.resolve();
    },

    moveUpdated: (items, now) => {
      for (const { key, updated } of items) {
        revision += 1;
        run(
          'UPDATE items SET updated = ?, moved_at = ?, next_updated = NULL, revision = ? WHERE key = ?',
          updated.getTime(),
          now.getTime(),
          revision,
          key,
        );
      }
      return Promise.resolve();
    },

    markRecurring: (titleKeys) => {
      for (const key of titleKeys) run('INSERT OR IGNORE INTO recurring_titles VALUES (?)', key);
      return Promise.resolve();
    },

    insertItems: (items) => {
      const sources = [...new Set(items.map(({ source }) => source))];
      forgetRemoved(items, sources);
      const isShown = publicOnes(sources);
      return Promise.resolve(items.map((item) => insertItem(item, isShown.has(item.source))));
    },

    updateItems: (edits) => {
      for (const edit of edits) {
        revision += 1;
        run(
          `UPDATE items SET item_key = ?1, title_key = ?, title_hash = ?, key_version = ?, url_key = ?, cut = ?, damaged = ?,
             topics = ?, updated = ?, moved_at = ?, next_updated = ?, revision = ?, item = ?,
             first_key = iif(item_key = ?1, first_key, coalesce(first_key, item_key)) WHERE key = ?`,
          edit.itemKey,
          edit.titleKey,
          edit.titleHash ?? null,
          edit.keyVersion,
          edit.urlKey ?? null,
          bit(edit.cut),
          bit(edit.damaged),
          json(edit.topics),
          edit.updated.getTime(),
          time(edit.movedAt),
          time(edit.nextUpdated),
          revision,
          edit.itemJson,
          edit.key,
        );
      }
      return Promise.resolve();
    },

    rekeyItems: (keyings) => {
      for (const { key, titleKey, titleHash = null, keyVersion, cut, damaged } of keyings) {
        const sameKey = run(
          `UPDATE items SET key_version = ?, cut = ?, damaged = ?
           WHERE key = ? AND title_key = ? AND (key_version, cut, damaged) <> (?1, ?2, ?3)`,
          keyVersion,
          bit(cut),
          bit(damaged),
          key,
          titleKey,
        );
        if (sameKey.changes > 0) continue;
        const otherKey = run(
          `UPDATE items SET title_key = ?, title_hash = ?, key_version = ?, cut = ?, damaged = ?, revision = ?
           WHERE key = ? AND title_key <> ?1`,
          titleKey,
          titleHash,
          keyVersion,
          bit(cut),
          bit(damaged),
          revision + 1,
          key,
        );
        revision += Number(otherKey.changes);
      }
      return Promise.resolve();
    },

    retopicItems: (items) => {
      for (const { key, topics } of items) {
        revision += 1;
        run('UPDATE items SET topics = ?, revision = ? WHERE key = ?', json(topics), revision, key);
      }
      return Promise.resolve();
    },

    updateStories: (changes) => {
      const stories = json(changes.map(({ key }) => key));
      run(leaveTopics, stories);
      for (const { key, lead, topics, updated, visibility } of changes) {
        revision += 1;
        run(
          `UPDATE stories SET lead = coalesce(?, lead), topics = ?,
             updated = max(updated, coalesce(?, updated)),
             shown = coalesce(?, shown), revision = ? WHERE key = ?`,
          lead ?? null,
          json(topics),
          time(updated),
          visibility === undefined ? null : shown(visibility),
          revision,
          key,
        );
      }
      run(enterTopics, stories);
      return Promise.resolve();
    },

    keepListed: (source, document, at) => {
      run('UPDATE items SET listed_at = ? WHERE source = ? AND document = ?', at.getTime(), source, document);
      return Promise.resolve();
    },

    markListed: (items, document, now) => {
      run(
        'UPDATE items SET document = ?, listed_at = ? WHERE key IN (SELECT value FROM json_each(?))',
        document,
        now.getTime(),
        json(items),
      );
      return Promise.resolve();
    },

    setIncident: (source, incident, now) => {
      const at = now.getTime();
      const next = revision + 1;
      const closed = run(
        'UPDATE incidents SET closed_at = ?, revision = ? WHERE source = ? AND closed_at IS NULL AND kind <> ?',
        at,
        next,
        source,
        incident?.kind ?? '',
      );
      const opened =
        incident &&
        run(
          `INSERT INTO incidents (source, kind, cause, opened_at, revision)
           SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM incidents WHERE source = ?1 AND closed_at IS NULL)`,
          source,
          incident.kind,
          incident.cause,
          at,
          next,
        );
      if (closed.changes > 0 || (opened?.changes ?? 0) > 0) revision = next;
      return Promise.resolve();
    },

    keepDocument: (source, { at, cause, bytes }) => {
      prepare('DELETE FROM kept_documents WHERE source = ? AND bytes = ?').run(source, bytes);
      prepare('INSERT INTO kept_documents (source, kept_at, cause, bytes) VALUES (?, ?, ?, ?)').run(
        source,
        at.getTime(),
        cause,
        bytes,
      );
      run(
        `DELETE FROM kept_documents WHERE source = ?1 AND key NOT IN
           (SELECT key FROM kept_documents WHERE source = ?1 ORDER BY key DESC LIMIT ${keptPerSource})`,
        source,
      );
      return Promise.resolve();
    },

    holdHost: (host, until) => {
      run(
        `INSERT INTO held_hosts VALUES (?, ?)
         ON CONFLICT (host) DO UPDATE SET held_until = max(held_until, excluded.held_until)`,
        host,
        until.getTime(),
      );
      return Promise.resolve();
    },

    saveSource: (id, state, nextPollAt) => {
      states.save(id, state, nextPollAt);
      return Promise.resolve();
    },
  };

  return {
    transaction,
    begin: () => {
      if (!isCurrent) {
        const [counters] = all(
          "SELECT revision, (SELECT seq FROM sqlite_sequence WHERE name = 'items') AS last_key FROM counter",
        );
        revision = Number(counters?.['revision']);
        lastKey = Number(counters?.['last_key'] ?? 0);
      }
      revisionAtBegin = revision;
      // Until it is finished: what fails is undone.
      isCurrent = false;
    },
    finish: () => {
      if (revision !== revisionAtBegin) run('UPDATE counter SET revision = ?', revision);
      isCurrent = true;
    },
    forget: () => {
      isCurrent = false;
    },
  };
}
