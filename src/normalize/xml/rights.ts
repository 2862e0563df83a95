import type { Licensed } from '../../model/feed.ts';
import type { XmlElement } from '../../parse/xml/element.ts';
import { isWebUrl } from '../../text/url.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { firstOf } from './chain.ts';
import type { Link } from './links.ts';
import { urlIn } from './scope.ts';
import { plainOf } from './text-construct.ts';

const textChain = [
  'copyright',
  'atom:rights',
  'atom:copyright',
  'dc:rights',
  'dcterms:rights',
  'rights',
  'media:copyright',
];
const licenseChain = [
  'creativecommons:license',
  'cc:license',
  'dcterms:license',
  'podcast:license',
  'media:license',
];

/**
 * What the author says of rights in words, else the license by its name, else by its URL; and that URL where the
 * rights are something else.
 */
export function rightsOf(parent: XmlElement, links: readonly Link[], context: NormalizeContext): Licensed {
  const url =
    firstOf(parent, licenseChain, (element) => licenseUrl(element, context)) ??
    // RFC 4946
    links.find(({ rels }) => rels.includes('license'))?.url;
  const rights = firstOf(parent, [...textChain, ...licenseChain], plainOf) ?? url;
  return known<Licensed>({ rights, license: url === rights ? undefined : url });
}

/** An attribute has the URL, whatever the license is called; Creative Commons' own element has it as its text. */
function licenseUrl(element: XmlElement, context: NormalizeContext): string | undefined {
  const reference = ['rdf:resource', 'href', 'url']
    .map((name) => element.attributes.get(name))
    .find((value) => value !== undefined);
  const text = plainOf(element);
  return urlIn(element, reference, context) ?? (text !== undefined && isWebUrl(text) ? text : undefined);
}
