import type { DatabaseSync } from 'node:sqlite';
import type { ReportMove } from '../store.ts';
import { recountStories } from './recount-stories.ts';
import { isPublic } from './rows.ts';
import { leaveTopics } from './story-topics.ts';

const chosen = '(SELECT value FROM json_each(?))';

/** What moving reports needs to know. */
interface Occasion {
  readonly now: Date;
  /** The revision before. */
  readonly revision: number;
  /** The key of the last item that others could see. */
  readonly lastSeen: number;
}

/**
 * Moves reports into another story, or into the one that bears the first one's id, and brings all these stories in
 * line; one that lost its last report is gone, and leaves a tombstone for those who know it. Gives the revision in
 * the end.
 */
export function moveReports(
  database: DatabaseSync,
  moves: readonly ReportMove[],
  { now, revision: before, lastSeen }: Occasion,
): number {
  let revision = before;
  const touched = new Set<number>();
  for (const { items, story = storyOf(database, items[0]) } of moves) {
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
  database.prepare(leaveTopics).run(stories);
  const gone = `stories.key IN ${chosen} AND stories.key NOT IN (SELECT story FROM items)`;
  const buried = database
    .prepare(
      `INSERT INTO tombstones SELECT ? + row_number() OVER (ORDER BY stories.key), stories.id, 'story',
         items.source, stories.topics, ? FROM stories JOIN items ON items.key = stories.lead
       WHERE ${gone} AND stories.shown <> 0 AND stories.key <= ?`,
    )
    .run(revision, now.getTime(), stories, lastSeen);
  database.prepare(`DELETE FROM stories WHERE ${gone}`).run(stories);
  revision += Number(buried.changes);
  revision = recountStories(database, [...touched], revision);
  return revision;
}

/** What bears an id again is not gone: its tombstone goes. */
export function unearthStory(database: DatabaseSync, item: number): void {
  database
    .prepare(
      "DELETE FROM tombstones WHERE kind = 'story' AND id = (SELECT entry_id FROM items WHERE key = ?)",
    )
    .run(item);
}

/** The story that bears the item's entry id; where there is none, one with the item's times. */
function storyOf(database: DatabaseSync, item = 0): number {
  const named =
    'SELECT stories.key FROM stories JOIN items ON stories.id = items.entry_id WHERE items.key = ?';
  const there = database.prepare(named).get(item);
  if (there) return there['key'] as number;
  database
    .prepare(
      `INSERT INTO stories SELECT key, entry_id, key, topics, first_seen, published, updated, sort_time,
         sort_rank, sort_place, arrived, iif(${isPublic}, shown, 0), revision FROM items WHERE key = ?`,
    )
    .run(item);
  unearthStory(database, item);
  return item;
}
