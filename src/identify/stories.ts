import type { DedupeMode } from '../model/source.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { Match } from '../model/story.ts';
import { keyLength } from './key-length.ts';

/** What decides whether two reports are of one story. */
export interface Report {
  readonly source: string;
  readonly titleKey: string;
  readonly urlKey?: string;
  readonly cut: boolean;
  readonly damaged: boolean;
  readonly published?: Date;
  readonly firstSeen: Date;
}

/** A story as merging sees it; its first report stands first. */
export interface Candidate {
  readonly story: number;
  readonly reports: readonly Report[];
}

/** What merging has to know beside the reports. */
export interface MergeRules extends Omit<DedupeSettings, 'keyVersion'> {
  /** How a source's items may merge, and the zone its days are counted in. */
  readonly sourceOf: (id: string) => { readonly dedupe: DedupeMode; readonly timezone: string };
  /** Keys that one source has used for two different items: they merge within one day only. */
  readonly recurring: ReadonlySet<string>;
}

export interface Decision {
  /** Absent: the report begins a story of its own. */
  readonly story?: number;
  readonly matched: Match;
}

/**
 * The story that a new report belongs to. Identity is exact: equal evidence URLs merge whatever the time,
 * equal title keys within the window, a cut title where exactly one story begins with it. Of several that
 * fit, the one whose first report is nearest in time.
 */
export function findStory(report: Report, candidates: readonly Candidate[], rules: MergeRules): Decision {
  if (rules.sourceOf(report.source).dedupe === 'none') return { matched: 'first' };
  const open = candidates.filter(({ reports }) => isOpenTo(report, reports, rules));
  if (open.length === 0) return { matched: 'first' };

  const byUrl = nearest(
    report,
    open.filter(({ reports }) => reports.some((other) => hasSameUrl(report, other))),
  );
  if (byUrl) return { story: byUrl.story, matched: 'url' };

  if (!mayMergeByTitle(report, rules)) return { matched: 'first' };
  const inTime = open.filter(({ reports }) => isInTime(report, reports, rules));
  const byTitle = nearest(
    report,
    inTime.filter(({ reports }) => reports.some((other) => hasSameTitle(report, other, rules))),
  );
  if (byTitle) return { story: byTitle.story, matched: 'title' };

  const [byBeginning, another] = inTime.filter(({ reports }) => fitsByBeginning(report, reports, rules));
  if (byBeginning && !another) return { story: byBeginning.story, matched: 'cut-title' };
  return { matched: 'first' };
}

/** A story takes one report a source, and none beside a source that merges with nobody. */
function isOpenTo(report: Report, reports: readonly Report[], rules: MergeRules): boolean {
  return reports.every(({ source }) => source !== report.source && rules.sourceOf(source).dedupe !== 'none');
}

function hasSameUrl(report: Report, other: Report): boolean {
  return report.urlKey !== undefined && report.urlKey === other.urlKey;
}

function mayMergeByTitle(report: Report, rules: MergeRules): boolean {
  return (
    rules.sourceOf(report.source).dedupe === 'title' &&
    !report.damaged &&
    keyLength(report.titleKey) >= rules.minKeyLength
  );
}

function hasSameTitle(report: Report, other: Report, rules: MergeRules): boolean {
  if (report.titleKey !== other.titleKey || !mayMergeByTitle(other, rules)) return false;
  return isOfItsDay(report.titleKey, report, other, rules);
}

/**
 * A title fits by its beginning where one of two was cut and is how the other begins. A whole title joins only
 * where no other whole title has, for two that differ are two stories, and no cut one says something else; two
 * cuts of one title are one title.
 */
function fitsByBeginning(report: Report, reports: readonly Report[], rules: MergeRules): boolean {
  if (!report.cut && reports.some(({ cut }) => !cut)) return false;
  const cuts = reports.filter(({ cut }) => cut);
  return (
    reports.some((other) => isBeginning(report, other, rules)) &&
    cuts.every((other) => begins(report, other) || begins(other, report))
  );
}

/** Whether one of two titles was cut and is how the other begins; in either order of arrival. */
function isBeginning(report: Report, other: Report, rules: MergeRules): boolean {
  if (!mayMergeByTitle(other, rules)) return false;
  const long = begins(report, other) ? other : begins(other, report) ? report : undefined;
  return long !== undefined && isOfItsDay(long.titleKey, report, other, rules);
}

/** Whether a title was cut and is how the other begins. */
function begins(short: Report, long: Report): boolean {
  return short.cut && long.titleKey.startsWith(short.titleKey);
}

/** A recurring title is another story each day. */
function isOfItsDay(titleKey: string, report: Report, other: Report, rules: MergeRules): boolean {
  return !rules.recurring.has(titleKey) || dayOf(report, rules) === dayOf(other, rules);
}

/** The distance in time of two reports: by publication where both have it, else by first sight. */
export function distanceMs(a: Report, b: Report): number {
  const [left, right] = a.published && b.published ? [a.published, b.published] : [a.firstSeen, b.firstSeen];
  return Math.abs(left.getTime() - right.getTime());
}

function isInTime(report: Report, [first]: readonly Report[], rules: MergeRules): boolean {
  return first !== undefined && distanceMs(report, first) <= rules.windowMs;
}

function nearest(report: Report, candidates: readonly Candidate[]): Candidate | undefined {
  const distance = ({ reports: [first] }: Candidate) => (first ? distanceMs(report, first) : Infinity);
  return candidates.toSorted((a, b) => distance(a) - distance(b) || a.story - b.story)[0];
}

/** The date of a report where its source is. */
export function dayOf(report: Report, rules: MergeRules): string {
  return dayIn(report.published ?? report.firstSeen, rules.sourceOf(report.source).timezone);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayIn(date: Date, timeZone: string): string {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormats.set(timeZone, format);
  }
  return format.format(date);
}
