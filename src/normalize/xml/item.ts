import type { Item } from '../../model/feed.ts';
import { attributeOf, child, named, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { itemLanguage } from '../language.ts';
import { categoriesOf } from './categories.ts';
import { firstOf, firstValue } from './chain.ts';
import { itemPublished, itemUpdated } from './dates.ts';
import { linksOf, linkTo, type Link } from './links.ts';
import { enclosuresOf, imageOf, mediaElements } from './media.ts';
import { contributorsOf, itemPeople } from './people.ts';
import { rightsOf } from './rights.ts';
import { urlIn } from './scope.ts';
import { sourceOf } from './source.ts';
import { htmlOf, plainOf, tokenOf } from './text-construct.ts';

/** One `<item>` or `<entry>`, whatever the vocabulary of its fields. */
export function normalizeXmlItem(item: XmlElement, context: NormalizeContext): Item {
  const links = linksOf(item, context);
  const enclosures = enclosuresOf(item, links, context);
  return known<Item>({
    id: itemId(item),
    title: itemTitle(item),
    url: itemUrl(item, links, context),
    summary: itemSummary(item, context),
    content: itemContent(item, context),
    published: itemPublished(item, context),
    updated: itemUpdated(item, context),
    authors: itemPeople(item, context),
    contributors: contributorsOf(item, context),
    categories: categoriesOf(item),
    enclosures,
    image: imageOf(item, enclosures, context),
    language: itemLanguage(item, context),
    ...rightsOf(item, links, context),
    commentsUrl: commentsUrl(item, links, context),
    source: sourceOf(item, context),
  });
}

/** guid, atom:id, rdf:about, dc:identifier. */
function itemId(item: XmlElement): string | undefined {
  return (
    firstOf(item, ['guid', 'atom:id', 'atom:guid', 'id'], tokenOf) ??
    attributeOf(item, 'rdf:about') ??
    firstOf(item, ['dc:identifier', 'dcterms:identifier'], tokenOf)
  );
}

/** title, atom:title, dc:title, itunes:title, then the title of the media that the item is about. */
function itemTitle(item: XmlElement): string | undefined {
  return (
    firstOf(item, ['title', 'atom:title', 'dc:title', 'itunes:title', 'dcterms:title'], plainOf) ??
    firstValue(mediaElements(item, 'media:title'), plainOf)
  );
}

/**
 * feedburner:origLink, `<link>`, atom:link rel=alternate, a guid that is a permalink and a web address,
 * rdf:about, the page that content out of line stands on.
 */
function itemUrl(item: XmlElement, links: readonly Link[], context: NormalizeContext): string | undefined {
  return (
    firstOf(item, ['feedburner:origlink'], (element) => urlIn(element, tokenOf(element), context)) ??
    linkTo(links, 'alternate') ??
    permalink(item, context) ??
    webAddress(item.attributes.get('rdf:about')) ??
    firstOf(item, ['atom:content'], (element) =>
      /html|^$/.test(element.attributes.get('type') ?? '')
        ? urlIn(element, element.attributes.get('src'), context)
        : undefined,
    )
  );
}

/** https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt: a permalink unless it says no. */
function permalink(item: XmlElement, context: NormalizeContext): string | undefined {
  const guid = child(item, 'guid') ?? child(item, 'atom:guid');
  const isPermalink = guid?.attributes.get('ispermalink')?.trim().toLowerCase();
  if (guid === undefined || isPermalink === 'false') return undefined;
  const id = tokenOf(guid);
  return (
    webAddress(id) ?? (isPermalink === 'true' && id?.startsWith('/') ? urlIn(guid, id, context) : undefined)
  );
}

function webAddress(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return /^https?:\/\/[^\s/]\S*$/i.test(trimmed) ? trimmed : undefined;
}

const summaryChain = [
  'summary',
  'description',
  'atom:summary',
  'atom:description',
  'abstract',
  'dc:description',
  'dcterms:abstract',
  'itunes:summary',
  'googleplay:description',
  'itunes:subtitle',
];

/** RSS's description and Atom's summary, then Dublin Core's, iTunes', and that of the media. */
function itemSummary(item: XmlElement, context: NormalizeContext): string | undefined {
  const read = (element: XmlElement): string | undefined => htmlOf(element, context);
  return firstOf(item, summaryChain, read) ?? firstValue(mediaElements(item, 'media:description'), read);
}

const contentChain = [
  'content:encoded',
  'atom:content',
  'xhtml:body',
  'xhtml:div',
  'body',
  'fullitem',
  'content',
  'encoded',
];

/**
 * content:encoded, atom:content, an XHTML body, and what authors write without a namespace; the description
 * beside a summary or beside another description.
 */
function itemContent(item: XmlElement, context: NormalizeContext): string | undefined {
  const read = (element: XmlElement): string | undefined => htmlOf(element, context);
  return (
    firstOf(item, contentChain, read) ??
    firstValue(contentItems(item), read) ??
    firstValue(named(item, 'description').slice(child(item, 'summary') === undefined ? 1 : 0), read)
  );
}

/** The values in RSS 1.0's first way to give content: http://purl.org/rss/1.0/modules/content/ */
function contentItems(item: XmlElement): readonly XmlElement[] {
  return ['content:items', 'rdf:bag', 'rdf:li', 'content:item', 'rdf:value'].reduce<readonly XmlElement[]>(
    (elements, name) => elements.flatMap((element) => named(element, name)),
    [item],
  );
}

/** `<comments>`, atom:link rel=replies to a page. */
function commentsUrl(
  item: XmlElement,
  links: readonly Link[],
  context: NormalizeContext,
): string | undefined {
  return (
    firstOf(item, ['comments'], (element) => urlIn(element, tokenOf(element), context)) ??
    linkTo(links, 'replies')
  );
}
