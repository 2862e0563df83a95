import { FeedParseError } from '../../model/errors.ts';
import type { DocumentFormat, Warning } from '../../model/feed.ts';
import { stripForbidden } from '../../text/xml-chars.ts';

/** A line of a document, without its end and what white space stands before that. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}

/** All lines, blank ones too, whatever they end with; no BOM, no character that XML forbids. */
export function documentLines(text: string): readonly Line[] {
  const clean = stripForbidden(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return clean.split(/\r\n|[\r\n]/).map((line, index) => ({ number: index + 1, text: line.trimEnd() }));
}

/** Bytes that were lost on the way to us (a character cut at the edge of a buffer): kept, and said. */
export function replacementWarnings(lines: readonly Line[]): readonly Warning[] {
  return lines
    .filter(({ text }) => text.includes('\uFFFD'))
    .map(({ number }) => ({
      code: 'replacement-character',
      message: 'holds U+FFFD: characters were lost before the document came here',
      line: number,
    }));
}

/**
 * The first line that says something.
 * @throws FeedParseError `empty`
 */
export function firstLine(lines: readonly Line[], format: DocumentFormat): Line {
  const line = lines.find(({ text }) => text !== '');
  if (line === undefined)
    throw new FeedParseError('empty', `parse: ${format}: the document is empty`, { line: 1 });
  return line;
}

export function notOfFormat(format: DocumentFormat, line: number, expected: string): FeedParseError {
  return new FeedParseError('not-of-format', `parse: ${format}: line ${line}: expected ${expected}`, {
    line,
  });
}
