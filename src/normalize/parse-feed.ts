import type { FeedInfo, Item, Licensed, ParsedFeed, ReadFeed } from '../model/feed.ts';
import type { ParseHints } from '../parse/hints.ts';
import { readDocument } from '../parse/read-document.ts';
import type { Wire } from '../parse/wire.ts';
import { normalizeAtom } from './atom.ts';
import { normalizeCdf } from './cdf.ts';
import { contextFor, type NormalizeContext } from './context.ts';
import { columnOf } from '../text/columns.ts';
import { normalizeJsonFeed } from './json-feed.ts';
import { limitItem } from './limits.ts';
import { normalizeMarkdownDigest } from './markdown-digest.ts';
import { normalizeRss } from './rss.ts';
import { correctScript } from './script.ts';
import { normalizeStrippedRss } from './stripped-rss.ts';
import { normalizeTagPage } from './tag-page.ts';
import { normalizeTelegraph } from './telegraph.ts';

/**
 * A document of any format that the program reads, as the canonical feed. Pure: the same bytes and hints
 * give the same result.
 * @throws FeedParseError when the document cannot be read at all
 */
export function parseFeed(bytes: Uint8Array, hints: ParseHints = {}): ParsedFeed {
  const { feed, items, warnings } = readFeed(bytes, hints);
  return { feed: withoutLicense(feed), items: items.map(itemWithoutLicense), warnings };
}

/** The canonical schema has rights in words alone; the URL that goes with them is for the feeds we publish. */
function withoutLicense<Value extends Licensed>(value: Value): Value {
  if (value.license === undefined) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'license')) as Value;
}

function itemWithoutLicense(item: Item): Item {
  const { source } = item;
  const own = withoutLicense(item);
  return source?.license === undefined ? own : { ...own, source: withoutLicense(source) };
}

/** The same, with what the program itself wants to know of a document. */
export function readFeed(bytes: Uint8Array, hints: ParseHints): ReadFeed {
  const document = readDocument(bytes, hints);
  const context = contextFor(document.kind, document.encoding, hints);
  const { feed, items, warnings, rhythm } = normalize(document, context);
  const limited = items.map((item) => limitItem(inColumn(item, context), context.warnings));
  return {
    feed: feedInWrittenScript(feed, limited, context),
    items: limited,
    warnings: [...document.warnings, ...warnings, ...context.warnings].slice(0, maxWarnings),
    ...(rhythm && { rhythm }),
  };
}

/** The item with the configured column that its title names; document formats know columns of their own. */
function inColumn(item: Item, { columns }: NormalizeContext): Item {
  if (item.column !== undefined || item.title === undefined || columns.length === 0) return item;
  const column = columnOf(item.title, columns);
  return column === undefined ? item : { ...item, column };
}

/** A document that is broken all over says so often enough. */
const maxWarnings = 100;

/** The feed's language, unless the configuration knows it, corrected by the script of its titles and texts. */
function feedInWrittenScript(feed: FeedInfo, items: readonly Item[], { hints }: NormalizeContext): FeedInfo {
  if (feed.language?.startsWith('zh') !== true || hints.language !== undefined) return feed;
  const texts = items
    .slice(0, 20)
    .map(({ title, summary, content }) => `${title ?? ''}${(summary ?? content ?? '').slice(0, 500)}`);
  const language = correctScript(feed.language, [feed.title, feed.description, ...texts].join(''));
  return language === undefined ? feed : { ...feed, language };
}

function normalize(document: Wire, context: NormalizeContext): ReadFeed {
  switch (document.kind) {
    case 'rss':
      return normalizeRss(document.wire, context);
    case 'atom':
      return normalizeAtom(document.wire, context);
    case 'cdf':
      return normalizeCdf(document.wire, context);
    case 'json-feed':
      return normalizeJsonFeed(document.wire, context);
    case 'markdown-digest':
      return normalizeMarkdownDigest(document.wire, context);
    case 'tag-page':
      return normalizeTagPage(document.wire, context);
    case 'stripped-rss':
      return normalizeStrippedRss(document.wire, context);
    case 'telegraph':
      return normalizeTelegraph(document.wire, context);
  }
}
