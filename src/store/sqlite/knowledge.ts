import type { Transaction } from '../store.ts';
import { recurringTitles } from './lists.ts';
import type { Reader } from './reader.ts';
import { hasOwnUrl, isPublic, knownItem, removedItem, reportColumns, reportRow, type Row } from './rows.ts';
import type { TitleFilters } from './title-filters.ts';
import { beginningWith, itemsTitled, titleProbes } from './titles.ts';

type Knowledge =
  | 'knownItems'
  | 'sharedUrls'
  | 'mergeCandidates'
  | 'reportsOf'
  | 'reportsNamed'
  | 'storiesNamed'
  | 'itemsTitled'
  | 'removedItems'
  | 'entryIdOwners'
  | 'recurringKeys';

const json = (value: unknown) => JSON.stringify(value);

type Remembering = 'items' | 'removed_items' | 'delayed_items';

/** Whether a table has anything of a source. Nearly all sources have had nothing removed, and nothing waits. */
export function knows({ all }: Reader, table: Remembering, source: string): boolean {
  return all(`SELECT 1 FROM ${table} WHERE source = ? LIMIT 1`, source).length > 0;
}

/** The rows of a source in a table that have one of the item keys or one of the URL keys. */
export function remembered(
  on: Reader,
  table: Remembering,
  source: string,
  itemKeys: readonly string[],
  urlKeys: readonly string[],
): readonly Row[] {
  if (!knows(on, table, source)) return [];
  const { all } = on;
  const byKey = all(
    `SELECT * FROM ${table} WHERE source = ? AND item_key IN (SELECT value FROM json_each(?))`,
    source,
    json(itemKeys),
  );
  const byUrl = all(
    `SELECT * FROM ${table} WHERE url_key IN (SELECT value FROM json_each(?)) AND source = ?`,
    json(urlKeys),
    source,
  );
  return [...new Map([...byUrl, ...byKey].map((row) => [row['item_key'], row])).values()];
}

/** What a poll asks of the store before it changes anything. */
export function storedKnowledge(on: Reader, filters: TitleFilters): Pick<Transaction, Knowledge> {
  const { all } = on;
  const cutTitlesExist = () => all('SELECT 1 FROM items WHERE cut = 1 LIMIT 1').length > 0;

  const reportsOf: Transaction['reportsOf'] = (stories) =>
    Promise.resolve(
      stories.length === 0
        ? []
        : all(
            `SELECT ${reportColumns} FROM items
               WHERE story IN (SELECT value FROM json_each(?)) AND ${isPublic} ORDER BY story, key <> story, key`,
            json(stories),
          ).map(reportRow),
    );

  return {
    knownItems: (source, itemKeys, urlKeys) =>
      Promise.resolve(remembered(on, 'items', source, itemKeys, urlKeys).map(knownItem)),

    sharedUrls: (source, urlKeys) => {
      if (!knows(on, 'items', source) && !knows(on, 'removed_items', source))
        return Promise.resolve(new Set());
      const rows = all(
        `SELECT value FROM json_each(?1) WHERE (SELECT count(*) FROM (
           SELECT 1 FROM items WHERE url_key = value AND source = ?2 UNION ALL
           SELECT 1 FROM removed_items WHERE url_key = value AND source = ?2 LIMIT 2)) = 2`,
        json(urlKeys),
        source,
      );
      return Promise.resolve(new Set(rows.map((row) => row['value'] as string)));
    },

    mergeCandidates: (titles, urlKeys) => {
      const stories = new Set<number>();
      const note = (rows: readonly Row[]) => rows.forEach((row) => stories.add(row['story'] as number));
      note(
        all(`SELECT DISTINCT story FROM ${itemsTitled} WHERE ${isPublic}`, titleProbes(titles, filters, on)),
      );
      note(
        all(
          `SELECT DISTINCT story FROM items
           WHERE url_key IN (SELECT value FROM json_each(?)) AND ${hasOwnUrl} AND ${isPublic}`,
          json(urlKeys),
        ),
      );
      if (cutTitlesExist()) {
        for (const { titleKey } of titles) {
          note(
            all(
              `SELECT story FROM items WHERE cut = 1 AND title_key > substr(?1, 1, 6) AND title_key < ?1
               AND substr(?1, 1, length(title_key)) = title_key AND ${isPublic}`,
              titleKey,
            ),
          );
        }
      }
      for (const { titleKey, cut } of titles) {
        if (cut) {
          const [begins, ...values] = beginningWith(titleKey);
          note(
            all(
              `SELECT story FROM items WHERE ${begins} AND title_key <> ? AND ${isPublic}`,
              ...values,
              titleKey,
            ),
          );
        }
      }
      return reportsOf([...stories]);
    },

    reportsOf,

    reportsNamed: (entryIds) =>
      Promise.resolve(
        new Map(
          all(
            `SELECT entry_id, ${reportColumns} FROM items
             WHERE entry_id IN (SELECT value FROM json_each(?)) AND ${isPublic}`,
            json(entryIds),
          ).map((row) => [row['entry_id'] as string, reportRow(row)]),
        ),
      ),

    storiesNamed: (ids) =>
      Promise.resolve(
        ids.length === 0
          ? new Map()
          : new Map(
              all('SELECT id, key FROM stories WHERE id IN (SELECT value FROM json_each(?))', json(ids)).map(
                (row) => [row['id'] as string, row['key'] as number],
              ),
            ),
      ),

    itemsTitled: (source, titleKeys) =>
      Promise.resolve(
        titleKeys.length === 0 || !knows(on, 'items', source)
          ? []
          : all(
              `SELECT items.* FROM ${itemsTitled} WHERE source = ? ORDER BY items.key`,
              titleProbes(
                titleKeys.map((titleKey) => ({ titleKey })),
                filters,
                on,
              ),
              source,
            ).map(knownItem),
      ),

    removedItems: (source, itemKeys, urlKeys) =>
      Promise.resolve(remembered(on, 'removed_items', source, itemKeys, urlKeys).map(removedItem)),

    entryIdOwners: (entryIds) =>
      Promise.resolve(
        new Map(
          all(
            `SELECT entry_id, source FROM items WHERE entry_id IN (SELECT value FROM json_each(?1))
             UNION ALL SELECT entry_id, source FROM removed_items WHERE entry_id IN (SELECT value FROM json_each(?1))`,
            json(entryIds),
          ).map((row) => [row['entry_id'] as string, row['source'] as string]),
        ),
      ),

    recurringKeys: (titleKeys) => Promise.resolve(recurringTitles({ all }, titleKeys)),
  };
}
