import type { StatementResultingChanges } from 'node:sqlite';
import type { Transaction } from '../store.ts';
import { remembered } from './knowledge.ts';
import { date, delayedItem, type Row } from './rows.ts';

type Value = string | number | null;

/** What the parts of a transaction work with, on its connection. */
export interface Statements {
  readonly all: (sql: string, ...values: Value[]) => readonly Row[];
  readonly run: (sql: string, ...values: Value[]) => StatementResultingChanges;
}

type Waiting =
  'hasWaiting' | 'delayedItems' | 'firstDelayed' | 'delayItems' | 'releaseDelayed' | 'itemsToMove';

/** How many items of a source wait for their turn at most; what comes beside them is found in its document again. */
const mostWaiting = 2000;

/** Items that wait for their turn, and those whose `updated` waits for its hour: nothing of it is visible yet. */
export function waitingItems({ all, run }: Statements): Pick<Transaction, Waiting> {
  return {
    hasWaiting: (source) =>
      Promise.resolve(
        all(
          `SELECT 1 WHERE EXISTS (SELECT 1 FROM delayed_items WHERE source = ?1)
             OR EXISTS (SELECT 1 FROM items WHERE source = ?1 AND next_updated IS NOT NULL)`,
          source,
        ).length > 0,
      ),

    delayedItems: (source, itemKeys, urlKeys) =>
      Promise.resolve(remembered({ all }, 'delayed_items', source, itemKeys, urlKeys).map(delayedItem)),

    firstDelayed: (source, limit) =>
      Promise.resolve(
        all('SELECT * FROM delayed_items WHERE source = ? ORDER BY key LIMIT ?', source, limit).map(
          delayedItem,
        ),
      ),

    delayItems: (source, items) => {
      for (const { itemKey, urlKey = null, titleHash = null, entryJson } of items) {
        run(
          `INSERT INTO delayed_items (source, item_key, url_key, title_hash, entry) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (source, item_key) DO UPDATE
             SET url_key = excluded.url_key, title_hash = excluded.title_hash, entry = excluded.entry`,
          source,
          itemKey,
          urlKey,
          titleHash,
          entryJson,
        );
      }
      if (items.length > 0)
        run(
          `DELETE FROM delayed_items WHERE key IN
             (SELECT key FROM delayed_items WHERE source = ? ORDER BY key LIMIT -1 OFFSET ${mostWaiting})`,
          source,
        );
      return Promise.resolve();
    },

    releaseDelayed: (keys) => {
      if (keys.length > 0)
        run('DELETE FROM delayed_items WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(keys));
      return Promise.resolve();
    },

    itemsToMove: (source, movedBefore) =>
      Promise.resolve(
        all(
          `SELECT key, story, next_updated FROM items
           WHERE source = ? AND next_updated IS NOT NULL AND moved_at <= ? ORDER BY key`,
          source,
          movedBefore.getTime(),
        ).map((row) => ({
          key: row['key'] as number,
          story: row['story'] as number,
          updated: date(row['next_updated']),
        })),
      ),
  };
}
