import type { Category } from '../../model/feed.ts';
import { childrenOf, type XmlElement } from '../../parse/xml/element.ts';
import { foldSpace } from '../../text/space.ts';
import { tokenOf } from './text-construct.ts';

const names = [
  'category',
  'atom:category',
  'dc:subject',
  'dcterms:subject',
  'itunes:category',
  'media:category',
  'googleplay:category',
];

/** Every category once: RSS's text with its domain, Atom's term, subjects, and the tree of iTunes flattened. */
export function categoriesOf(parent: XmlElement): readonly Category[] | undefined {
  const found = new Map<string, Category>();
  for (const element of childrenOf(parent, ...names)) {
    for (const category of read(element)) {
      const key = `${category.scheme ?? ''}\n${category.term}`;
      if (!found.has(key)) found.set(key, category);
    }
  }
  return found.size === 0 ? undefined : [...found.values()];
}

function read(element: XmlElement): Category[] {
  const { attributes } = element;
  const inner = childrenOf(element, 'itunes:category').flatMap(read);
  const label = attribute(element, 'label');
  const text = inner.length > 0 ? undefined : tokenOf(element);
  const term =
    attribute(element, 'term') ??
    attribute(element, 'text') ??
    text ??
    label ??
    resource(attributes.get('rdf:resource'));
  if (term === undefined) return inner;
  const scheme = attribute(element, 'scheme') ?? attribute(element, 'domain');
  return [
    { term, ...(scheme === undefined ? {} : { scheme }), ...(label === undefined ? {} : { label }) },
    ...inner,
  ];
}

function attribute(element: XmlElement, name: string): string | undefined {
  const value = foldSpace(element.attributes.get(name) ?? '');
  return value === '' ? undefined : value;
}

/** RSS 1.0 may name a subject by its URL only. */
function resource(url: string | undefined): string | undefined {
  return url === undefined || url.trim() === '' ? undefined : url.trim();
}
