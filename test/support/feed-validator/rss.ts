import { allOf, anything, complaint, nonblank, type Check, type Complaint } from './complaint.ts';
import { rssTime } from './dates.ts';
import { childrenOf, type Element } from './elements.ts';
import { absoluteLinks, safeHtml } from './html.ts';
import { atomLink, linksOf } from './link.ts';
import { repeated, requireChildren, type Shape } from './shape.ts';
import { httpUrl, language, mediaType, noMarkup, wholeNumber } from './texts.ts';
import { absoluteUri, uriReference } from './uris.ts';

/** RSS 2.0 with what we take from Atom, Dublin Core and the content module. */

const html: Shape = { text: allOf(safeHtml, absoluteLinks) };
const trimmed =
  (check: Check): Check =>
  (value, at, written) =>
    check(value.trim(), at, written);

const address: Shape = { text: trimmed(absoluteUri) };
const time: Shape = { text: trimmed(rssTime) };
const words: Shape = { text: noMarkup };
const name: Shape = { text: allOf(noMarkup, nonblank) };

const enclosure: Shape = {
  attributes: { url: httpUrl, length: wholeNumber, type: mediaType },
  requires: ['url', 'length', 'type'],
};

const guid: Shape = {
  attributes: {
    isPermaLink: (value, at) =>
      value === 'true' || value === 'false' ? [] : [complaint('InvalidBooleanAttribute', at, value)],
  },
  text: nonblank,
  whole: ({ attributes, text }, at) => {
    if (attributes.get('isPermaLink') === 'false')
      return /^\d{1,8}$/.test(text) ? [complaint('NotSufficientlyUnique', at, text)] : [];
    if (/^(?:tag|urn:uuid):/i.test(text)) return [complaint('InvalidPermalink', at, text)];
    return uriReference(text, at, '').length > 0 ? [complaint('InvalidHttpGUID', at, text)] : [];
  },
};

const item: Shape = {
  children: {
    category: { attributes: { domain: anything }, text: allOf(noMarkup, nonblank) },
    comments: address,
    'content:encoded': html,
    'dc:creator': { text: anything },
    'dc:rights': words,
    description: html,
    enclosure,
    guid,
    link: address,
    pubDate: time,
    source: { attributes: { url: absoluteUri }, requires: ['url'], text: noMarkup },
    title: name,
  },
  repeats: ['category', 'dc:creator'],
  whole: (element, at) => [
    ...(['title', 'description'].some((field) => childrenOf(element, field).length > 0)
      ? []
      : [complaint('ItemMustContainTitleOrDescription', at)]),
    ...requireChildren(['guid'], 'MissingGuid')(element, at),
    ...describedFirst(element, at),
  ],
};

/** Readers that do not know the content module have the description. */
function describedFirst({ children }: Element, at: string): readonly Complaint[] {
  const names = children.map((child) => child.name);
  const content = names.indexOf('content:encoded');
  const description = names.indexOf('description');
  return content === -1 || (description !== -1 && description < content)
    ? []
    : [complaint('NeedDescriptionBeforeContent', at)];
}

const channel = (url: string): Shape => ({
  children: {
    'atom:link': atomLink,
    copyright: words,
    description: words,
    docs: address,
    generator: { text: anything },
    item,
    language: { text: language },
    lastBuildDate: time,
    link: address,
    title: name,
  },
  repeats: ['item', 'atom:link'],
  whole: (element, at) => [
    ...requireChildren(['title'], 'MissingTitle')(element, at),
    ...requireChildren(['link'], 'MissingLink')(element, at),
    ...requireChildren(['description'], 'MissingDescription')(element, at),
    ...selfComplaints(element, at, url),
    ...misplaced(element, at),
    ...repeated(
      childrenOf(element, 'item').flatMap((child) => childrenOf(child, 'guid').map(({ text }) => text)),
      'DuplicateValue',
      'item/guid',
    ),
  ],
});

function selfComplaints(element: Element, at: string, url: string): readonly Complaint[] {
  const selves = linksOf(element, 'atom:link').filter(({ rel }) => rel === 'self');
  if (selves.length === 0) return [complaint('MissingSelf', at)];
  return selves
    .filter(({ href }) => href !== url)
    .map(({ href }) => complaint('SelfDoesntMatchLocation', at, href));
}

/** What is told of a channel comes before its items. */
function misplaced({ children }: Element, at: string): readonly Complaint[] {
  const first = children.findIndex((child) => child.name === 'item');
  const later = children.filter((child, index) => first !== -1 && index > first && child.name !== 'item');
  return later.map((child) => complaint('MisplacedItem', at, child.name));
}

/** An RSS document that was asked for under `url`. */
export const rss = (url: string): Shape => ({
  attributes: {
    version: (value, at) =>
      /^(?:0\.91|0\.92|2\.0)$/.test(value) ? [] : [complaint('InvalidRSSVersion', at, value)],
  },
  requires: ['version'],
  children: { channel: channel(url) },
  whole: requireChildren(['channel']),
});
