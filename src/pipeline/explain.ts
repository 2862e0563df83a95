import { keyLength } from '../identify/key-length.ts';
import { distanceMs } from '../identify/stories.ts';
import {
  hashKey,
  titleKey,
  titleKeySteps,
  type KeyStep,
  type TitleKeyOptions,
} from '../identify/title-key.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { StoredItem, Story } from '../model/story.ts';
import { canonicalUrl } from '../text/url.ts';
import type { Store } from '../store/store.ts';
import {
  explainApart,
  hours,
  nameOfItem,
  type ApartExplanation,
  type ExplainSettings,
} from './explain-apart.ts';
import type { Verdict } from '../topics/classify.ts';
import type { Rules } from './rules.ts';

/** Everything that was decided about one title, and why. */
export interface Explanation {
  readonly title: string;
  readonly key: {
    readonly version: number;
    readonly steps: readonly KeyStep[];
    readonly hash: string;
    readonly length: number;
  };
  /** Whether the key is long enough to merge by. */
  readonly mergesByTitle: boolean;
  readonly topics: readonly Verdict[];
  readonly stories: readonly StoryExplanation[];
  /** Stories that say the same or nearly the same and are others. */
  readonly apart: readonly ApartExplanation[];
}

export interface StoryExplanation {
  readonly id: string;
  readonly lead: string;
  readonly reports: readonly ReportExplanation[];
}

export interface ReportExplanation {
  readonly source: string;
  readonly entryId: string;
  readonly apiId: string;
  readonly title: string;
  readonly titleKey: string;
  readonly url?: string;
  readonly published?: Date;
  readonly firstSeen: Date;
  readonly matched: StoredItem['matched'];
  readonly because: string;
}

/** What is known of a text, a URL, an entry id or an API id; for a mere text no store is needed. */
export async function explain(
  query: string,
  rules: Rules,
  settings: ExplainSettings,
  store?: Store,
): Promise<Explanation> {
  const { dedupe, nameOf = nameOfItem } = settings;
  const version = dedupe.keyVersion;
  const items = store ? await find(query, { version, columns: rules.columnsOf() }, store) : [];
  const [item] = items;
  const title = item ? nameOf(item) : query;
  const steps = titleKeySteps(title, { version, ...affixesOf(item, rules) });
  const key = steps.at(-1)?.text ?? '';
  const stories = store ? await store.stories([...new Set(items.map(({ story }) => story))]) : [];
  return {
    title,
    key: { version, steps, hash: hashKey(key), length: keyLength(key) },
    mergesByTitle: keyLength(key) >= dedupe.minKeyLength,
    topics: item ? rules.verdictsOf(item.source, item.item) : rules.verdicts({ title }),
    stories: stories.map((story) => explainStory(story, dedupe, nameOf)),
    apart: store ? await explainApart(item ?? { titleKey: key }, settings, rules.sourceOf, store) : [],
  };
}

/** What is cut off the title of an item, or of a text that may be of any source. */
function affixesOf(item: StoredItem | undefined, rules: Rules): Pick<TitleKeyOptions, 'column' | 'columns'> {
  if (!item) return { columns: rules.columnsOf() };
  const { column, parts } = item.item;
  // A digest's name is a part of its title.
  if (parts !== undefined) return {};
  return { ...(column !== undefined && { column }), columns: rules.columnsOf(item.source) };
}

async function find(query: string, options: TitleKeyOptions, store: Store): Promise<readonly StoredItem[]> {
  const named = (await store.itemByApiId(query)) ?? (await store.itemByEntryId(query));
  if (named) return [named];
  if (/^https?:\/\//i.test(query)) {
    const linked = await store.itemsByUrl(canonicalUrl(query));
    if (linked.length > 0) return linked;
  }
  return store.itemsByTitle(titleKey(query, options));
}

function explainStory(
  story: Story,
  dedupe: DedupeSettings,
  nameOf: (item: StoredItem) => string,
): StoryExplanation {
  const [first] = story.reports;
  return {
    id: story.id,
    lead: story.lead.entryId,
    reports: story.reports.map((report) => ({
      source: report.source,
      entryId: report.entryId,
      apiId: report.apiId,
      title: nameOf(report),
      titleKey: report.titleKey,
      ...(report.item.url !== undefined && { url: report.item.url }),
      ...(report.published && { published: report.published }),
      firstSeen: report.firstSeen,
      matched: report.matched,
      because: reason(report, first ?? report, story.id, dedupe),
    })),
  };
}

/** One sentence: how a report came into its story, with the arithmetic of the window. */
function reason(
  report: StoredItem,
  first: StoredItem,
  storyId: string,
  { windowMs }: DedupeSettings,
): string {
  if (report.matched === 'first') return 'It is the first report of this story.';
  if (report.matched === 'override')
    return report.entryId === storyId ? 'An override made it a story of its own.' : 'An override joins it.';
  if (report.matched === 'url')
    return 'It has the same URL as another report, which merges whatever the time.';
  const compared = report.published && first.published ? 'published' : 'first seen';
  const apart = `${compared} ${hours(distanceMs({ ...report, ...flags }, { ...first, ...flags }))} h from the first report; up to ${hours(windowMs)} h merge`;
  if (report.matched === 'cut-title')
    return `Its title or the other's was cut, and one is how the other begins; ${apart}.`;
  return `It has the same title key as another report; ${apart}.`;
}

/** What the distance of two reports does not ask for. */
const flags = { cut: false, damaged: false };
