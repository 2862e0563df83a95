import { childrenOf, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { firstOf } from './chain.ts';
import { urlIn } from './scope.ts';
import { tokenOf } from './text-construct.ts';

export interface Link {
  /** In lower case; `alternate` where none is given (RFC 4287 4.2.7.2). */
  readonly rels: readonly string[];
  readonly url: string;
  readonly type?: string | undefined;
  readonly length?: string | undefined;
}

/** The links that an element gives by `href`: Atom's, and those that RSS feeds write in Atom's way. */
export function linksOf(parent: XmlElement, context: NormalizeContext): Link[] {
  return childrenOf(parent, 'atom:link', 'link').flatMap((element) => {
    const { attributes } = element;
    const url = urlIn(element, attributes.get('href') ?? attributes.get('rdf:resource'), context);
    if (url === undefined) return [];
    const rels = (attributes.get('rel') ?? 'alternate').trim().toLowerCase().split(/\s+/).map(shortRel);
    return [{ rels, url, type: attributes.get('type')?.trim(), length: attributes.get('length') }];
  });
}

/** IANA's names may be written as URLs (RFC 4287 4.2.7.2). */
function shortRel(rel: string): string {
  return rel === '' ? 'alternate' : rel.replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
}

/** The first link of a relation, one of type HTML or of no type before others. */
export function linkTo(links: readonly Link[], rel: string): string | undefined {
  const candidates = links.filter(({ rels }) => rels.includes(rel));
  const page = candidates.find(({ type }) => type === undefined || type === '' || /html/i.test(type));
  return (page ?? candidates[0])?.url;
}

/** The text of RSS's `<link>`; of several the first that is a URL. */
export function linkText(parent: XmlElement, context: NormalizeContext): string | undefined {
  return firstOf(parent, ['link', 'atom:link'], (element) =>
    element.attributes.has('href') ? undefined : urlIn(element, tokenOf(element), context),
  );
}
