import type { DatabaseSync } from 'node:sqlite';
import type { Archive } from '../store.ts';
import type { Reader } from './reader.ts';

export function listArchives({ all }: Reader, feed: string | undefined): readonly Archive[] {
  const rows =
    feed === undefined
      ? all('SELECT * FROM archives ORDER BY feed, number')
      : all('SELECT * FROM archives WHERE feed = ? ORDER BY number', feed);
  return rows.map((row) => ({
    feed: row['feed'] as string,
    number: row['number'] as number,
    through: row['through'] as number,
  }));
}

/** To be run in a transaction, as {@link dropArchives}. */
export function addArchives(database: DatabaseSync, archives: readonly Archive[]): void {
  const add = database.prepare('INSERT OR IGNORE INTO archives VALUES (?, ?, ?)');
  for (const { feed, number, through } of archives) add.run(feed, number, through);
}

export function dropArchives(database: DatabaseSync, archives: readonly Archive[]): void {
  const drop = database.prepare('DELETE FROM archives WHERE feed = ? AND number = ?');
  const forget = database.prepare('DELETE FROM feeds WHERE path IN (?, ?)');
  for (const { feed, number } of archives) {
    drop.run(feed, number);
    forget.run(`${feed}/archive/${number}.atom`, `${feed}/archive/${number}.json`);
  }
}
