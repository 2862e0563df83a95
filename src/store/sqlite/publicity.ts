import type { DatabaseSync } from 'node:sqlite';
import { recountStories } from './recount-stories.ts';

/**
 * Shows or hides what a source has, when it became public or private: each of its items changes once for those
 * who follow changes, and is gone for them while the source is private. To be run in a transaction, when the
 * source is marked as what it is now.
 */
export function changePublicity(database: DatabaseSync, source: string, isPrivate: boolean): void {
  const items = database
    .prepare('SELECT key, story, entry_id FROM items WHERE source = ? ORDER BY key')
    .all(source);
  let revision = Number(database.prepare('SELECT revision FROM counter').get()?.['revision']);
  const change = database.prepare('UPDATE items SET revision = ? WHERE key = ?');
  const withdraw = database.prepare(
    'INSERT INTO withdrawn_items (revision, entry_id, source) VALUES (?, ?, ?)',
  );
  database.prepare('DELETE FROM withdrawn_items WHERE source = ?').run(source);
  if (isPrivate) keepRemovals(database, source);
  for (const { key, entry_id: entryId } of items) {
    change.run(++revision, key as number);
    if (isPrivate) withdraw.run(revision, entryId as string, source);
  }
  if (items.length > 0)
    revision = recountStories(database, [...new Set(items.map(({ story }) => story as number))], revision);
  database.prepare('UPDATE counter SET revision = ?').run(revision);
}

/** What was removed while the source was public stays told of. */
function keepRemovals(database: DatabaseSync, source: string): void {
  database
    .prepare(
      `INSERT INTO withdrawn_items (revision, entry_id, source)
       SELECT revision, entry_id, source FROM removed_items WHERE source = ?`,
    )
    .run(source);
}
