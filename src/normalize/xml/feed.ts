import type { FeedFormat, FeedInfo } from '../../model/feed.ts';
import { header } from '../../parse/hints.ts';
import { attributeOf, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { languageTag } from '../language.ts';
import { categoriesOf } from './categories.ts';
import { firstOf } from './chain.ts';
import { feedPublished, feedUpdated } from './dates.ts';
import { linksOf, linkTo } from './links.ts';
import { imageUrl, showImage } from './media.ts';
import { contributorsOf, feedPeople } from './people.ts';
import { rightsOf } from './rights.ts';
import { urlIn, xmlLang } from './scope.ts';
import { plainOf, tokenOf } from './text-construct.ts';
import { ttlMinutes } from './ttl.ts';

/** The context with a base: where the document does not say what its URLs are relative to, its own links do. */
export function withBase(feed: XmlElement, context: NormalizeContext): NormalizeContext {
  if (context.baseUrl !== undefined) return context;
  const links = linksOf(feed, context);
  return { ...context, baseUrl: linkTo(links, 'self') ?? linkTo(links, 'alternate') };
}

/** What a channel or feed says of itself. */
export function normalizeXmlFeed(feed: XmlElement, format: FeedFormat, context: NormalizeContext): FeedInfo {
  const links = linksOf(feed, context);
  const url = (chain: readonly string[]): string | undefined =>
    firstOf(feed, chain, (element) =>
      urlIn(element, tokenOf(element) ?? element.attributes.get('href'), context),
    );
  return known<FeedInfo>({
    format,
    encoding: context.encoding,
    id:
      firstOf(feed, ['atom:id', 'id', 'guid', 'dc:identifier', 'podcast:guid'], tokenOf) ??
      attributeOf(feed, 'rdf:about'),
    title: firstOf(feed, ['title', 'atom:title', 'dc:title', 'itunes:title', 'media:title'], plainOf),
    description: firstOf(feed, descriptionChain, plainOf),
    homepage: linkTo(links, 'alternate'),
    selfUrl: linkTo(links, 'self'),
    hubUrl: linkTo(links, 'hub'),
    language:
      languageTag(context.hints.language) ??
      declaredLanguage(feed) ??
      // RFC 9110 8.5 allows a list.
      languageTag(header(context.hints, 'content-language')?.split(',')[0]),
    published: feedPublished(feed, context),
    updated: feedUpdated(feed, context),
    authors: feedPeople(feed, context),
    contributors: contributorsOf(feed, context),
    categories: categoriesOf(feed),
    ...rightsOf(feed, links, context),
    generator: generator(feed),
    image: feedImage(feed, context),
    icon: url(['atom:icon', 'icon', 'webfeeds:icon']),
    logo: url(['atom:logo', 'logo', 'webfeeds:logo']),
    ttlMinutes: ttlMinutes(feed),
  });
}

const descriptionChain = [
  'description',
  'atom:subtitle',
  'atom:tagline',
  'dc:description',
  'itunes:summary',
  'itunes:subtitle',
  'googleplay:description',
  'subtitle',
  'tagline',
];

/** RSS's image, which RDF has beside the channel and in it only refers to; the show's art. */
function feedImage(feed: XmlElement, context: NormalizeContext): string | undefined {
  const read = (element: XmlElement): string | undefined => imageUrl(element, context);
  return (
    (feed.parent === undefined ? undefined : firstOf(feed.parent, ['image'], read)) ??
    firstOf(feed, ['image', 'atom:image'], read) ??
    showImage(feed, context) ??
    firstOf(feed, ['media:thumbnail', 'webfeeds:cover'], read)
  );
}

function declaredLanguage(feed: XmlElement): string | undefined {
  return (
    languageTag(firstOf(feed, ['language', 'dc:language', 'dcterms:language', 'atom:language'], tokenOf)) ??
    languageTag(xmlLang(feed))
  );
}

/** The name that a program gives itself, else its address. */
function generator(feed: XmlElement): string | undefined {
  return (
    firstOf(feed, ['generator', 'atom:generator'], tokenOf) ??
    firstOf(feed, ['admin:generatoragent', 'generator', 'atom:generator'], ({ attributes }) =>
      (
        attributes.get('rdf:resource') ??
        attributes.get('uri') ??
        attributes.get('url') ??
        attributes.get('href')
      )?.trim(),
    )
  );
}
