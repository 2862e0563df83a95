import { parseByline } from './byline.ts';
import { markdownText } from './markdown-inline.ts';

/** A sub-item of a digest, its content still Markdown. */
export interface DigestPart {
  readonly title: string;
  readonly url?: string;
  readonly section: string;
  readonly blocks: readonly string[];
}

const section = /^##[ \t]+(\S.*)$/;
const listItem = /^\s*[*+-]\s/;
const linkedHeadline = /^\[\*\*(.+?)\*\*\]\((https?:\/\/[^\s*]+)\)$/;
const boldHeadline = /^\*\*((?:(?!\*\*).)+)\*\*$/;

/**
 * The sub-items of a digest: under each `##` section, bold lines (linked or not) with what follows them. An
 * article has none: there a bold line is text.
 */
export function digestParts(blocks: readonly string[]): readonly DigestPart[] {
  if (!opensLikeDigest(blocks)) return [];
  const parts: (DigestPart & { blocks: string[] })[] = [];
  let current: string | undefined;
  let open = false;
  for (const block of blocks) {
    const title = section.exec(block)?.[1];
    if (title !== undefined) {
      current = markdownText(title)
        .replace(/[：:]$/, '')
        .trim();
      open = false;
      continue;
    }
    const headline = headlineOf(block);
    if (current !== undefined && headline !== undefined) {
      parts.push({ ...headline, section: current, blocks: [] });
      open = true;
    } else if (open) parts.at(-1)?.blocks.push(block);
  }
  return parts;
}

/** With the heading of its first section instead of a lead, and then with news that it names or lists. */
function opensLikeDigest([lead = '', next = '']: readonly string[]): boolean {
  return section.test(lead) && (listItem.test(next) || headlineOf(next) !== undefined);
}

/** The title of a sub-item; a credit in bold (封面来源｜…) is none. */
export function headlineOf(block: string): { title: string; url?: string } | undefined {
  const [, linked, url] = linkedHeadline.exec(block) ?? [];
  if (linked !== undefined && url !== undefined) return { title: markdownText(linked), url };
  const bold = boldHeadline.exec(block)?.[1];
  const title = bold === undefined ? '' : markdownText(bold);
  const isCredit = /[｜丨|]/.test(title) && parseByline(title) !== undefined;
  return title === '' || isCredit ? undefined : { title };
}
