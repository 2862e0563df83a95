import { childrenOf, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { baseOf, urlIn } from './scope.ts';
import { tokenOf } from './text-construct.ts';

export interface Link {
  /** In lower case; `alternate` where none is given (RFC 4287 4.2.7.2). */
  readonly rels: readonly string[];
  readonly url: string;
  readonly type?: string | undefined;
  readonly length?: string | undefined;
  /** RSS gives its link as text. */
  readonly isText: boolean;
}

const linkNames = ['link', 'atom:link'];

/** The links of a feed or item: Atom's with `href`, RSS's with text, and what authors make of the two. */
export function linksOf(parent: XmlElement, context: NormalizeContext): readonly Link[] {
  return childrenOf(parent, linkNames).flatMap((element) => {
    const { attributes } = element;
    const href = attributes.get('href') ?? attributes.get('rdf:resource');
    const rels = (attributes.get('rel') ?? 'alternate').trim().toLowerCase().split(/\s+/).map(shortRel);
    // An empty reference is the base itself, which is what a self link may say; elsewhere it is a blunder.
    const isBase = href === '' && rels.includes('self');
    const url = isBase ? baseOf(element, context) : urlIn(element, href ?? tokenOf(element), context);
    if (url === undefined) return [];
    const isText = href === undefined && element.name === 'link';
    return [{ rels, url, type: attributes.get('type')?.trim(), length: attributes.get('length'), isText }];
  });
}

/** IANA's names may be written as URLs (RFC 4287 4.2.7.2). */
function shortRel(rel: string): string {
  return rel === '' ? 'alternate' : rel.replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
}

/** The first link of a relation: RSS's own text first, then one of type HTML or of no type, then any. */
export function linkTo(links: readonly Link[], rel: string): string | undefined {
  const candidates = links.filter(({ rels }) => rels.includes(rel));
  const best =
    candidates.find(({ isText }) => isText) ??
    candidates.find(({ type }) => !type || /html/i.test(type)) ??
    candidates[0];
  return best?.url;
}
