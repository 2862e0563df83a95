import type { Item, ItemSource } from '../../model/feed.ts';
import { child, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { itemLanguage } from '../language.ts';
import { categoriesOf } from './categories.ts';
import { firstOf } from './chain.ts';
import { itemPublished, itemUpdated } from './dates.ts';
import { linksOf, linkText, linkTo, type Link } from './links.ts';
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
  const content = itemContent(item, context);
  const source: ItemSource | undefined = sourceOf(item, context);
  return known<Item>({
    id: itemId(item),
    title: itemTitle(item),
    url: itemUrl(item, links, context),
    summary: itemSummary(item, context),
    content,
    published: itemPublished(item, context),
    updated: itemUpdated(item, context),
    authors: itemPeople(item, context),
    contributors: contributorsOf(item, context),
    categories: categoriesOf(item),
    enclosures,
    image: imageOf(item, enclosures, context),
    language: itemLanguage(item, context),
    rights: rightsOf(item),
    commentsUrl: commentsUrl(item, links, context),
    source,
  });
}

/** guid, atom:id, rdf:about, dc:identifier. */
export function itemId(item: XmlElement): string | undefined {
  const id = firstOf(item, ['guid', 'atom:id', 'atom:guid', 'id'], tokenOf);
  const about = item.attributes.get('rdf:about')?.trim();
  return (
    id ??
    (about === '' ? undefined : about) ??
    firstOf(item, ['dc:identifier', 'dcterms:identifier'], tokenOf)
  );
}

/** title, atom:title, dc:title, itunes:title, then the title of the media that the item is about. */
export function itemTitle(item: XmlElement): string | undefined {
  const title = firstOf(item, ['title', 'atom:title', 'dc:title', 'itunes:title'], plainOf);
  if (title !== undefined) return title;
  for (const element of mediaElements(item, 'media:title')) {
    const text = plainOf(element);
    if (text !== undefined) return text;
  }
  return undefined;
}

/**
 * feedburner:origLink, `<link>`, atom:link rel=alternate, a guid that is a permalink and a web address,
 * rdf:about, the page that content out of line stands on.
 */
export function itemUrl(
  item: XmlElement,
  links: readonly Link[],
  context: NormalizeContext,
): string | undefined {
  return (
    firstOf(item, ['feedburner:origlink'], (element) => urlIn(element, tokenOf(element), context)) ??
    linkText(item, context) ??
    linkTo(links, 'alternate') ??
    permalink(item) ??
    webAddress(item.attributes.get('rdf:about')) ??
    firstOf(item, ['atom:content'], (element) =>
      /html|^$/.test(element.attributes.get('type') ?? '')
        ? urlIn(element, element.attributes.get('src'), context)
        : undefined,
    )
  );
}

function permalink(item: XmlElement): string | undefined {
  const guid = child(item, 'guid');
  if (guid?.attributes.get('ispermalink')?.trim().toLowerCase() === 'false') return undefined;
  return guid === undefined ? undefined : webAddress(tokenOf(guid));
}

function webAddress(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return /^https?:\/\/[^\s/]/i.test(trimmed) && !/\s/.test(trimmed) ? trimmed : undefined;
}

/** description, atom:summary, dc:description, itunes:summary, itunes:subtitle, media:description. */
export function itemSummary(item: XmlElement, context: NormalizeContext): string | undefined {
  const summary = firstOf(
    item,
    [
      'description',
      'atom:summary',
      'dc:description',
      'dcterms:abstract',
      'itunes:summary',
      'itunes:subtitle',
    ],
    (element) => htmlOf(element, context),
  );
  if (summary !== undefined) return summary;
  for (const element of mediaElements(item, 'media:description')) {
    const text = htmlOf(element, context);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** content:encoded, atom:content, xhtml:body, and what authors write without a namespace. */
export function itemContent(item: XmlElement, context: NormalizeContext): string | undefined {
  return firstOf(
    item,
    ['content:encoded', 'atom:content', 'xhtml:body', 'xhtml:div', 'fullcontent', 'content', 'encoded'],
    (element) => htmlOf(element, context),
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
