import { Feed, type Extension } from 'feed';
import type { Category } from '../model/feed.ts';
import { stripForbidden } from '../text/xml-chars.ts';
import type { Entry, FeedHead } from './entry.ts';
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
    description: plain(feed.description ?? feed.title ?? 'tributary'),
    ...(feed.language !== undefined && { language: feed.language }),
    ...(feed.updated !== undefined && { updated: new Date(feed.updated) }),
    ...(feed.selfUrl !== undefined && { feed: feed.selfUrl }),
    generator: feed.generator ?? 'tributary',
  });
  document.addItem({ title: '-', link: required(feed).link, date: new Date(0), content: '-' });
  const text = document.rss2();
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
    ...(entry.summary !== undefined && { description: html(entry.summary) }),
    ...(entry.content !== undefined && { content: html(entry.content) }),
    extensions: extensionsOf(entry),
  });
  const text = document.rss2();
  const { start, end } = itemPosition(text);
  return `${text.slice(start, end)}\n`;
}

/** What the package would write in its own way: it spells URLs anew, and an id must never change. */
function extensionsOf({
  id,
  title,
  url,
  authors = [],
  categories = [],
  enclosures = [],
  source,
  sourceFeedUrl,
  commentsUrl,
  rights,
}: Entry): Extension[] {
  const extensions: Extension[] = [];
  const link = linkOf(url);
  if (link !== undefined) extensions.push(element('link', [{ _text: plain(link) }]));
  const guid = id ?? url;
  if (guid !== undefined) {
    extensions.push(element('guid', [{ _attributes: { isPermaLink: guid === link }, _text: plain(guid) }]));
  }
  if (title !== undefined) extensions.push(element('title', [{ _text: plain(title) }]));
  const names = authors.flatMap(({ name, email }) => name ?? email ?? []);
  if (names.length > 0)
    extensions.push(
      element(
        'dc:creator',
        names.map((name) => ({ _text: plain(name) })),
      ),
    );
  if (categories.length > 0) extensions.push(element('category', categories.map(category)));
  if (commentsUrl !== undefined) extensions.push(element('comments', [{ _text: plain(commentsUrl) }]));
  if (rights !== undefined) extensions.push(element('dc:rights', [{ _text: plain(rights) }]));
  const [enclosure] = enclosures;
  if (enclosure) {
    const { url, type = 'application/octet-stream', length = 0 } = enclosure;
    extensions.push(
      element('enclosure', [{ _attributes: { url: xmlAttribute(url), length, type: xmlAttribute(type) } }]),
    );
  }
  const feedUrl = sourceFeedUrl === undefined ? source?.url : `${sourceFeedUrl}.rss`;
  if (feedUrl !== undefined) {
    extensions.push(
      element('source', [{ _attributes: { url: xmlAttribute(feedUrl) }, _text: plain(source?.title ?? '') }]),
    );
  }
  return extensions;
}

/** A source's own domain goes with its category; our topics are named as they are in every feed. */
const category = ({ term, scheme }: Category) => ({
  ...(scheme !== undefined && { _attributes: { domain: xmlAttribute(scheme) } }),
  _text: plain(term),
});

/** The package's type asks for a record; what it writes is whatever xml-js can write. */
const element = (name: string, objects: readonly object[]): Extension => ({
  name,
  objects: objects as unknown as Record<string, unknown>,
});

/** HTML for a CDATA section, which the package would let end at the second `]]>`. */
const html = (text: string): string => stripForbidden(text).replaceAll(']]>', ']]&gt;');

/** Plain text for an element: xml-js takes `&amp;` for an ampersand that is escaped already. */
const plain = (text: string): string => stripForbidden(text).replaceAll('&amp;', '&amp;amp;');

function required(feed: FeedHead): { title: string; link: string; copyright: string } {
  return {
    title: plain(feed.title ?? 'tributary'),
    link: linkOf(feed.homepage) ?? 'http://localhost/',
    copyright: plain(feed.rights ?? ''),
  };
}

function linkOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

function itemPosition(text: string): { start: number; end: number } {
  return { start: text.indexOf('<item>'), end: text.lastIndexOf('</item>') + '</item>'.length };
}
