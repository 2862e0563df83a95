import type { FeedInfo, Item, ParsedFeed } from '../model/feed.ts';
import type { TagPageItem, TagPageWire } from '../parse/tag-page/wire.ts';
import { escapeHtml } from '../text/html/escape.ts';
import { plainTitle } from '../text/html/plain-title.ts';
import type { NormalizeContext } from './context.ts';
import { columnOf } from '../text/columns.ts';
import { firstSentence } from '../text/sentence.ts';
import { leadingTitle } from './documents/leading-title.ts';
import { richText } from './html-field.ts';
import { known } from './known.ts';
import { languageTag } from './language.ts';

/** A recurring coverage of the one known source of the format. */
const ownColumns = ['上海兩會'];

/**
 * Items without id, URL and time: the page prints none, and dates in the prose are those of the events. The tag
 * is found in names and in the middle of words, so it is the feed's title and no item's topic.
 */
export function normalizeTagPage(wire: TagPageWire, context: NormalizeContext): ParsedFeed {
  const columns = [...ownColumns, ...context.columns];
  return {
    feed: known<FeedInfo>({
      format: 'tag-page',
      encoding: context.encoding,
      title: plainTitle(wire.tag, 'text') || undefined,
      language: languageTag(context.hints.language),
    }),
    items: wire.items.map((item) => normalizeItem(item, columns, context)),
    warnings: [],
  };
}

/** No summary: a body is one flattened line, whose beginning is as good as any excerpt made of it. */
function normalizeItem(item: TagPageItem, columns: readonly string[], context: NormalizeContext): Item {
  const title = plainTitle(item.title ?? leadingTitle(item.body) ?? firstSentence(item.body), 'text');
  return known<Item>({
    title: title || undefined,
    content: richText(`<p>${escapeHtml(item.body)}</p>`, context),
    source: item.source === undefined ? undefined : { title: item.source },
    column: columnOf(title, columns),
    agency: item.source,
  });
}
