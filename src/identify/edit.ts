import type { Item, Timestamp } from '../model/feed.ts';
import { htmlToText } from '../text/html/to-text.ts';

/** `updated` moves at most this often, so that a headline under constant work is not news every minute. */
const restMs = 3_600_000;

/** The least share of the visible text that has to change for an edit to count. */
const materialShare = 0.1;

interface Known {
  readonly item: Item;
  readonly titleKey: string;
  readonly published?: Date;
  readonly updated: Date;
}

/**
 * When an edited item counts as updated: the later of the source's own word (its updated, or a published
 * that moved forward) and, for a material edit, now. It moves at most once an hour and never back.
 */
export function updatedAfterEdit(known: Known, item: Item, titleKey: string, now: Date): Date {
  if (now.getTime() - known.updated.getTime() < restMs) return known.updated;
  const times = [
    known.updated,
    ...sourcesWord(known, item),
    ...(isMaterial(known, item, titleKey) ? [now] : []),
  ];
  const latest = Math.max(...times.map((time) => time.getTime()));
  return new Date(Math.min(latest, Math.max(now.getTime(), known.updated.getTime())));
}

function sourcesWord(known: Known, item: Item): readonly Date[] {
  const forward = (time: Timestamp | undefined) => (time === undefined ? [] : [new Date(time)]);
  return [...forward(item.updated), ...(known.published ? forward(item.published) : [])];
}

/** The title says something else, or more than a tenth of the visible text does. */
export function isMaterial(known: Pick<Known, 'item' | 'titleKey'>, item: Item, titleKey: string): boolean {
  if (known.titleKey !== titleKey) return true;
  return changedShare(visibleText(known.item), visibleText(item)) > materialShare;
}

function visibleText(item: Item): string {
  return htmlToText(item.content ?? item.summary ?? '');
}

/** The share of two texts that only one of them has, 0…1, counted in runs of three characters. */
export function changedShare(before: string, after: string): number {
  if (before === after) return 0;
  const counts = new Map<string, number>();
  const total = countRuns(before, counts, 1) + countRuns(after, counts, -1);
  if (total === 0) return 1;
  let different = 0;
  for (const count of counts.values()) different += Math.abs(count);
  return different / total;
}

function countRuns(text: string, counts: Map<string, number>, step: 1 | -1): number {
  const padded = ` ${text} `;
  for (let i = 0; i + 3 <= padded.length; i++) {
    const run = padded.slice(i, i + 3);
    counts.set(run, (counts.get(run) ?? 0) + step);
  }
  return Math.max(0, padded.length - 2);
}
