import type { ParsedFeed } from '../model/feed.ts';
import type { ParseHints } from '../parse/hints.ts';
import { readDocument } from '../parse/read-document.ts';
import type { Wire } from '../parse/wire.ts';
import { normalizeAtom } from './atom.ts';
import { normalizeCdf } from './cdf.ts';
import { contextFor, type NormalizeContext } from './context.ts';
import { normalizeJsonFeed } from './json-feed.ts';
import { normalizeMarkdownDigest } from './markdown-digest.ts';
import { normalizeRss } from './rss.ts';
import { normalizeStrippedRss } from './stripped-rss.ts';
import { normalizeTagPage } from './tag-page.ts';
import { normalizeTelegraph } from './telegraph.ts';

/**
 * A document of any format that the program reads, as the canonical feed. Pure: the same bytes and hints
 * give the same result.
 * @throws FeedParseError when the document cannot be read at all
 */
export function parseFeed(bytes: Uint8Array, hints: ParseHints = {}): ParsedFeed {
  const document = readDocument(bytes, hints);
  const context = contextFor(document.kind, document.encoding, hints);
  const { feed, items, warnings } = normalize(document, context);
  return { feed, items, warnings: [...document.warnings, ...warnings] };
}

function normalize(document: Wire, context: NormalizeContext): ParsedFeed {
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
