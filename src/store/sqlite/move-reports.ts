import type { DatabaseSync } from 'node:sqlite';
import type { ReportMove } from '../store.ts';
import { recountStories } from './recount-stories.ts';
import { isPublic } from './rows.ts';

const chosen = '(SELECT value FROM json_each(?))';

/**
 * Moves reports into another story, or into one that the first of them begins, and brings all these stories in
 * line; one that lost its last report is gone, and leaves a tombstone. Gives the revision in the end.
 */
export function moveReports(
  database: DatabaseSync,
  moves: readonly ReportMove[],
  revisionBefore: number,
  now: Date,
): number {
  let revision = revisionBefore;
  const touched = new Set<number>();
  for (const { items, story = beginStory(database, items[0]) } of moves) {
    const keys = JSON.stringify(items);
    const left = database.prepare(`SELECT DISTINCT story FROM items WHERE key IN ${chosen}`).all(keys);
    for (const row of left) touched.add(row['story'] as number);
    touched.add(story);
    const move = database.prepare(
      "UPDATE items SET story = ?, matched = 'override', revision = ? WHERE key = ?",
    );
    for (const key of items) move.run(story, ++revision, key);
  }
  const stories = JSON.stringify([...touched]);
  const gone = `key IN ${chosen} AND key NOT IN (SELECT story FROM items)`;
  // One that came in this transaction is known to nobody.
  const known = database
    .prepare(
      `SELECT id, topics, coalesce((SELECT source FROM items WHERE items.key = stories.key), '') AS source
       FROM stories WHERE ${gone} AND revision <= (SELECT revision FROM counter)`,
    )
    .all(stories);
  database.prepare(`DELETE FROM stories WHERE ${gone}`).run(stories);
  database
    .prepare(`DELETE FROM story_topics WHERE story IN ${chosen} AND story NOT IN (SELECT key FROM stories)`)
    .run(stories);
  revision = recountStories(database, [...touched], revision);
  const bury = database.prepare("INSERT INTO tombstones VALUES (?, ?, 'story', ?, ?, ?)");
  for (const row of known) {
    const { id, source, topics } = row as Record<'id' | 'source' | 'topics', string>;
    bury.run(++revision, id, source, topics, now.getTime());
  }
  return revision;
}

/** A story with the id and the times of the item that begins it; the first of its reports. */
function beginStory(database: DatabaseSync, item = 0): number {
  database
    .prepare(
      "DELETE FROM tombstones WHERE kind = 'story' AND id = (SELECT entry_id FROM items WHERE key = ?)",
    )
    .run(item);
  database
    .prepare(
      `INSERT INTO stories SELECT key, entry_id, key, topics, first_seen, published, updated, sort_time,
         sort_rank, sort_place, arrived, iif(${isPublic}, shown, 0), revision FROM items WHERE key = ?`,
    )
    .run(item);
  return item;
}
