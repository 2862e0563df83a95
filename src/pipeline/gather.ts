import type { Item } from '../model/feed.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { Identified } from '../identify/item-key.ts';
import { distanceMs, findStory, type Candidate, type MergeRules, type Report } from '../identify/stories.ts';
import { decideTimes } from '../identify/times.ts';
import type {
  Founder,
  ItemEdit,
  NewItem,
  RemovedItem,
  ReportRow,
  StoryChange,
  Transaction,
} from '../store/store.ts';
import { htmlToText } from '../text/html/to-text.ts';

/** How long after its first report a story may still find a better one to show. */
const settledAfterMs = 600_000;

/** What a new item's story depends on beside the item. */
export interface Circumstances {
  readonly source: Source;
  readonly now: Date;
  /** Those of the new items that were there before, went, and come back. */
  readonly removed: ReadonlyMap<Identified, RemovedItem>;
  /** Stories that a person wants to stay as they are. */
  readonly closed: ReadonlySet<number>;
  readonly rules: { readonly dedupe: DedupeSettings; readonly sourceOf: MergeRules['sourceOf'] };
}

/** A new item and the story it belongs to; without one it begins a story. */
export interface Placed<Entry extends Identified = Identified> {
  readonly entry: Entry;
  readonly story?: number;
  readonly matched: NewItem['matched'];
  /** A story that nobody can have seen, and of which this is an earlier report than its first one. */
  readonly founds?: Omit<Founder, 'by'>;
}

/** The story of each new item. A story takes one report of a source, so two new items never share one. */
export async function findStories<Entry extends Identified>(
  transaction: Transaction,
  fresh: readonly Entry[],
  { source, now, removed, closed, rules }: Circumstances,
): Promise<readonly Placed<Entry>[]> {
  const own = await ownStories(transaction, removed);
  if (rules.sourceOf(source.id).dedupe === 'none')
    return fresh.map((entry) => ({ entry, matched: 'first', ...own(entry) }));
  const titled = fresh.filter(({ titleKey }) => titleKey !== '');
  await noteRecurring(transaction, source, titled);
  const rows = await transaction.mergeCandidates(
    titled,
    fresh.flatMap(({ urlKey }) => urlKey ?? []),
  );
  const recurring = await transaction.recurringKeys([
    ...new Set([...titled, ...rows].map(({ titleKey }) => titleKey)),
  ]);
  const taken = new Set(closed);
  const candidatesFor = indexed(candidatesOf(rows));
  const lastSeen = await transaction.lastSeen();
  return fresh.map((entry) => {
    const returned = own(entry);
    if (returned) return { entry, ...returned };
    const report = reportOf(entry, source, now, removed);
    const open = candidatesFor(entry).filter(({ story }) => !taken.has(story));
    const decision = findStory(report, open, { ...rules.dedupe, sourceOf: rules.sourceOf, recurring });
    const { story, matched } = decision;
    if (story === undefined) return { entry, matched };
    taken.add(story);
    const isNews = story > lastSeen;
    const reports = isNews ? rows.filter((row) => row.story === story) : [];
    return isNews && isFirstOf({ ...report, rank: source.rank }, reports, rules.dedupe)
      ? { entry, matched: 'first', founds: { story, matched } }
      : { entry, story, matched };
  });
}

/**
 * Finds the story of an item that comes back while the story that it began carries on under its id: that is
 * where it belongs, whatever its title or the time, for an id is one story's.
 */
async function ownStories(
  transaction: Transaction,
  removed: Circumstances['removed'],
): Promise<(entry: Identified) => Pick<Placed, 'story' | 'matched'> | undefined> {
  const stories = await transaction.storiesNamed([...removed.values()].map(({ entryId }) => entryId));
  return (entry) => {
    const story = stories.get(removed.get(entry)?.entryId ?? '');
    return story === undefined ? undefined : { story, matched: 'first' };
  };
}

/** Whether a story has a report for its first: it was published first, then by the sources' order, and all fit in its window. */
function isFirstOf(
  report: Report & { readonly rank: number },
  reports: readonly ReportRow[],
  { windowMs }: Pick<DedupeSettings, 'windowMs'>,
): boolean {
  const timeOf = ({ published, firstSeen }: Report) => (published ?? firstSeen).getTime();
  const time = timeOf(report);
  return reports.every(
    (other) =>
      (time < timeOf(other) || (time === timeOf(other) && report.rank < other.rank)) &&
      distanceMs(report, other) <= windowMs,
  );
}

/** Marks the titles that the source has used for items with different texts, in this document or before. */
export async function noteRecurring(
  transaction: Transaction,
  source: Source,
  titled: readonly Identified[],
): Promise<void> {
  if (titled.length === 0) return;
  const noted = await transaction.recurringKeys(titled.map(({ titleKey }) => titleKey));
  const others = titled.filter(({ titleKey }) => titleKey !== '' && !noted.has(titleKey));
  if (others.length === 0) return;
  const rows = await transaction.itemsTitled(
    source.id,
    others.map(({ titleKey }) => titleKey),
  );
  const listed = new Set(others.map(({ itemKey }) => itemKey));
  const stored = rows.flatMap(({ itemKey, titleKey, itemJson }) =>
    listed.has(itemKey) ? [] : [{ titleKey, item: JSON.parse(itemJson) as Item }],
  );
  const users = Map.groupBy([...stored, ...others], ({ titleKey }) => titleKey);
  const recurring = [...users].filter(
    ([, of]) => of.length > 1 && new Set(of.map(({ item }) => visibleText(item))).size > 1,
  );
  if (recurring.length > 0) await transaction.markRecurring(recurring.map(([titleKey]) => titleKey));
}

function visibleText({ content, summary }: Item): string {
  return htmlToText(content ?? summary ?? '');
}

function candidatesOf(rows: readonly ReportRow[]): readonly Candidate[] {
  return [...Map.groupBy(rows, ({ story }) => story)].map(([story, reports]) => ({ story, reports }));
}

/**
 * Those of the candidates that a new item could join at all, in their order: looking at each of them for each
 * item of a long document would take its time.
 */
function indexed(candidates: readonly Candidate[]): (entry: Identified) => readonly Candidate[] {
  const byTitle = new Map<string, Set<Candidate>>();
  const byUrl = new Map<string, Set<Candidate>>();
  const note = (index: Map<string, Set<Candidate>>, key: string, candidate: Candidate): void => {
    index.set(key, (index.get(key) ?? new Set()).add(candidate));
  };
  for (const candidate of candidates)
    for (const { titleKey, urlKey } of candidate.reports) {
      note(byTitle, titleKey, candidate);
      if (urlKey !== undefined) note(byUrl, urlKey, candidate);
    }
  const cut = candidates.filter(({ reports }) => reports.some((report) => report.cut));
  const place = new Map(candidates.map((candidate, index) => [candidate, index]));
  return (entry) => {
    if (entry.cut) return candidates;
    const urls = entry.urlKey === undefined ? [] : (byUrl.get(entry.urlKey) ?? []);
    const found = new Set([...(byTitle.get(entry.titleKey) ?? []), ...urls, ...cut]);
    return [...found].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  };
}

function reportOf(entry: Identified, source: Source, now: Date, removed: Circumstances['removed']): Report {
  const earlier = removed.get(entry);
  const firstSeen = earlier?.firstSeen ?? now;
  const published = earlier ? earlier.published : decideTimes(entry.item, now, false).published;
  return { ...entry, source: source.id, firstSeen, ...(published && { published }) };
}

/**
 * What joining and edited reports change of their stories: the topics are everybody's, `updated` is that of
 * the first report that is still there, and the best report is shown until the story has settled.
 */
export function storyChanges(
  rows: readonly ReportRow[],
  edits: readonly Pick<ItemEdit, 'key' | 'updated'>[],
  now: Date,
): readonly StoryChange[] {
  const editOfKey = new Map(edits.map((edit) => [edit.key, edit]));
  return [...Map.groupBy(rows, ({ story }) => story)].map(([key, reports]) => {
    const [first] = reports;
    const settled = first !== undefined && now.getTime() - first.firstSeen.getTime() > settledAfterMs;
    const best = reports.toSorted(better)[0];
    const updated = first && editOfKey.get(first.key)?.updated;
    return {
      key,
      topics: [...new Set(reports.flatMap(({ topics }) => topics))],
      ...(!settled && best && { lead: best.key }),
      ...(updated && { updated }),
      ...(reports.some(({ visibility }) => visibility === 'shown') && { visibility: 'shown' as const }),
    };
  });
}

/** The better report to open: it has a link, then the source's place, then what there is to read. */
function better(a: ReportRow, b: ReportRow): number {
  return Number(b.linked) - Number(a.linked) || a.rank - b.rank || b.size - a.size || a.key - b.key;
}
