import type { Enclosure } from '../../model/feed.ts';
import { childrenOf, named, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { firstOf, firstValue } from './chain.ts';
import type { Link } from './links.ts';
import { urlIn } from './scope.ts';
import { tokenOf } from './text-construct.ts';

/** Everything that comes with an item, each URL once; what two elements say of one URL is joined. */
export function enclosuresOf(
  item: XmlElement,
  links: readonly Link[],
  context: NormalizeContext,
): readonly Enclosure[] | undefined {
  const found = new Map<string, Enclosure>();
  const add = (url: string | undefined, type: string | undefined, length: string | undefined): void => {
    if (url === undefined) return;
    found.set(url, { ...enclosure(url, type, length), ...found.get(url) });
  };
  const original = firstOf(item, ['feedburner:origenclosurelink'], (element) =>
    urlIn(element, tokenOf(element), context),
  );
  for (const [index, element] of childrenOf(item, ['enclosure', 'atom:enclosure']).entries()) {
    const { attributes } = element;
    const reference =
      attributes.get('url') ?? attributes.get('href') ?? attributes.get('rdf:resource') ?? tokenOf(element);
    const url = (index === 0 ? original : undefined) ?? urlIn(element, reference, context);
    add(url, attributes.get('type'), attributes.get('length'));
  }
  for (const link of links) if (link.rels.includes('enclosure')) add(link.url, link.type, link.length);
  for (const element of named(item, 'atom:content')) {
    const { attributes } = element;
    const type = attributes.get('type') ?? '';
    if (/^(?:audio|video|image|application)\//i.test(type) && !/xml|html/i.test(type)) {
      add(urlIn(element, attributes.get('src'), context), type, undefined);
    }
  }
  for (const element of mediaElements(item, 'media:content')) {
    const { attributes } = element;
    add(urlIn(element, attributes.get('url'), context), attributes.get('type'), attributes.get('filesize'));
  }
  for (const element of named(item, 'podcast:alternateenclosure')) {
    const { attributes } = element;
    add(webSource(element, context), attributes.get('type'), attributes.get('length'));
  }
  return found.size === 0 ? undefined : [...found.values()];
}

/** The first source that the web has; others are IPFS and torrents. */
function webSource(alternate: XmlElement, context: NormalizeContext): string | undefined {
  return firstOf(alternate, ['podcast:source'], (source) => {
    const url = urlIn(source, source.attributes.get('uri'), context);
    return url !== undefined && /^https?:/i.test(url) ? url : undefined;
  });
}

/** An image that stands for the item: its own, a thumbnail, the show's art, else the first image it comes with. */
export function imageOf(
  item: XmlElement,
  enclosures: readonly Enclosure[] | undefined,
  context: NormalizeContext,
): string | undefined {
  return (
    firstOf(item, ['image', 'atom:image'], (element) => imageUrl(element, context)) ??
    firstValue(mediaElements(item, 'media:thumbnail'), (element) => mediaUrl(element, context)) ??
    showImage(item, context) ??
    firstValue(mediaElements(item, 'media:content').filter(isImage), (element) =>
      mediaUrl(element, context),
    ) ??
    enclosures?.find(({ type }) => type?.startsWith('image/'))?.url
  );
}

/** A podcast's art, also in the way of Apple's first feeds: a link with the relation `image`. */
export function showImage(parent: XmlElement, context: NormalizeContext): string | undefined {
  return (
    firstOf(parent, ['itunes:image', 'googleplay:image'], (element) => imageUrl(element, context)) ??
    firstOf(parent, ['itunes:link'], (element) =>
      element.attributes.get('rel')?.toLowerCase() === 'image' ? imageUrl(element, context) : undefined,
    )
  );
}

/** `<image>` with `<url>`, with an attribute, or with the address as text. */
export function imageUrl(element: XmlElement, context: NormalizeContext): string | undefined {
  const { attributes } = element;
  return (
    firstOf(element, ['url', 'atom:url', 'link'], (inner) => urlIn(inner, tokenOf(inner), context)) ??
    urlIn(
      element,
      attributes.get('href') ?? attributes.get('url') ?? attributes.get('rdf:resource'),
      context,
    ) ??
    (element.children.some((node) => typeof node !== 'string')
      ? undefined
      : urlIn(element, tokenOf(element), context))
  );
}

/** Media RSS elements of an item, in groups and in each other. */
export function mediaElements(parent: XmlElement, name: string): XmlElement[] {
  return childrenOf(parent, [name, 'media:group', 'media:content']).flatMap((element) => {
    const own = element.name === name ? [element] : [];
    return element.children.length === 0 ? own : [...own, ...mediaElements(element, name)];
  });
}

function mediaUrl(element: XmlElement, context: NormalizeContext): string | undefined {
  return urlIn(element, element.attributes.get('url') ?? tokenOf(element), context);
}

/** By its medium, its type, or where neither is given by its name. */
function isImage({ attributes }: XmlElement): boolean {
  const medium = attributes.get('medium') ?? attributes.get('type')?.split('/')[0];
  return medium === undefined
    ? imageName.test(attributes.get('url') ?? '')
    : medium.trim().toLowerCase() === 'image';
}

const imageName = /\.(?:avif|gif|jpe?g|png|webp)(?:$|[?#])/i;

/** A length that is no number of bytes is left out. */
export function enclosure(
  url: string,
  type: string | undefined,
  length: string | number | undefined,
): Enclosure {
  const mediaType = type?.trim();
  const size = String(length ?? '').trim();
  return {
    url,
    ...(mediaType ? { type: mediaType } : {}),
    ...(/^\d{1,15}$/.test(size) ? { length: Number(size) } : {}),
  };
}
