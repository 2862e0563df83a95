import type { DatabaseSync } from 'node:sqlite';
import type { Tombstone, TombstoneQuery } from '../store.ts';
import type { Reader } from './reader.ts';
import { removeItems } from './retain.ts';
import { date, isPublic } from './rows.ts';

/**
 * Removes an item and leaves a tombstone for it, and for its story where it was the only report. To be run in
 * a transaction; gives whether there was such an item.
 */
export function takeDown(database: DatabaseSync, entryId: string, now: Date): boolean {
  const item = database.prepare('SELECT * FROM items WHERE entry_id = ?').get(entryId);
  if (!item) return false;
  const { key, story, source, topics, item_key: itemKey } = item as Record<string, string | number>;
  const storyRow = database.prepare('SELECT id, topics FROM stories WHERE key = ?').get(story ?? 0);
  removeItems(database, [{ key, story }], now);
  database
    .prepare('UPDATE removed_items SET taken_down = 1 WHERE source = ? AND item_key = ?')
    .run(source ?? '', itemKey ?? '');
  const bury = (kind: string, id: string, of: string) => {
    database.exec('UPDATE counter SET revision = revision + 1');
    database
      .prepare('INSERT INTO tombstones SELECT revision, ?, ?, ?, ?, ? FROM counter')
      .run(id, kind, source ?? '', of, now.getTime());
  };
  bury('item', entryId, String(topics));
  const isStoryGone = database.prepare('SELECT 1 FROM stories WHERE key = ?').get(story ?? 0) === undefined;
  if (isStoryGone && storyRow) bury('story', String(storyRow['id']), String(storyRow['topics']));
  return true;
}

export function tombstones({ all }: Reader, of: TombstoneQuery): readonly Tombstone[] {
  const condition =
    of.kind === 'item'
      ? 'source = ?'
      : of.topic === undefined
        ? '? IS NOT NULL'
        : 'EXISTS (SELECT 1 FROM json_each(topics) WHERE value = ?)';
  const newest = (after: number, limit: number) =>
    all(
      `SELECT id, at FROM tombstones WHERE kind = ? AND ${condition} AND ${isPublic}
         AND revision > ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
      of.kind,
      of.kind === 'item' ? of.source : (of.topic ?? ''),
      after,
      of.through,
      limit,
    );
  const within = newest(of.after, Number.MAX_SAFE_INTEGER);
  const rows = within.length < of.least ? newest(0, of.least) : within;
  return rows.map((row) => ({ id: row['id'] as string, at: date(row['at']) }));
}
