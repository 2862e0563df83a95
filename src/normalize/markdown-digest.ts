import type { FeedInfo, Item, ParsedFeed, Part } from '../model/feed.ts';
import type { MarkdownDigestItem, MarkdownDigestWire } from '../parse/markdown-digest/wire.ts';
import { stripDateline } from '../text/dateline.ts';
import { plainTitle } from '../text/html/plain-title.ts';
import type { NormalizeContext } from './context.ts';
import { readArticle } from './documents/article.ts';
import { columnOf } from '../text/columns.ts';
import type { DigestPart } from './documents/digest-parts.ts';
import { markdownText } from './documents/markdown-inline.ts';
import { renderMarkdown } from './documents/markdown.ts';
import { orderHint } from './documents/order-hint.ts';
import { richText } from './html-field.ts';
import { known } from './known.ts';
import { languageTag } from './language.ts';

/** The columns of 36kr; those of other sources come as hints. */
const ownColumns = [
  '8点1氪',
  '氪星晚报',
  'CEO锦囊·X计划',
  '36氪研究院',
  '36氪独家',
  '36氪首发',
  '潜伏独角兽',
];

/** The source a newsflash ends with, with or without a full stop before it. */
const newsflashSource = /[（(]([^（）()。，,；;！!？?：:]{2,24})[）)]$/;

/** Of the document, only its items are known: it has no title, and no time but what the ids hold. */
export function normalizeMarkdownDigest(wire: MarkdownDigestWire, context: NormalizeContext): ParsedFeed {
  const columns = [...ownColumns, ...context.columns];
  return {
    feed: known<FeedInfo>({
      format: 'markdown-digest',
      encoding: context.encoding,
      language: languageTag(context.hints.language),
    }),
    items: wire.items.map((item) => normalizeItem(item, columns, context)),
    warnings: [],
  };
}

function normalizeItem(
  { title: printed, link, blocks }: MarkdownDigestItem,
  columns: readonly string[],
  context: NormalizeContext,
): Item {
  const { people, content, lead, parts, origin } = readArticle(blocks);
  const title = plainTitle(printed, 'html');
  const url = withoutFeedMark(link);
  const leadText = lead === undefined || parts.length > 0 ? '' : markdownText(lead);
  const source = content.length === 1 ? newsflashSource.exec(leadText)?.[1]?.trim() : undefined;
  const credited = source ?? origin;
  return known<Item>({
    id: url,
    title: title || undefined,
    url,
    summary: lead === undefined ? undefined : richText(withoutParagraph(renderMarkdown(lead)), context),
    content: richText(renderMarkdown(content.join('\n\n')), context),
    authors: people,
    source: credited === undefined ? undefined : { title: credited },
    column: columnOf(title, columns),
    agency: stripDateline(leadText).agency ?? source,
    orderHint: orderHint(url),
    parts: parts.length > 0 ? parts.map((part) => normalizePart(part, context)) : undefined,
  });
}

function normalizePart({ title, url, section, blocks }: DigestPart, context: NormalizeContext): Part {
  return known<Part>({
    title,
    url: url === undefined ? undefined : withoutFeedMark(url),
    content: richText(renderMarkdown(blocks.join('\n\n')), context),
    section,
  });
}

/** `?f=rss` tells the site where a reader came from; the page is the same without. */
function withoutFeedMark(url: string): string {
  return url.replace(/([?&])f=rss(&|(?=#|$))/, (_, before: string, after: string) =>
    after === '&' ? before : '',
  );
}

/** A summary of one paragraph needs no element around it. */
function withoutParagraph(html: string): string {
  return html.startsWith('<p>') && html.indexOf('</p>') === html.length - 4 ? html.slice(3, -4) : html;
}
