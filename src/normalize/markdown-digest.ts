import type { FeedInfo, Item, ParsedFeed, Part } from '../model/feed.ts';
import type { MarkdownDigestItem, MarkdownDigestWire } from '../parse/markdown-digest/wire.ts';
import { stripDateline } from '../text/dateline.ts';
import { plainTitle } from '../text/html/plain-title.ts';
import type { NormalizeContext } from './context.ts';
import { bylinesOf, distinctPeople } from './documents/bylines.ts';
import { columnOf } from './documents/columns.ts';
import { digestParts, headlineOf, isDigest, type DigestPart } from './documents/digest-parts.ts';
import { markdownText } from './documents/markdown-inline.ts';
import { renderMarkdown } from './documents/markdown.ts';
import { orderHint } from './documents/order-hint.ts';
import { parseRepost } from './documents/repost.ts';
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
  item: MarkdownDigestItem,
  columns: readonly string[],
  context: NormalizeContext,
): Item {
  const { blocks } = item;
  const title = plainTitle(item.title, 'html');
  const url = withoutFeedMark(item.link);
  const bylines = bylinesOf(blocks, markdownText, (block) => isImage(block) || isHeading(block));
  const reposts = blocks.map((block) =>
    block.startsWith('本文') ? parseRepost(markdownText(block)) : undefined,
  );
  // Authors say what a byline said; a damaged one stays, since nobody else says it.
  const content = blocks.filter((_, index) => bylines.get(index)?.complete !== true);
  const digest = isDigest(content);
  const lead = blocks.find(
    (block, index) =>
      !bylines.has(index) &&
      reposts[index] === undefined &&
      !isHeading(block) &&
      !isImage(block) &&
      !(digest && headlineOf(block) !== undefined),
  );
  const leadText = lead === undefined || digest ? '' : markdownText(lead);
  const source = content.length === 1 ? newsflashSource.exec(leadText)?.[1]?.trim() : undefined;
  const origin = source ?? reposts.find((repost) => repost !== undefined)?.source;

  return known<Item>({
    id: url,
    title: title || undefined,
    url,
    summary: lead === undefined ? undefined : richText(withoutParagraph(renderMarkdown(lead)), context),
    content: richText(renderMarkdown(content.join('\n\n')), context),
    authors: distinctPeople([
      ...[...bylines.values()].flatMap(({ people }) => people),
      ...reposts.flatMap((repost) => repost?.people ?? []),
    ]),
    source: origin === undefined ? undefined : { title: origin },
    column: columnOf(title, columns),
    agency: stripDateline(leadText).agency ?? source,
    orderHint: orderHint(url),
    parts: digest ? digestParts(content).map((part) => normalizePart(part, context)) : undefined,
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

function isHeading(block: string): boolean {
  return /^#{1,6}[ \t]/.test(block);
}

/** One image or several, and nothing else. */
function isImage(block: string): boolean {
  return block.split('\n').every((line) => /^!\[[^\]]*\]\(\S+\)$/.test(line.trim()));
}

/** A summary of one paragraph needs no element around it. */
function withoutParagraph(html: string): string {
  return html.startsWith('<p>') && html.indexOf('</p>') === html.length - 4 ? html.slice(3, -4) : html;
}
