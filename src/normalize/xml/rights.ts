import type { XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { firstOf } from './chain.ts';
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

/** What the author says of rights in words, else the license, by its URL. */
export function rightsOf(parent: XmlElement, context: NormalizeContext): string | undefined {
  const license = (element: XmlElement): string | undefined =>
    plainOf(element) ?? licenseUrl(element, ['rdf:resource', 'href', 'url'], context);
  return (
    firstOf(parent, textChain, plainOf) ??
    firstOf(parent, licenseChain, license) ??
    licenseLink(parent, context)
  );
}

/** RFC 4946. */
function licenseLink(parent: XmlElement, context: NormalizeContext): string | undefined {
  return firstOf(parent, ['atom:link', 'link'], (link) =>
    link.attributes.get('rel') === 'license' ? licenseUrl(link, ['href'], context) : undefined,
  );
}

function licenseUrl(
  element: XmlElement,
  attributes: readonly string[],
  context: NormalizeContext,
): string | undefined {
  const reference = attributes
    .map((name) => element.attributes.get(name))
    .find((value) => value !== undefined);
  return urlIn(element, reference, context);
}
