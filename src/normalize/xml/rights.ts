import { attributeOf, type XmlElement } from '../../parse/xml/element.ts';
import { firstOf } from './chain.ts';
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
export function rightsOf(parent: XmlElement): string | undefined {
  return firstOf(parent, textChain, plainOf) ?? firstOf(parent, licenseChain, license) ?? licenseLink(parent);
}

function license(element: XmlElement): string | undefined {
  return (
    plainOf(element) ??
    attributeOf(element, 'rdf:resource') ??
    attributeOf(element, 'href') ??
    attributeOf(element, 'url')
  );
}

/** RFC 4946. */
function licenseLink(parent: XmlElement): string | undefined {
  return firstOf(parent, ['atom:link', 'link'], ({ attributes }) =>
    attributes.get('rel') === 'license' ? attributes.get('href')?.trim() : undefined,
  );
}
