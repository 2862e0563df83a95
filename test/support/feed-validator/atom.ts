import { allOf, anything, complaint, nonblank, type Check, type Complaint } from './complaint.ts';
import { feedComplaints } from './atom-feed.ts';
import { atomTime } from './dates.ts';
import { childrenOf, type Element } from './elements.ts';
import { safeHtml } from './html.ts';
import { atomLink, linksOf } from './link.ts';
import { repeated, requireChildren, type Shape } from './shape.ts';
import { emailAddress, noHtml, noMailbox } from './texts.ts';
import { absoluteUri, canonicalUri, iriReference, uriReference } from './uris.ts';

/** Atom 1.0: RFC 4287, and RFC 5005 for archives. */

const noSpaceAround: Check = (value, at) =>
  value === value.trim() ? [] : [complaint('UnexpectedWhitespace', at, value)];

const plain = noHtml('ContainsHTML');

/** A text construct: what its type says, and something. */
const textConstruct: Shape = {
  attributes: {
    type: (value, at) =>
      /^(?:text|html|xhtml)$/.test(value) ? [] : [complaint('InvalidTextType', at, value)],
  },
  text: anything,
  whole: (element, at) => {
    if (element.text === '') return [complaint('NotBlank', at)];
    const check = element.attributes.get('type') === 'html' ? safeHtml : noHtml('ContainsUndeclaredHTML');
    return check(element.text, at, element.written);
  },
};

const person: Shape = {
  children: {
    name: { text: allOf(plain, noMailbox, nonblank) },
    email: { text: emailAddress },
    uri: { text: allOf(nonblank, iriReference, noSpaceAround) },
  },
  whole: requireChildren(['name']),
};

const category: Shape = {
  attributes: { term: nonblank, scheme: absoluteUri, label: plain },
  requires: ['term'],
};

const address: Shape = { text: allOf(nonblank, noSpaceAround, uriReference) };
const id: Shape = { text: allOf(canonicalUri, noSpaceAround) };
const time: Shape = { text: atomTime };

/** What a feed and the source of an entry have in common. */
const metadata: Readonly<Record<string, Shape>> = {
  author: person,
  category,
  contributor: person,
  generator: { attributes: { uri: uriReference, version: anything }, text: allOf(plain, nonblank) },
  icon: address,
  id,
  link: atomLink,
  logo: address,
  rights: textConstruct,
  subtitle: textConstruct,
  title: textConstruct,
  updated: time,
};

const metadataRepeats = ['author', 'category', 'contributor', 'link'];

const source: Shape = {
  children: metadata,
  repeats: metadataRepeats,
  whole: (element, at) => [
    ...requireChildren(['title', 'id', 'updated'], 'MissingSourceElement')(element, at),
    ...oneAlternate(element, at),
  ],
};

const entry: Shape = {
  children: {
    author: person,
    category,
    content: textConstruct,
    contributor: person,
    id,
    link: atomLink,
    published: time,
    rights: textConstruct,
    source,
    summary: textConstruct,
    title: textConstruct,
    updated: time,
  },
  repeats: metadataRepeats,
  whole: (element, at) => [
    ...requireChildren(['title', 'id', 'updated'])(element, at),
    ...oneAlternate(element, at),
    ...somethingToRead(element, at),
    ...linksOf(element)
      .filter(({ rel }) => feedHistory.has(rel))
      .map(({ rel }) => complaint('FeedHistoryRelInEntry', at, rel)),
  ],
};

const feedHistory = new Set(['current', 'first', 'last', 'next', 'next-archive', 'prev-archive', 'previous']);

/** A feed document that was asked for under `url`. */
export const atomFeed = (url: string): Shape => ({
  children: { ...metadata, entry, 'fh:archive': {}, 'fh:complete': {} },
  repeats: [...metadataRepeats, 'entry'],
  whole: (element, at) => [
    ...requireChildren(['title', 'id', 'updated'])(element, at),
    ...oneAlternate(element, at),
    ...feedComplaints(element, at, url),
    ...orderComplaints(element, at),
  ],
});

function oneAlternate(element: Element, at: string): readonly Complaint[] {
  const alternates = linksOf(element).filter(({ rel }) => rel === 'alternate');
  return repeated(
    alternates.map(({ type, hreflang }) => `${type} ${hreflang}`),
    'DuplicateAtomLink',
    at,
  );
}

function somethingToRead(element: Element, at: string): readonly Complaint[] {
  const has = (name: string) => childrenOf(element, name).length > 0;
  if (has('content')) return [];
  return [
    ...(has('summary') ? [] : [complaint('MissingTextualContent', at)]),
    ...(linksOf(element).some(({ rel }) => rel === 'alternate')
      ? []
      : [complaint('MissingContentOrAlternate', at)]),
  ];
}

/** What is told of a feed comes before its entries. */
function orderComplaints({ children }: Element, at: string): readonly Complaint[] {
  const first = children.findIndex(({ name }) => name === 'entry');
  return children
    .filter(({ name }, index) => first !== -1 && index > first && name in metadata)
    .map(({ name }) => complaint('MisplacedMetadata', at, name));
}
