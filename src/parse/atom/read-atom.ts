import type { FeedFormat } from '../../model/feed.ts';
import { childrenOf, type XmlElement } from '../xml/element.ts';

/** Atom 0.3 and 1.0. */
export interface AtomWire {
  readonly format: FeedFormat;
  /** Undefined for a document that is one entry. */
  readonly feed: XmlElement | undefined;
  readonly entries: readonly XmlElement[];
  /** The line of an element's offset. */
  readonly lineOf: (offset: number) => number;
}

/** @param root an element `feed` or `entry` */
export function readAtom(root: XmlElement, lineOf: (offset: number) => number): AtomWire {
  const format = versionOf(root);
  if (root.name === 'atom:entry') return { format, feed: undefined, entries: [root], lineOf };
  return {
    format,
    feed: root,
    entries: childrenOf(root, ['atom:entry', 'entry', 'atom:item', 'item']),
    lineOf,
  };
}

/** The namespace of Atom 0.3, or of one of the drafts before it. */
const early = /purl\.org\/(?:atom\/ns|pie|echo)/i;

function versionOf(root: XmlElement): FeedFormat {
  if (root.attributes.get('version')?.trim() === '0.3') return 'atom-0.3';
  const prefix = root.tag.includes(':') ? `xmlns:${root.tag.slice(0, root.tag.indexOf(':'))}` : 'xmlns';
  return early.test(root.attributes.get(prefix.toLowerCase()) ?? '') ? 'atom-0.3' : 'atom-1.0';
}
