import type { FeedFormat, FeedInfo } from '../../model/feed.ts';
import type { XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { languageTag } from '../language.ts';
import { categoriesOf } from './categories.ts';
import { firstOf } from './chain.ts';
import { feedPublished, feedUpdated } from './dates.ts';
import { linksOf, linkText, linkTo } from './links.ts';
import { imageUrl } from './media.ts';
import { contributorsOf, feedPeople } from './people.ts';
import { rightsOf } from './rights.ts';
import { urlIn, xmlLang } from './scope.ts';
import { plainOf, tokenOf } from './text-construct.ts';
import { ttlMinutes } from './ttl.ts';

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
    id: firstOf(feed, ['atom:id', 'id', 'guid', 'dc:identifier', 'podcast:guid'], tokenOf) ?? about(feed),
    title: firstOf(feed, ['title', 'atom:title', 'dc:title', 'itunes:title', 'media:title'], plainOf),
    description: firstOf(feed, descriptionChain, plainOf),
    homepage: linkText(feed, context) ?? linkTo(links, 'alternate'),
    selfUrl: linkTo(links, 'self'),
    hubUrl: linkTo(links, 'hub'),
    language: languageTag(context.hints.language) ?? declaredLanguage(feed),
    published: feedPublished(feed, context),
    updated: feedUpdated(feed, context),
    authors: feedPeople(feed, context),
    contributors: contributorsOf(feed, context),
    categories: categoriesOf(feed),
    rights: rightsOf(feed),
    generator: generator(feed),
    image: firstOf(
      feed,
      ['image', 'itunes:image', 'googleplay:image', 'media:thumbnail', 'webfeeds:cover'],
      (element) => imageUrl(element, context),
    ),
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

function about(feed: XmlElement): string | undefined {
  return feed.attributes.get('rdf:about')?.trim() || undefined;
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
