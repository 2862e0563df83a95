import type { Item, Timestamp } from '../model/feed.ts';
import { htmlToText } from '../text/html/to-text.ts';

/** `updated` moves at most this often, so that a headline under constant work is not news every minute. */
const restMs = 3_600_000;

/** The least share of the visible text that has to change for an edit to count. */
const materialShare = 0.1;

interface Known extends Updating {
  readonly item: Item;
  readonly titleKey: string;
  readonly published?: Date;
}

/** An item's `updated` and how it moves. */
export interface Updating {
  readonly updated: Date;
  /** When it moved last, which is not where it moved to; absent: never since the item was first seen. */
  readonly movedAt?: Date;
  /** Where it moves to when it has rested. */
  readonly nextUpdated?: Date;
}

/**
 * When an edited item counts as updated: the later of the source's own word (its updated, or a published
 * that moved forward) and, for a material edit, now. It moves at most once an hour and never back: what comes
 * within the hour has to wait.
 */
export function updatedAfterEdit(known: Known, item: Item, titleKey: string, now: Date): Updating {
  const { updated, movedAt, nextUpdated = updated } = known;
  const times = [
    nextUpdated,
    ...sourcesWord(known, item),
    ...(isMaterial(known, item, titleKey) ? [now] : []),
  ];
  const latest = Math.max(...times.map((time) => time.getTime()));
  const moved = new Date(Math.min(latest, Math.max(now.getTime(), nextUpdated.getTime())));
  if (moved <= updated) return { updated, ...(movedAt && { movedAt }) };
  if (movedAt && movedAt <= now && movedAt > restedSince(now))
    return { updated, movedAt, nextUpdated: moved };
  return { updated: moved, movedAt: now };
}

/** What moved before this time may move again. */
export function restedSince(now: Date): Date {
  return new Date(now.getTime() - restMs);
}

function sourcesWord(known: Known, item: Item): readonly Date[] {
  const date = (time: Timestamp | undefined) => (time === undefined ? [] : [new Date(time)]);
  const before = known.item.published ?? known.published?.toISOString();
  const movedForward =
    before !== undefined && item.published !== undefined && Date.parse(item.published) > Date.parse(before);
  return [...date(item.updated), ...(movedForward ? date(item.published) : [])];
}

/**
 * The title says something else, or more than a tenth of the visible text does. A key that differs for the same
 * title was made by other rules, which is no edit.
 */
export function isMaterial(known: Pick<Known, 'item' | 'titleKey'>, item: Item, titleKey: string): boolean {
  const sameTitle = item.title !== undefined && known.item.title === item.title;
  if (known.titleKey !== titleKey && !sameTitle) return true;
  return changedShare(lastingText(known.item), lastingText(item)) > materialShare;
}

/** What changes while a text stays the same: addresses with their tokens, how long ago it was, counters. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/[!-~]+/gi, ''],
  [/刚刚|刚才|剛剛|剛才|just now/gi, ''],
  [/(?<!\d)\d{1,4}\s?(?:秒|分|小时|小時|天|周|週|个月|個月|年)[钟鐘]?[之以]?前/g, ''],
  [/\b(?:\d{1,4}|an?)\s(?:second|minute|hour|day|week|month|year)s?\sago\b/gi, ''],
  [/\d+(?:[.,]\d+)*/g, '0'],
];

function lastingText(item: Item): string {
  const text = htmlToText(item.content ?? item.summary ?? '');
  return passing.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
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
