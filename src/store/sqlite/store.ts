import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Story } from '../../model/story.ts';
import type { Founding, Store, Transaction } from '../store.ts';
import { addArchives, dropArchives, listArchives } from './archives.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createCommitLine } from './commit-line.ts';
import { createCounter } from './counts.ts';
import { feedMembers, membersBetween } from './feed-members.ts';
import { inAnyGroup } from './groups.ts';
import { listChanges, listItems, listStories, recurringTitles } from './lists.ts';
import { openDatabase } from './open.ts';
import { changePublicity } from './publicity.ts';
import { createReader, type Reader } from './reader.ts';
import { retain } from './retain.ts';
import { retryWhileBusy } from './retry.ts';
import { clockSlackMs, createSourceStates, sourceRecord, sourceRows } from './source-states.ts';
import { takeDown, tombstones } from './take-down.ts';
import { date, incident, isPublic, sortKey, storedItem, topicsOf } from './rows.ts';
import { createTitleFilters } from './title-filters.ts';
import { beginningWith, itemsTitled, titleProbes } from './titles.ts';
import { createWriter } from './transaction.ts';

/** A wait for another process's write that nobody needs to know of. */
const shortWaitMs = 1000;

/** No host is held for longer, unless the clock was put back. */
const longestHoldMs = 7 * 86_400_000 + clockSlackMs;

/**
 * The store in one SQLite file. Writes stand in a line, those that wait together share a commit; reads use a
 * second connection and see what was last committed.
 * @throws StoreError as {@link openDatabase} does.
 */
export function openSqliteStore(path: string, authority?: string): Store {
  const {
    writer,
    reader: readerConnection,
    result: founding,
  } = openDatabase(path, (database) => found(database, authority));
  const reader = createReader(readerConnection);
  const onWriter = createReader(writer);
  const states = createSourceStates(writer);
  const titles = createTitleFilters();
  const { transaction, begin, finish, forget } = createWriter(writer, {
    states,
    titles,
    lastSeen: lastItemIn(readerConnection),
  });
  const counts = createCounter();
  const read = <Result>(work: (reader: Reader) => Result): Promise<Result> =>
    retryWhileBusy(path, () => work(reader));

  let trouble: string | undefined;
  const checkpoints = createCheckpoints(writer, path);
  const line = createCommitLine(writer, path, {
    onBusy: (error, waitedMs) => {
      if (waitedMs > shortWaitMs) trouble = error.message;
    },
    between: checkpoints.between,
    onUndone: titles.beginAnew,
    onEnd: (error) => {
      forget();
      trouble = error?.message;
    },
  });

  const write = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
    line.join(async () => {
      begin();
      const result = await work(transaction);
      finish();
      return result;
    });

  /** The same for what writes by statements of its own. */
  const writeApart: typeof write = (work) =>
    line.join(() => {
      forget();
      return work(transaction);
    });

  const items = (keys: readonly number[]) =>
    read(({ all }) =>
      all('SELECT * FROM items WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(keys)).map(
        storedItem,
      ),
    );

  const stories = (keys: readonly number[]) => read((on) => loadStories(on, keys));

  const one = (sql: string, value: string) => read(({ all }) => all(sql, value).map(storedItem)[0]);

  return {
    founding,
    write,

    registerSources: (sources) =>
      writeApart(() => {
        for (const { id, title, private: isPrivate } of sources) {
          const flag = isPrivate ? 1 : 0;
          const before = writer.prepare('SELECT private FROM sources WHERE id = ?').get(id);
          states.register({ id, title, private: isPrivate });
          if (before !== undefined && before['private'] !== flag) changePublicity(writer, id, isPrivate);
        }
        return Promise.resolve();
      }),

    dueSources: (among, now) =>
      read(({ all }) =>
        all(
          `SELECT id, poll ->> 'failures' = 0 AS sound
           FROM source_polls WHERE id IN (SELECT value FROM json_each(?))
             AND (next_poll_at <= ? AND lease_until <= ? OR polled_at > ?)
           ORDER BY next_poll_at, random()`,
          JSON.stringify(among),
          now.getTime(),
          now.getTime(),
          now.getTime() + clockSlackMs,
        ).map((row) => ({ id: row['id'] as string, isSound: row['sound'] === 1 })),
      ),

    claim: (source, lease, dueAt) => line.claim(() => states.claim(source, { ...lease, dueAt })),

    renewLeases: (renewed, { owner, until }) =>
      line.join(() => {
        onWriter.all(
          `UPDATE source_polls SET lease_until = ?
           WHERE id IN (SELECT value FROM json_each(?)) AND lease_owner = ?`,
          until.getTime(),
          JSON.stringify(renewed),
          owner,
        );
        return Promise.resolve();
      }),

    source: (id) =>
      read(({ all }) => all(`SELECT * FROM ${sourceRows} WHERE id = ?`, id).map(sourceRecord)[0]),
    sources: () => read(({ all }) => all(`SELECT * FROM ${sourceRows} ORDER BY id`).map(sourceRecord)),

    heldHosts: (now) =>
      read(
        ({ all }) =>
          new Map(
            all(
              'SELECT * FROM held_hosts WHERE held_until > ? AND held_until <= ?',
              now.getTime(),
              now.getTime() + longestHoldMs,
            ).map((row) => [row['host'] as string, date(row['held_until'])]),
          ),
      ),

    incidents: (limit) =>
      read(({ all }) => all('SELECT * FROM incidents ORDER BY key DESC LIMIT ?', limit).map(incident)),

    keptDocuments: (source) =>
      read(({ all }) =>
        all('SELECT * FROM kept_documents WHERE source = ? ORDER BY key DESC', source).map((row) => ({
          at: date(row['kept_at']),
          cause: row['cause'] as string,
          bytes: row['bytes'] as Uint8Array,
        })),
      ),

    revision: () => read(currentRevision),

    changesSince: (revision) =>
      read((on) => ({
        revision: currentRevision(on),
        stories: on
          .all('SELECT key, topics FROM stories WHERE revision > ? ORDER BY revision', revision)
          .map((row) => ({ key: row['key'] as number, topics: topicsOf(row) })),
        sources: on
          .all(
            `SELECT DISTINCT source FROM items WHERE revision > ?1
             UNION SELECT DISTINCT source FROM removed_items WHERE revision > ?1`,
            revision,
          )
          .map((row) => row['source'] as string),
        removals: on.all('SELECT 1 FROM removed_items WHERE revision > ? LIMIT 1', revision).length > 0,
        incidents: on.all('SELECT 1 FROM incidents WHERE revision > ? LIMIT 1', revision).length > 0,
      })),

    feedMembers: (query) => read((on) => feedMembers(on, query)),
    membersBetween: (query, after, through, limit) =>
      read((on) => membersBetween(on, query, after, through, limit)),

    archives: (feed) => read((on) => listArchives(on, feed)),
    addArchives: (archives) =>
      writeApart(() => {
        addArchives(writer, archives);
        return Promise.resolve();
      }),
    dropArchives: (archives) =>
      writeApart(() => {
        dropArchives(writer, archives);
        return Promise.resolve();
      }),

    tombstones: (of) => read((on) => tombstones(on, of)),
    takeDown: (entryId, now) => writeApart(() => Promise.resolve(takeDown(writer, entryId, now))),

    stories,
    items,
    itemsAfter: (key, limit) =>
      read(({ all }) =>
        all('SELECT * FROM items WHERE key > ? ORDER BY key LIMIT ?', key, limit).map(storedItem),
      ),
    itemByApiId: (apiId) => one(`SELECT * FROM items WHERE ${inAnyGroup} AND api_id = ? ORDER BY key`, apiId),
    itemByEntryId: (entryId) => one('SELECT * FROM items WHERE entry_id = ? ORDER BY key', entryId),
    itemsByTitle: (titleKey) =>
      read((on) =>
        on
          .all(
            `SELECT items.* FROM ${itemsTitled} ORDER BY items.key`,
            titleProbes([{ titleKey }], titles, on),
          )
          .map(storedItem),
      ),
    itemsByBeginning: (beginning, limit) => {
      const [begins, ...values] = beginningWith(beginning);
      return read(({ all }) =>
        all(`SELECT * FROM items WHERE ${begins} ORDER BY title_key, key LIMIT ?`, ...values, limit).map(
          storedItem,
        ),
      );
    },
    recurringTitles: (titleKeys) => read((on) => recurringTitles(on, titleKeys)),
    itemsByUrl: (urlKey) =>
      read(({ all }) => all('SELECT * FROM items WHERE url_key = ? ORDER BY key', urlKey).map(storedItem)),
    listItems: (query) => read((on) => listItems(on, query)),
    listChanges: (since, limit, withPrivate) => read((on) => listChanges(on, since, limit, withPrivate)),
    listStories: (query) => read((on) => loadStories(on, listStories(on, query))),

    counts: () => read(counts),

    feedStates: () =>
      read(
        ({ all }) =>
          new Map(
            all('SELECT * FROM feeds').map((row) => [
              row['path'] as string,
              {
                hash: row['hash'] as string,
                revision: row['revision'] as number,
                changedAt: date(row['changed_at']),
              },
            ]),
          ),
      ),

    saveFeedStates: (states) =>
      writeApart(() => {
        const statement = writer.prepare('INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?)');
        for (const [path, { hash, revision, changedAt }] of states) {
          statement.run(path, hash, revision, changedAt.getTime());
        }
        return Promise.resolve();
      }),

    note: (name) =>
      read(
        ({ all }) => all('SELECT value FROM meta WHERE name = ?', name)[0]?.['value'] as string | undefined,
      ),
    setNote: (name, value) =>
      writeApart(() => {
        writer.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(name, value);
        return Promise.resolve();
      }),

    retain: (rule) => retain(writeApart, writer, rule),

    trouble: () => trouble,

    close: async () => {
      await line.close();
      await checkpoints.close();
      readerConnection.close();
      writer.close();
    },
  };
}

/** The key of the last item that is committed. */
function lastItemIn(database: DatabaseSync): () => number {
  const statement = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'items'");
  return () => Number(statement.get()?.['seq'] ?? 0);
}

/** The ids' namespace is made once and kept, so that no later change of the configuration renames an entry. */
function found(database: DatabaseSync, authority: string | undefined): Founding {
  const insert = database.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?)');
  insert.run('install-id', randomUUID());
  insert.run('authority', authority ?? '');
  insert.run('founded-at', new Date().toISOString());
  const value = (name: string) =>
    database.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'] as string;
  const name = value('authority');
  return {
    installId: value('install-id'),
    at: new Date(value('founded-at')),
    ...(name !== '' && { authority: name }),
  };
}

function currentRevision({ all }: Reader): number {
  return Number(all('SELECT revision FROM counter')[0]?.['revision']);
}

function loadStories({ all }: Reader, keys: readonly number[]): readonly Story[] {
  const list = JSON.stringify(keys);
  const reports = Map.groupBy(
    all(
      `SELECT * FROM items WHERE story IN (SELECT value FROM json_each(?)) AND ${isPublic} ORDER BY key <> story, key`,
      list,
    ).map(storedItem),
    ({ story }) => story,
  );
  return all(
    'SELECT stories.* FROM json_each(?) AS wanted JOIN stories ON stories.key = wanted.value ORDER BY wanted.key',
    list,
  ).flatMap((row): Story[] => {
    const members = reports.get(row['key'] as number) ?? [];
    const lead = members.find(({ key }) => key === row['lead']) ?? members[0];
    if (!lead) return [];
    return [
      {
        key: row['key'] as number,
        id: row['id'] as string,
        ...(row['published'] !== null && { published: date(row['published']) }),
        updated: date(row['updated']),
        firstSeen: date(row['first_seen']),
        sort: sortKey(row),
        topics: topicsOf(row),
        revision: row['revision'] as number,
        lead,
        reports: members,
      },
    ];
  });
}
