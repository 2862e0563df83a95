import { Feed, type Extension } from 'feed';
import type { Category } from '../model/feed.ts';
import { escapeHtml } from '../text/html/escape.ts';
import { htmlToText } from '../text/html/to-text.ts';
import { firstSentence } from '../text/sentence.ts';
import { uriOf } from '../text/url.ts';
import { entryId } from './atom/entry.ts';
import type { Entry, FeedHead } from './entry.ts';
import { html, plain, words, written } from './rss-text.ts';
import { xmlAttribute } from './xml.ts';

/**
 * RSS 2.0 through the `feed` package, which writes a document at once. Items are cached one by one here, so
 * each is rendered in a document of its own and cut out of it; the shell around them is rendered with a
 * placeholder, for the package declares the namespaces only for an item that uses them.
 */
export function renderRssShell(feed: FeedHead): { readonly head: string; readonly tail: string } {
  const document = new Feed({
    ...required(feed),
    // RSS demands a description of a channel.
    description: words(feed.description ?? feed.title ?? 'tributary'),
    ...(feed.language !== undefined && { language: feed.language }),
    ...(feed.updated !== undefined && { updated: new Date(feed.updated) }),
    ...(feed.selfUrl !== undefined && { feed: uriOf(feed.selfUrl) }),
    generator: words(feed.generator ?? 'tributary'),
  });
  document.addItem({ title: '-', link: required(feed).link, date: new Date(0), content: '-' });
  const text = written(document.rss2());
  const { start, end } = itemPosition(text);
  return { head: text.slice(0, start), tail: text.slice(end).trimStart() };
}

/** One `<item>`; RSS has no place for an updated time, a second enclosure or an author without an address. */
export function renderRssItem(entry: Entry): string {
  const document = new Feed(required({}));
  document.addItem({
    title: '',
    link: '',
    date: new Date(entry.published ?? entry.updated ?? 0),
    ...descriptionOf(entry),
    ...(entry.content !== undefined && { content: html(entry.content) }),
    extensions: extensionsOf(entry),
  });
  const text = written(document.rss2());
  const { start, end } = itemPosition(text);
  return `${text.slice(start, end)}\n`;
}

/**
 * Its summary; where it has content alone, the first sentence of that: readers that do not know
 * `content:encoded` would show nothing. An item has to have a description or a title.
 */
function descriptionOf({ title, summary, content }: Entry): { description?: string } {
  if (summary !== undefined) return { description: html(summary) };
  if (content === undefined) return title === undefined ? { description: '—' } : {};
  return { description: html(escapeHtml(firstSentence(htmlToText(content)) || (title ?? '—'))) };
}

/** What the package would write in its own way: it spells URLs anew, and an id must never change. */
function extensionsOf(entry: Entry): Extension[] {
  const {
    title,
    url,
    authors = [],
    categories = [],
    enclosures = [],
    source,
    sourceFeedUrl,
    commentsUrl,
    rights,
  } = entry;
  const extensions: Extension[] = [];
  const link = linkOf(url);
  if (link !== undefined) extensions.push(element('link', [{ _text: plain(link) }]));
  const guid = entryId(entry);
  extensions.push(element('guid', [{ _attributes: { isPermaLink: guid === link }, _text: plain(guid) }]));
  if (title !== undefined) extensions.push(element('title', [{ _text: words(title) }]));
  const names = authors.flatMap(({ name, email }) => name ?? email ?? []);
  if (names.length > 0)
    extensions.push(
      element(
        'dc:creator',
        names.map((name) => ({ _text: words(name) })),
      ),
    );
  if (categories.length > 0) extensions.push(element('category', categories.map(category)));
  if (commentsUrl !== undefined) extensions.push(element('comments', [{ _text: plain(uriOf(commentsUrl)) }]));
  if (rights !== undefined) extensions.push(element('dc:rights', [{ _text: words(rights) }]));
  const enclosure = enclosures
    .map(({ url, ...others }) => ({ ...others, url: withPath(uriOf(url)) }))
    .find(({ url }) => withDomain.test(url));
  if (enclosure) {
    const { url, type = 'application/octet-stream', length = 0 } = enclosure;
    extensions.push(
      element('enclosure', [{ _attributes: { url: xmlAttribute(url), length, type: xmlAttribute(type) } }]),
    );
  }
  const feedUrl = sourceFeedUrl === undefined ? source?.url : `${sourceFeedUrl}.rss`;
  if (feedUrl !== undefined) {
    extensions.push(
      element('source', [
        { _attributes: { url: xmlAttribute(uriOf(feedUrl)) }, _text: words(source?.title ?? '') },
      ]),
    );
  }
  return extensions;
}

/** A source's own domain goes with its category; our topics are named as they are in every feed. */
const category = ({ term, scheme }: Category) => ({
  ...(scheme !== undefined && { _attributes: { domain: xmlAttribute(scheme) } }),
  _text: words(term),
});

/** The package's type asks for a record; what it writes is whatever xml-js can write. */
const element = (name: string, objects: readonly object[]): Extension => ({
  name,
  objects: objects as unknown as Record<string, unknown>,
});

/** With the path that an address without one stands for: `https://a.example/?q` */
const withPath = (url: string): string => url.replace(/^(https?:\/\/[^/?#]+)(?=[?#])/i, '$1/');

/** RSS has enclosures on the web alone, on hosts that have a domain. */
const withDomain = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*(?::\d+)?(?:\/|$)/i;

function required(feed: FeedHead): { title: string; link: string; copyright: string } {
  return {
    title: words(feed.title ?? 'tributary'),
    link: linkOf(feed.homepage) ?? 'http://localhost/',
    copyright: words(feed.rights ?? ''),
  };
}

function linkOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? uriOf(url) : undefined;
}

function itemPosition(text: string): { start: number; end: number } {
  return { start: text.indexOf('<item>'), end: text.lastIndexOf('</item>') + '</item>'.length };
}
