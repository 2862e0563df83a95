import { obstacles, titleObstacles, type Obstacle } from '../identify/apart.ts';
import { changedShare } from '../identify/edit.ts';
import { titleFacts } from '../identify/item-key.ts';
import { aloneIds } from '../identify/overrides.ts';
import type { MergeRules, Report } from '../identify/stories.ts';
import type { Override } from '../model/override.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { StoredItem, Story } from '../model/story.ts';
import { titleOf } from '../publish/entries.ts';
import type { Store } from '../store/store.ts';

/** A story that says the same or nearly the same and is another one. */
export interface ApartExplanation {
  readonly id: string;
  readonly source: string;
  readonly apiId: string;
  readonly title: string;
  /** A sentence for each condition of merging that does not hold. */
  readonly because: string;
}

/** What stories are told apart by. */
export interface ExplainSettings {
  readonly dedupe: DedupeSettings;
  readonly overrides: readonly Override[];
  /** What an item is called; default: its title, or the beginning of its text. */
  readonly nameOf?: (item: StoredItem) => string;
}

export const nameOfItem = ({ item }: StoredItem): string => titleOf(item);

/** Titles are looked at that begin with the same characters, */
const beginning = 6;
/** this many of them, */
const lookedAt = 50;
/** and are near where this share of them differs at most; it is for people, and merges nothing. */
const nearShare = 0.5;

/** An item, or a title that no item has. */
type Asked = StoredItem | { readonly titleKey: string };

/** Near stories that are not the item's or the title's, and what would have to differ for it to be in them. */
export async function explainApart(
  item: Asked,
  { dedupe, overrides, nameOf = nameOfItem }: ExplainSettings,
  sourceOf: MergeRules['sourceOf'],
  store: Store,
): Promise<readonly ApartExplanation[]> {
  const stories = await nearStories(item, store);
  const rules = { ...dedupe, sourceOf, recurring: await store.recurringTitles([item.titleKey]) };
  const alone = new Set(aloneIds(overrides));
  return stories.map((story) => ({
    id: story.id,
    source: story.lead.source,
    apiId: story.lead.apiId,
    title: nameOf(story.lead),
    because: whyApart(item, story, alone, rules),
  }));
}

async function nearStories(item: Asked, store: Store): Promise<readonly Story[]> {
  const { titleKey } = item;
  const { urlKey, story } = 'key' in item ? item : {};
  if (titleKey === '') return [];
  const start = Array.from(titleKey).slice(0, beginning).join('');
  const candidates = [
    ...(await store.itemsByTitle(titleKey)),
    ...(urlKey === undefined ? [] : await store.itemsByUrl(urlKey)),
    ...(await store.itemsByBeginning(start, lookedAt)).filter(
      (other) => changedShare(titleKey, other.titleKey) <= nearShare,
    ),
  ];
  const keys = new Set(candidates.map((other) => other.story));
  return store.stories([...keys].filter((key) => key !== story));
}

function whyApart(item: Asked, story: Story, alone: ReadonlySet<string>, rules: MergeRules): string {
  const [first, ...others] = story.reports.map(reportOf);
  if (!first) return '';
  const reports = [first, ...others] as const;
  if (!('key' in item)) {
    const found = titleObstacles({ ...item, damaged: false }, reports, rules);
    return found.map(sentence).join(' ');
  }
  const isAlone = [item, ...story.reports].some(({ entryId }) => alone.has(entryId));
  if (isAlone) return 'An override splits them.';
  const found = obstacles(reportOf(item), reports, rules);
  if (found.length > 0) return found.map(sentence).join(' ');
  return 'Nothing keeps them apart now; something did when the later one came, and stories are not joined afterwards.';
}

/** The stored item as merging sees it. */
function reportOf(stored: StoredItem): Report {
  const { cut, damaged } = titleFacts(stored.item, {});
  return { ...stored, cut, damaged };
}

/** One condition in words: what it is, and what it would have to be. */
function sentence(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'merges-with-nobody':
      return `The source ${obstacle.source} merges with nobody (dedupe: none).`;
    case 'merges-by-url':
      return `The source ${obstacle.source} merges by URL only (dedupe: url).`;
    case 'same-source':
      return `Both are of the source ${obstacle.source}, and a story takes one report of a source.`;
    case 'damaged':
      return 'A title holds U+FFFD, so nobody knows what it says.';
    case 'short':
      return `The title key has a length of ${rounded(obstacle.length)}, and ${obstacle.least} are needed.`;
    case 'far':
      return `They were ${obstacle.compared} ${hours(obstacle.ms)} h apart, and up to ${hours(obstacle.windowMs)} h merge.`;
    case 'other-day':
      return `The title recurs and is another story each day: ${obstacle.days.join(' and ')}.`;
    case 'other-title':
      return `The title keys differ after ${obstacle.equal} equal characters.`;
  }
}

/** Milliseconds as hours, for people. */
export function hours(ms: number): string {
  return rounded(ms / 3_600_000);
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
