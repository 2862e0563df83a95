import type { ItemSource } from '../../model/feed.ts';
import { child, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { categoriesOf } from './categories.ts';
import { firstOf } from './chain.ts';
import { feedUpdated } from './dates.ts';
import { linksOf, linkTo } from './links.ts';
import { contributorsOf, feedPeople } from './people.ts';
import { rightsOf } from './rights.ts';
import { urlIn } from './scope.ts';
import { plainOf, tokenOf } from './text-construct.ts';

/** The feed that an item was taken from: atom:source with all it says, else RSS's `<source url>`. */
export function sourceOf(item: XmlElement, context: NormalizeContext): ItemSource | undefined {
  const atom = child(item, 'atom:source');
  if (atom !== undefined) return notEmpty(atomSource(atom, context));
  const rss = child(item, 'source');
  if (rss === undefined) return undefined;
  return notEmpty(
    known<ItemSource>({
      title: firstOf(rss, ['title'], plainOf) ?? (child(rss, 'url') === undefined ? plainOf(rss) : undefined),
      url:
        urlIn(rss, rss.attributes.get('url') ?? rss.attributes.get('href'), context) ??
        firstOf(rss, ['url', 'link'], (element) => urlIn(element, tokenOf(element), context)),
    }),
  );
}

function atomSource(source: XmlElement, context: NormalizeContext): ItemSource {
  const links = linksOf(source, context);
  const image = (name: string): string | undefined =>
    firstOf(source, [name], (element) => urlIn(element, tokenOf(element), context));
  return known<ItemSource>({
    id: firstOf(source, ['atom:id', 'id'], tokenOf),
    title: firstOf(source, ['atom:title'], plainOf),
    url: linkTo(links, 'self') ?? linkTo(links, 'alternate'),
    homepage: linkTo(links, 'alternate'),
    updated: feedUpdated(source, context),
    ...rightsOf(source, links, context),
    authors: feedPeople(source, context),
    contributors: contributorsOf(source, context),
    categories: categoriesOf(source),
    image: image('atom:logo'),
    icon: image('atom:icon'),
    description: firstOf(source, ['atom:subtitle', 'atom:tagline'], plainOf),
    generator: firstOf(source, ['atom:generator'], tokenOf),
  });
}

function notEmpty(source: ItemSource): ItemSource | undefined {
  return Object.keys(source).length === 0 ? undefined : source;
}
