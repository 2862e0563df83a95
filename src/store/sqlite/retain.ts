import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import { recountStories } from './recount-stories.ts';
import type { Row } from './rows.ts';
import { leaveTopics } from './story-topics.ts';

/** Items that go in one transaction: the event loop is free between two of them. */
const batchSize = 200;

/** How long a removed item is remembered at least, so that it does not come back as new; its story outlives it. */
const memoryMs = 2 * 365 * 86_400_000;

/**
 * Removes what no document has listed for long. An item is still listed, and stays, while its `document` is
 * the last one of its source.
 */
export async function retain(
  write: Store['write'],
  database: DatabaseSync,
  { before, maxItems, now }: Parameters<Store['retain']>[0],
): Promise<number> {
  let removed = 0;
  for (let count = batchSize; count > 0; removed += count) {
    count = await write(() => {
      const rows = expired(database, before, maxItems);
      removeItems(database, rows, now);
      return Promise.resolve(rows.length);
    });
  }
  await write(() => {
    database
      .prepare(
        `DELETE FROM removed_items
         WHERE removed_at < ? AND taken_down = 0 AND entry_id NOT IN (SELECT id FROM stories)`,
      )
      .run(now.getTime() - memoryMs);
    return Promise.resolve();
  });
  return removed;
}

/** The next few items to go: those beyond the number, else those beyond the age; oldest first. */
function expired(database: DatabaseSync, before: Date, maxItems: number): readonly Row[] {
  const excess = Number(database.prepare('SELECT count(*) AS count FROM items').get()?.['count']) - maxItems;
  return database
    .prepare(
      `SELECT items.key, items.story FROM items JOIN sources ON sources.id = items.source
       WHERE items.document < sources.state ->> 'documents' AND items.listed_at < ?
       ORDER BY items.listed_at LIMIT ?`,
    )
    .all(
      excess > 0 ? Number.MAX_SAFE_INTEGER : before.getTime(),
      Math.min(batchSize, excess > 0 ? excess : batchSize),
    );
}

/** Removes items, and stories that lose their last report; to be run in a transaction. */
export function removeItems(database: DatabaseSync, rows: readonly Row[], now: Date): void {
  if (rows.length === 0) return;
  const keys = JSON.stringify(rows.map(({ key }) => key));
  const stories = [...new Set(rows.map(({ story }) => story as number))];
  const chosen = '(SELECT value FROM json_each(?))';
  database
    .prepare(
      `INSERT OR REPLACE INTO removed_items
         (source, item_key, entry_id, first_seen, published, removed_at, taken_down, revision,
          first_key, url_key, title_hash, updated)
       SELECT source, item_key, entry_id, first_seen, published, ?, 0,
         (SELECT revision FROM counter) + row_number() OVER (ORDER BY key),
         first_key, url_key, title_hash, updated
       FROM items WHERE key IN ${chosen}`,
    )
    .run(now.getTime(), keys);
  database.prepare(leaveTopics).run(JSON.stringify(stories));
  database.prepare(`DELETE FROM items WHERE key IN ${chosen}`).run(keys);
  database
    .prepare(`DELETE FROM stories WHERE key IN ${chosen} AND key NOT IN (SELECT story FROM items)`)
    .run(JSON.stringify(stories));
  const before = Number(database.prepare('SELECT revision FROM counter').get()?.['revision']);
  const revision = recountStories(database, stories, before + rows.length);
  database.prepare('UPDATE counter SET revision = ?').run(revision);
}
