import { FeedParseError } from '../model/errors.ts';
import type { Warning } from '../model/feed.ts';
import { decodeDocument } from '../text/charset.ts';
import { stripForbidden } from '../text/xml-chars.ts';
import { holdsC1Controls, readC1Controls } from './c1-controls.ts';
import { isCleanUtf8 } from './clean-bytes.ts';
import { detect } from './detect.ts';
import { header, type ParseHints } from './hints.ts';
import { parseJsonFeed } from './json-feed/parse.ts';
import { parseMarkdownDigest } from './markdown-digest/parse.ts';
import { readXmlFeed } from './read-xml-feed.ts';
import { parseStrippedRss } from './stripped-rss/parse.ts';
import { parseTagPage } from './tag-page/parse.ts';
import { parseTelegraph } from './telegraph/parse.ts';
import type { Wire, WireDocument } from './wire.ts';

/** 10 MB: what is longer is refused before it is decoded. */
const maxBytes = 10 * 1024 * 1024;

/**
 * The bytes of a document as the wire document of its format.
 * @throws FeedParseError `too-large`, `empty`, `binary`, `html-page`, `json-syntax`, `not-a-feed`, and the
 *   codes of the document formats
 */
export function readDocument(bytes: Uint8Array, hints: ParseHints): WireDocument {
  if (bytes.length > maxBytes) {
    throw new FeedParseError('too-large', `parse: ${bytes.length} bytes; at most ${maxBytes} are read`);
  }
  const contentType = hints.contentType ?? header(hints, 'content-type');
  const decoded = decodeDocument(bytes, contentType === undefined ? {} : { contentType });
  const isClean = (): boolean => decoded.encoding === 'utf-8' && isCleanUtf8(bytes);
  const mayHoldC1 = decoded.encoding !== 'utf-8' || holdsC1Controls(bytes);
  const text = mayHoldC1 ? readC1Controls(decoded.text) : decoded.text;
  const { wire, warnings } = readText(text, hints, isClean);
  return { ...wire, encoding: decoded.encoding, warnings: [...decoded.warnings, ...warnings] };
}

interface Read {
  readonly wire: Wire;
  readonly warnings: readonly Warning[];
}

function readText(text: string, hints: ParseHints, isClean: () => boolean): Read {
  const format = hints.format ?? 'auto';
  switch (format) {
    case 'auto':
      return readFeed(text, isClean);
    case 'markdown-digest':
      return withWarnings({ kind: format, wire: parseMarkdownDigest(text) });
    case 'tag-page':
      return withWarnings({ kind: format, wire: parseTagPage(text) });
    case 'stripped-rss':
      return withWarnings({ kind: format, wire: parseStrippedRss(text) });
    case 'telegraph':
      return withWarnings({ kind: format, wire: parseTelegraph(text) });
  }
}

/** Formats that name themselves what they repaired. */
function withWarnings(wire: Wire & { readonly wire: { readonly warnings: readonly Warning[] } }): Read {
  return { wire, warnings: wire.wire.warnings };
}

function readFeed(text: string, isClean: () => boolean): Read {
  const kind = detect(text);
  switch (kind) {
    case 'empty':
      throw new FeedParseError('empty', 'parse: the document is empty');
    case 'binary':
      throw new FeedParseError('binary', 'parse: the document is not text', { line: 1 });
    case 'json':
      return withWarnings({ kind: 'json-feed', wire: parseJsonFeed(text) });
    case 'xml':
      return readXmlFeed(isClean() ? text : stripForbidden(text));
  }
}
