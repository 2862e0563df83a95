import type { Item, FeedInfo, ParsedFeed } from '../model/feed.ts';
import type { CdfWire } from '../parse/cdf/read-cdf.ts';
import { textOf, type XmlElement } from '../parse/xml/element.ts';
import type { NormalizeContext } from './context.ts';
import { known } from './known.ts';
import { newest } from './limits.ts';
import { firstOf } from './xml/chain.ts';
import { readDate } from './xml/dates.ts';
import { baseOf, urlIn } from './xml/scope.ts';
import { htmlOf, plainOf } from './xml/text-construct.ts';

/** https://www.w3.org/TR/NOTE-CDFsubmit.html: links and dates are attributes, the summary is ABSTRACT. */
export function normalizeCdf({ channel, items }: CdfWire, context: NormalizeContext): ParsedFeed {
  const base = urlIn(channel, channel.attributes.get('base'), context) ?? baseOf(channel, context);
  const inner: NormalizeContext = { ...context, baseUrl: base };
  return {
    feed: known<FeedInfo>({
      format: 'cdf',
      encoding: context.encoding,
      title: firstOf(channel, ['title'], plainOf),
      description: firstOf(channel, ['abstract', 'description'], plainOf),
      homepage: link(channel, inner),
      selfUrl: urlIn(channel, channel.attributes.get('self'), inner),
      updated: modified(channel, inner),
      logo: firstOf(channel, ['logo'], (logo) => urlIn(logo, logo.attributes.get('href'), inner)),
    }),
    items: newest(items, (item) => modified(item, inner), context.warnings).map((item) =>
      normalizeItem(item, inner),
    ),
    warnings: [],
  };
}

function normalizeItem(item: XmlElement, context: NormalizeContext): Item {
  return known<Item>({
    title: firstOf(item, ['title'], plainOf),
    url: link(item, context),
    summary: firstOf(item, ['abstract', 'description'], (element) => htmlOf(element, context)),
    updated: modified(item, context),
    image: firstOf(item, ['logo'], (logo) => urlIn(logo, logo.attributes.get('href'), context)),
  });
}

function link(element: XmlElement, context: NormalizeContext): string | undefined {
  return (
    urlIn(element, element.attributes.get('href'), context) ??
    firstOf(element, ['a'], (anchor) =>
      urlIn(anchor, anchor.attributes.get('href') ?? textOf(anchor), context),
    )
  );
}

function modified(element: XmlElement, context: NormalizeContext): string | undefined {
  return readDate(element.attributes.get('lastmod') ?? '', context);
}
