import type { Category } from '../../model/feed.ts';
import { attributeOf, childrenOf, named, type XmlElement } from '../../parse/xml/element.ts';
import { foldSpace } from '../../text/space.ts';
import { known } from '../known.ts';
import { tokenOf } from './text-construct.ts';

const names = [
  'category',
  'atom:category',
  'dc:subject',
  'dcterms:subject',
  'itunes:category',
  'googleplay:category',
  'media:category',
  'itunes:keywords',
];

/** What the terms of a vocabulary belong to where the element does not say. */
const schemes: Readonly<Record<string, string>> = {
  'itunes:category': 'http://www.itunes.com/',
  'itunes:keywords': 'http://www.itunes.com/',
  'media:category': 'http://search.yahoo.com/mrss/category_schema',
};

/** Of the text of keywords, in characters. */
const maxKeywords = 4_096;

/** Every category once: RSS's text with its domain, Atom's term, subjects, and the tree of iTunes flattened. */
export function categoriesOf(parent: XmlElement): readonly Category[] | undefined {
  const found = new Map<string, Category>();
  for (const element of childrenOf(parent, names)) {
    for (const category of read(element)) {
      const key = `${category.scheme ?? ''}\n${category.term}`;
      if (!found.has(key)) found.set(key, category);
    }
  }
  return found.size === 0 ? undefined : [...found.values()];
}

function read(element: XmlElement): readonly Category[] {
  const scheme = attribute(element, 'scheme') ?? attribute(element, 'domain') ?? schemes[element.name];
  const category = (term: string, label?: string): Category => known<Category>({ term, scheme, label });
  if (element.name === 'itunes:keywords') {
    const keywords = (tokenOf(element) ?? '')
      .slice(0, maxKeywords)
      .split(/[,;，、]/)
      .map((keyword) => keyword.trim());
    return keywords.filter((keyword) => keyword !== '').map((keyword) => category(keyword));
  }
  const inner = named(element, 'itunes:category').flatMap(read);
  const label = attribute(element, 'label');
  const text = inner.length > 0 ? undefined : tokenOf(element);
  const term =
    attribute(element, 'term') ??
    attribute(element, 'text') ??
    text ??
    label ??
    attribute(element, 'rdf:resource');
  return term === undefined ? inner : [category(term, label), ...inner];
}

function attribute(element: XmlElement, name: string): string | undefined {
  const value = attributeOf(element, name);
  return value === undefined ? undefined : foldSpace(value);
}
