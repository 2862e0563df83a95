import type { Warning } from '../../model/feed.ts';
import { documentLines, firstLine, notOfFormat, replacementWarnings, type Line } from '../documents/lines.ts';
import type { MarkdownDigestItem, MarkdownDigestWire } from './wire.ts';

const opener = /^#(?:\s+(\S.*))?$/;

/** Alone on its line: 原文链接 also stands in running text, with other links behind it. */
const terminator = /^\[原文链接\]\((https?:\/\/\S+)\)$/;

interface OpenItem {
  readonly line: number;
  readonly title: string;
  readonly body: string[];
}

/**
 * Reads `# title`, the lead as the only quote, blocks, `[原文链接](url)`, and so on.
 *
 * An item opens only after the link of the one before, because bodies have headings of their own. One whose
 * link is lost is given up where the next plainly begins, so that no title gets the link of another item.
 *
 * @throws FeedParseError for a document that does not begin with an item or has no whole one.
 */
export function parseMarkdownDigest(text: string): MarkdownDigestWire {
  const lines = documentLines(text);
  const first = firstLine(lines, 'markdown-digest');
  if (!opener.test(first.text))
    throw notOfFormat('markdown-digest', first.number, 'an item that begins with "# title"');

  const items: MarkdownDigestItem[] = [];
  const warnings: Warning[] = [...replacementWarnings(lines)];
  let open: OpenItem | undefined;
  let astray = false;

  for (const [index, line] of lines.entries()) {
    const link = terminator.exec(line.text)?.[1];
    if (open !== undefined && link !== undefined && URL.canParse(link)) {
      if (open.title === '') warnings.push(untitled(open.line));
      else items.push({ line: open.line, title: open.title, link, blocks: blocksOf(open.body) });
      open = undefined;
      astray = false;
      continue;
    }
    const title = opener.exec(line.text);
    if (title !== null && (open === undefined || plainlyBegins(lines, index))) {
      if (open !== undefined) warnings.push(unlinked(open.line));
      open = { line: line.number, title: title[1] ?? '', body: [] };
      continue;
    }
    if (open !== undefined) open.body.push(line.text);
    else if (!isBlank(line.text) && !astray) {
      astray = true;
      warnings.push(untitled(line.number));
    }
  }
  if (open !== undefined) warnings.push(unlinked(open.line));
  if (items.length === 0)
    throw notOfFormat('markdown-digest', first.number, 'items that end with "[原文链接](url)"');
  return { kind: 'markdown-digest', items, warnings };
}

/** Two blank lines before it and a quoted lead after it: no heading inside a body looks like that. */
function plainlyBegins(lines: readonly Line[], index: number): boolean {
  if (lines[index - 1]?.text !== '' || lines[index - 2]?.text !== '') return false;
  let next = index + 1;
  while (lines[next]?.text === '') next++;
  return lines[next]?.text.startsWith('>') === true;
}

function blocksOf(body: readonly string[]): readonly string[] {
  const begin = body.findIndex((line) => line !== '');
  const leadEnd = body.findIndex((line, index) => index >= begin && !line.startsWith('>'));
  const blocks: string[][] = [[]];
  for (const [index, text] of body.entries()) {
    const isLead = index < leadEnd || leadEnd < 0;
    const line = isLead ? text.replace(/^> ?/, '') : text;
    if (isBlank(line)) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
}

/** No-break spaces are blank too, also escaped twice over (`&amp;nbsp;`), as an editor leaves them. */
function isBlank(text: string): boolean {
  return text.replace(/&(?:amp;)?nbsp;/g, '').trim() === '';
}

function unlinked(line: number): Warning {
  return { code: 'item-without-link', message: 'the item has no [原文链接] line and is left out', line };
}

function untitled(line: number): Warning {
  return { code: 'item-without-title', message: 'text without a "# title" above it is left out', line };
}
