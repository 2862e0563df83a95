import type { Category, Item, ItemSource, Licensed, Person } from '../model/feed.ts';
import type { PublishSettings } from '../model/settings.ts';
import type { StoredItem, Story } from '../model/story.ts';
import { cutHtml } from '../text/html/cut.ts';
import { htmlToText } from '../text/html/to-text.ts';
import { firstSentence } from '../text/sentence.ts';
import { isAbsoluteIri, isWebUrl } from '../text/url.ts';
import type { Entry, EntryReport } from './entry.ts';
import { published, type Republish } from './published.ts';

/** What is told of a source beside its items. */
export interface PublishedSource extends Licensed {
  readonly title: string;
  /** The Atom id of the feed its items came in. */
  readonly feedId: string;
  /** Where that feed is, for the public to read. */
  readonly url: string;
  readonly homepage?: string;
  /** How much of its items may be published. */
  readonly republish: Republish;
}

export interface EntryContext {
  /** The public base of every link, without a trailing slash. */
  readonly siteUrl: string;
  readonly settings: Pick<PublishSettings, 'content' | 'maxContentBytes' | 'sourceInTitle'>;
  readonly sourceOf: (id: string) => PublishedSource;
  readonly topicTitle: (id: string) => string;
}

/** Topics are categories of this scheme, beside those that the source gave. */
const topicScheme = 'urn:tributary:topics';

/** A story: named and dated by its first report, shown by its best one. */
export function entryOfStory(story: Story, context: EntryContext): Entry {
  const shown = story.lead;
  const entry = entryOf(shown, story.topics, context);
  return {
    ...entry,
    id: story.id,
    updated: seconds(story.updated),
    ...publishedOf(story.published),
    reportedBy: story.reports.map(({ source }) => source),
    ...(story.reports.length > 1 && { reports: story.reports.map((report) => reportOf(report, context)) }),
  };
}

/** An item as its own source's feed shows it. */
export function entryOfItem(item: StoredItem, context: EntryContext): Entry {
  // The feed's own title names the source already.
  const settings = { ...context.settings, sourceInTitle: 'none' } as const;
  return { ...entryOf(item, item.topics, { ...context, settings }), reportedBy: [item.source] };
}

/** Where people read an item: its own page on the web, or the one here. */
export function linkOf({ item: { url }, apiId }: StoredItem, siteUrl: string): string {
  return url !== undefined && isWebUrl(url) ? url : `${siteUrl}/items/${apiId}`;
}

/** A title for everything that has to have one. */
export function titleOf({ title, summary, content }: Item): string {
  return title ?? (firstSentence(htmlToText(summary ?? content ?? '')) || '—');
}

function entryOf(stored: StoredItem, topics: readonly string[], context: EntryContext): Entry {
  const source = context.sourceOf(stored.source);
  const item = published(stored.item, source.republish);
  const url = linkOf(stored, context.siteUrl);
  return {
    ...unchangedFields(item),
    id: stored.entryId,
    title: titled(titleOf(item), source.title, context.settings.sourceInTitle),
    url,
    ...contentOf(item, url, context.settings),
    updated: seconds(stored.updated),
    ...publishedOf(stored.published),
    authors: authorsOf(item, source),
    categories: [...(item.categories ?? []), ...topics.map((topic) => topicCategory(topic, context))],
    source: sourceOf(item, source, stored),
    ...(stored.titleHash !== undefined && { titleHash: stored.titleHash }),
    sourceFeedUrl: `${context.siteUrl}/feeds/sources/${stored.source}`,
  };
}

function titled(title: string, source: string, where: PublishSettings['sourceInTitle']): string {
  if (where === 'none') return title;
  return where === 'prefix' ? `${source}: ${title}` : `${title} (${source})`;
}

/** What an entry takes from an item as it is; its texts and times are decided here. */
function unchangedFields(item: Item): Item {
  const decidedHere = new Set<string>(['published', 'updated', 'summary', 'content', 'parts', 'source']);
  return Object.fromEntries(Object.entries(item).filter(([key]) => !decidedHere.has(key)));
}

function contentOf(
  { summary, content }: Item,
  url: string,
  { content: wanted, maxContentBytes }: EntryContext['settings'],
): Pick<Entry, 'summary' | 'content'> {
  if (wanted === 'none') return {};
  const short = summary === undefined ? {} : { summary: cutHtml(summary, maxContentBytes, url) };
  if (wanted === 'summary' || content === undefined) return short;
  return { ...short, content: cutHtml(content, maxContentBytes, url) };
}

/** Readers show the entry's author and not its source: where nobody is named, the source says it. */
function authorsOf({ authors = [] }: Item, { title }: PublishedSource): readonly Person[] {
  return authors.length > 0 ? authors : [{ name: title }];
}

function topicCategory(topic: string, { topicTitle }: EntryContext): Category {
  return { term: topic, scheme: topicScheme, label: topicTitle(topic) };
}

/** What the item itself says of where it came from goes before what we know of its source. */
function sourceOf({ source: own }: Item, source: PublishedSource, stored: StoredItem): ItemSource {
  const told = own?.id !== undefined && isAbsoluteIri(own.id) ? own : undefined;
  return {
    id: source.feedId,
    title: source.title,
    url: source.url,
    ...(source.homepage !== undefined && { homepage: source.homepage }),
    // Who passes an entry on grants no rights in it.
    ...(told ?? rightsIn(source)),
    updated: own?.updated ?? seconds(stored.updated),
  };
}

function rightsIn({ rights, license }: Licensed): Licensed {
  return { ...(rights !== undefined && { rights }), ...(license !== undefined && { license }) };
}

function reportOf(report: StoredItem, context: EntryContext): EntryReport {
  return {
    source: report.source,
    sourceTitle: context.sourceOf(report.source).title,
    entryId: report.entryId,
    url: linkOf(report, context.siteUrl),
    time: seconds(report.published ?? report.firstSeen),
    matched: report.matched,
  };
}

function publishedOf(published: Date | undefined): { published?: string } {
  return published ? { published: seconds(published) } : {};
}

/** To the second: more says nothing to a reader. */
function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
