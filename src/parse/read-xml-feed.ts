import type { Warning } from '../model/feed.ts';
import { readAtom } from './atom/read-atom.ts';
import { readCdf } from './cdf/read-cdf.ts';
import { readRss } from './rss/read-rss.ts';
import { unknownRoot } from './unknown-root.ts';
import type { Wire } from './wire.ts';
import { child, childrenOf, type XmlElement } from './xml/element.ts';
import { createLineIndex } from './xml/line-index.ts';
import { readXml } from './xml/read-xml.ts';

/**
 * A feed in XML, by its root; the namespace may be missing or wrong.
 * @param text without characters that XML forbids
 * @throws FeedParseError `html-page`, `not-a-feed`
 */
export function readXmlFeed(text: string): { readonly wire: Wire; readonly warnings: readonly Warning[] } {
  const source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const { root, isFeed, problems } = readXml(source);
  const lineOf = createLineIndex(source);
  const wire = root !== undefined && isFeed ? wireOf(root, lineOf) : undefined;
  if (wire === undefined) throw unknownRoot(source, root);
  return {
    wire,
    warnings: problems.map(({ code, message, offset }) => ({ code, message, line: lineOf(offset) })),
  };
}

function wireOf(root: XmlElement, lineOf: (offset: number) => number): Wire | undefined {
  if (root.name.startsWith('atom:')) return { kind: 'atom', wire: readAtom(root, lineOf) };
  if (isCdf(root)) return { kind: 'cdf', wire: readCdf(root) };
  const wire = readRss(root, lineOf);
  // RDF says many things beside news.
  const isOtherRdf = root.name.endsWith('rdf') && wire.channel === root && wire.items.length === 0;
  return isOtherRdf ? undefined : { kind: 'rss', wire };
}

/** A channel is CDF where its links and dates are attributes; a bare channel of RSS has elements. */
function isCdf(root: XmlElement): boolean {
  if (root.name !== 'channel') return false;
  const items = childrenOf(root, ['item', 'channel']);
  return (
    cdfAttributes.some((key) => root.attributes.has(key)) ||
    childrenOf(root, ['abstract', 'a', 'schedule']).length > 0 ||
    items.some(({ attributes }) => attributes.has('href') || attributes.has('lastmod')) ||
    items.some((item) => child(item, 'abstract') !== undefined)
  );
}

const cdfAttributes = ['href', 'self', 'base', 'lastmod'];
