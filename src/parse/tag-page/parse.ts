import type { Warning } from '../../model/feed.ts';
import { documentLines, firstLine, notOfFormat, replacementWarnings, type Line } from '../documents/lines.ts';
import { spacedSource } from '../documents/spaced-source.ts';
import type { TagPageItem, TagPageWire } from './wire.ts';

/** No space after the mark, or it is a Markdown heading. */
const tagLine = /^#([^#\s].*)$/;

const longestTitle = 200;

/**
 * Reads `#tag`, then a title and a body by turns, each on one line.
 *
 * Lines are told apart by what they are and not by counting: one item without a title would give every later
 * title to the wrong body.
 *
 * @throws FeedParseError for a document that does not begin with a tag, or has text but no body.
 */
export function parseTagPage(text: string): TagPageWire {
  const all = documentLines(text);
  const first = firstLine(all, 'tag-page');
  const tag = tagLine.exec(first.text)?.[1];
  if (tag === undefined) throw notOfFormat('tag-page', first.number, '"#tag"');

  const lines = all.slice(first.number).filter((line) => line.text.trim() !== '');
  const items: TagPageItem[] = [];
  const warnings: Warning[] = [...replacementWarnings(all)];
  let title: Line | undefined;

  for (const [index, line] of lines.entries()) {
    const isBody =
      title === undefined ? isUntitledBody(line.text, lines[index + 1]?.text) : looksLikeBody(line.text);
    if (isBody) {
      items.push(item(title, line));
      title = undefined;
      continue;
    }
    if (title !== undefined) warnings.push(bodiless(title.number));
    title = line;
  }
  if (title !== undefined) warnings.push(bodiless(title.number));
  const [second] = lines;
  if (items.length === 0 && second !== undefined)
    throw notOfFormat('tag-page', second.number, 'a title and its body');
  return { kind: 'tag-page', tag, items, warnings };
}

function looksLikeBody(text: string): boolean {
  return text.length > longestTitle || spacedSource(text) !== undefined;
}

/** A short line before a body is that body's title even if it ends like a body: 財報出爐 (附圖). */
function isUntitledBody(text: string, next: string | undefined): boolean {
  if (!looksLikeBody(text)) return false;
  const couldBeTitle = text.length <= 60 && !text.includes('。') && !text.startsWith('《');
  return !(couldBeTitle && next !== undefined && looksLikeBody(next));
}

function item(title: Line | undefined, body: Line): TagPageItem {
  const source = spacedSource(body.text);
  return {
    line: (title ?? body).number,
    ...(title && { title: title.text.trim() }),
    body: body.text.trim(),
    ...(source && { source }),
  };
}

function bodiless(line: number): Warning {
  return { code: 'item-without-body', message: 'the title has no body below it and is left out', line };
}
