import type { FeedFormat } from '../../model/feed.ts';
import { childrenOf, type XmlElement } from '../xml/element.ts';

/** RSS in all its versions, RDF included: elements, whatever their place in the document. */
export interface RssWire {
  readonly format: FeedFormat;
  readonly root: XmlElement;
  /** The first channel; the root where there is none. */
  readonly channel: XmlElement;
  /** In document order, from every channel and from outside of them; an author may think of Atom's entries. */
  readonly items: readonly XmlElement[];
  /** The line of an element's offset. */
  readonly lineOf: (offset: number) => number;
}

/** @param root an element `rss`, `rdf:RDF` or `channel` */
export function readRss(root: XmlElement, lineOf: (offset: number) => number): RssWire {
  const channels = findAll(root, ['channel']);
  return {
    format: versionOf(root, channels[0]),
    root,
    channel: channels[0] ?? root,
    items: findAll(root, ['item', 'entry', 'atom:entry']),
    lineOf,
  };
}

const versions: Readonly<Record<string, FeedFormat>> = {
  '0.90': 'rss-0.90',
  '0.9': 'rss-0.90',
  '0.91': 'rss-0.91',
  '0.92': 'rss-0.92',
  '0.93': 'rss-0.93',
  '0.94': 'rss-0.94',
  '1.0': 'rdf-1.0',
};

function versionOf(root: XmlElement, channel: XmlElement | undefined): FeedFormat {
  if (root.name.endsWith('rdf')) {
    const bound = [root, channel].flatMap((element) => [...(element?.attributes ?? [])]);
    return bound.some(
      ([name, uri]) => name.startsWith('xmlns') && /netscape\.com\/rdf\/simple\/0\.9/i.test(uri),
    )
      ? 'rss-0.90'
      : 'rdf-1.0';
  }
  const version = root.attributes.get('version')?.trim() ?? '';
  return Object.hasOwn(versions, version) ? (versions[version] ?? 'rss-2.0') : 'rss-2.0';
}

/** The elements of some names among the containers of RSS; items and channels do not nest in other elements. */
function findAll(root: XmlElement, names: readonly string[]): XmlElement[] {
  if (names.includes(root.name)) return [root, ...findBelow(root, names)];
  return findBelow(root, names);
}

const containers = ['rss', 'rdf:rdf', 'rdf', 'channel', 'items', 'rdf:seq'];

function findBelow(element: XmlElement, names: readonly string[]): XmlElement[] {
  return childrenOf(element, [...names, ...containers]).flatMap((inner) => {
    const own = names.includes(inner.name) ? [inner] : [];
    return containers.includes(inner.name) ? [...own, ...findBelow(inner, names)] : own;
  });
}
