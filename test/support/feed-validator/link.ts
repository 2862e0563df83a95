import { complaint, type Check } from './complaint.ts';
import type { Element } from './elements.ts';
import type { Shape } from './shape.ts';
import { language, mediaType, noHtml, wholeNumber } from './texts.ts';
import { absoluteUri, iriReference } from './uris.ts';

/** `<link>` of Atom, which RSS borrows. */

/** The relations that the validator knows to be registered. */
const relations = new Set(
  (
    'alternate current describedby edit edit-media enclosure first hub last license next next-archive payment prev-archive ' +
    'previous related replies search self service up via'
  ).split(' '),
);

const relation: Check = (value, at) => {
  if (value === '') return [complaint('AttrNotBlank', at)];
  if (relations.has(value) || absoluteUri(value, at, '').length === 0) return [];
  return [complaint('UnregisteredAtomLinkRel', at, value)];
};

const title: Check = (value, at, written) =>
  value.trim() === '' ? [complaint('AttrNotBlank', at)] : noHtml('ContainsHTML')(value, at, written);

export const atomLink: Shape = {
  attributes: {
    rel: relation,
    href: iriReference,
    type: mediaType,
    title,
    length: wholeNumber,
    hreflang: language,
  },
  requires: ['href'],
  whole: ({ children, text }, at) =>
    text.trim() === '' && children.length === 0 ? [] : [complaint('AtomLinkNotEmpty', at)],
};

/** The links of an element with what a missing attribute stands for. */
export function linksOf({ children }: Element, name = 'link') {
  return children
    .filter((child) => child.name === name)
    .map(({ attributes }) => ({
      rel: attributes.get('rel') ?? 'alternate',
      href: attributes.get('href') ?? '',
      type: attributes.get('type') ?? '',
      hreflang: attributes.get('hreflang') ?? '',
    }));
}
