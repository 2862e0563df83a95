import { FeedParseError } from '../model/errors.ts';
import type { XmlElement } from './xml/element.ts';

/** The error for a document without a feed: what it is instead, and for a page which feeds it names. */
export function unknownRoot(source: string, root: XmlElement | undefined): FeedParseError {
  if (root === undefined)
    return new FeedParseError('not-a-feed', 'parse: plain text, not a feed', { line: 1 });
  if (/^(?:xhtml:|\?:)?(?:html|head|body|div|p|h1|title|meta|script|style|center)$/.test(root.name)) {
    const feeds = namedFeeds(source);
    const named = feeds.length === 0 ? '' : `; it names ${feeds.join(' and ')}`;
    return new FeedParseError('html-page', `parse: an HTML page, not a feed${named}`, { line: 1 });
  }
  return new FeedParseError('not-a-feed', `parse: <${root.tag.slice(0, 64)}> is not a feed`, {
    line: source.slice(0, root.offset).split('\n').length,
  });
}

/** `<link rel="alternate" type="application/rss+xml" href="…">`: https://www.rssboard.org/rss-autodiscovery */
function namedFeeds(source: string): string[] {
  const feeds: string[] = [];
  for (const [tag] of source.slice(0, 262_144).matchAll(/<link\b[^<>]{1,2000}>/gi)) {
    if (!/\b(?:rss|atom|feed)\+(?:xml|json)/i.test(tag)) continue;
    const href = /\bhref\s?=\s?["']?([^"'\s>]{1,2048})/i.exec(tag)?.[1];
    if (href !== undefined && feeds.length < 10) feeds.push(href);
  }
  return feeds;
}
