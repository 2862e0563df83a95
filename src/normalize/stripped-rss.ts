import type { FeedInfo, Item, ParsedFeed, Person } from '../model/feed.ts';
import type { StrippedRssItem, StrippedRssWire } from '../parse/stripped-rss/wire.ts';
import { parseDate } from '../text/dates/parse-date.ts';
import { escapeHtml } from '../text/html/escape.ts';
import { plainTitle } from '../text/html/plain-title.ts';
import { resolveUrl } from '../text/url.ts';
import type { NormalizeContext } from './context.ts';
import { boilerplateTest } from './documents/boilerplate.ts';
import { bylinesOf, distinctPeople } from './documents/bylines.ts';
import { columnOf } from '../text/columns.ts';
import { renderParagraphs } from './documents/plain-paragraphs.ts';
import { richText } from './html-field.ts';
import { known } from './known.ts';
import { languageTag } from './language.ts';

export function normalizeStrippedRss(wire: StrippedRssWire, context: NormalizeContext): ParsedFeed {
  const { channel, items } = wire;
  const isBoilerplate = boilerplateTest(items.map(({ paragraphs }) => paragraphs));
  return {
    feed: known<FeedInfo>({
      format: 'stripped-rss',
      encoding: context.encoding,
      title: plainTitle(channel?.title ?? '', 'text') || undefined,
      homepage: resolveUrl(channel?.link ?? ''),
      language: languageTag(context.hints.language) ?? languageTag(channel?.language),
    }),
    items: items.map((item) => {
      const { paragraphs } = item;
      const ends = isBoilerplate(paragraphs.at(-1) ?? '');
      return normalizeItem(
        { ...item, paragraphs: ends ? paragraphs.slice(0, -1) : paragraphs },
        channel?.title,
        context,
      );
    }),
    warnings: [],
  };
}

function normalizeItem(item: StrippedRssItem, channel: string | undefined, context: NormalizeContext): Item {
  const { paragraphs, creator } = item;
  const title = plainTitle(item.title, 'text');
  const bylines = bylinesOf(
    paragraphs,
    (paragraph) => paragraph,
    () => false,
  );
  const content = paragraphs.filter((_, index) => bylines.get(index)?.complete !== true);
  const lead = paragraphs.find((_, index) => !bylines.has(index));
  return known<Item>({
    id: item.link,
    title: title || undefined,
    url: item.link,
    summary: lead === undefined ? undefined : richText(escapeHtml(lead.trim()), context),
    content: richText(renderParagraphs(content), context),
    published: item.pubDate === undefined ? undefined : parseDate(item.pubDate),
    authors: authors(
      creator,
      channel,
      [...bylines.values()].flatMap(({ people }) => people),
    ),
    column: columnOf(title, context.columns),
  });
}

/** A creator that is only the channel again gives way to the person whom a byline names. */
function authors(
  creator: string | undefined,
  channel: string | undefined,
  people: readonly Person[],
): readonly Person[] | undefined {
  const named =
    creator === undefined || (creator === channel && people.length > 0) ? [] : [{ name: creator }];
  return distinctPeople([...named, ...people]);
}
