import type { FeedInfo, Item, ParsedFeed } from '../model/feed.ts';
import type { TelegraphItem, TelegraphWire } from '../parse/telegraph/wire.ts';
import { stripDateline } from '../text/dateline.ts';
import { escapeHtml } from '../text/html/escape.ts';
import { plainTitle } from '../text/html/plain-title.ts';
import { formatTimestamp } from '../text/timestamp.ts';
import { zonedDate } from '../text/zones.ts';
import type { NormalizeContext } from './context.ts';
import { splitNames } from './documents/byline.ts';
import { columnOf } from '../text/columns.ts';
import { repeatsTitle } from './documents/promo.ts';
import { firstSentence } from '../text/sentence.ts';
import { richText } from './html-field.ts';
import { known } from './known.ts';
import { languageTag } from './language.ts';

/** Items in the order of the file, which is the only order within a minute. */
export function normalizeTelegraph(wire: TelegraphWire, context: NormalizeContext): ParsedFeed {
  return {
    feed: known<FeedInfo>({
      format: 'telegraph',
      encoding: context.encoding,
      title: plainTitle(wire.title, 'text') || undefined,
      language: languageTag(context.hints.language),
      categories: wire.level === undefined ? undefined : [{ term: wire.level }],
    }),
    items: wire.items.map((item) => normalizeItem(item, context)),
    warnings: [],
  };
}

function normalizeItem(item: TelegraphItem, context: NormalizeContext): Item {
  const { text, agency } = stripDateline(item.body);
  const title = plainTitle(item.title ?? firstSentence(withoutSource(text, item)), 'text');
  const date = zonedDate(item.time, context.timezone);
  const reporters = splitNames(item.reporters ?? '');
  const isPromo =
    item.column !== undefined &&
    item.title !== undefined &&
    agency === undefined &&
    repeatsTitle(item.title, text);
  return known<Item>({
    title: title || undefined,
    summary: richText(escapeHtml(text), context),
    content: item.body === '' ? undefined : richText(`<p>${escapeHtml(item.body)}</p>`, context),
    published: date === undefined ? undefined : formatTimestamp(date),
    authors: reporters?.map((name) => ({ name, role: '记者' })),
    source: item.source === undefined ? undefined : { title: item.source },
    column: item.column ?? columnOf(title, context.columns),
    agency: agency ?? item.source,
    promo: isPromo || undefined,
  });
}

function withoutSource(text: string, { source }: TelegraphItem): string {
  return source === undefined ? text : text.slice(0, text.lastIndexOf('(')).trimEnd();
}
