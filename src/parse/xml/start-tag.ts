import { decodeReferences } from './references.ts';

export const noAttributes: ReadonlyMap<string, string> = new Map();

/** What follows the name in a start tag. */
export interface TagRest {
  readonly attributes: ReadonlyMap<string, string>;
  /** The position after the tag. */
  readonly end: number;
  readonly selfClosing: boolean;
  /** What is wrong with the tag, if anything. */
  readonly problem?: string | undefined;
}

/** More attributes than this on one element are read over. */
const maxAttributes = 256;

/**
 * Reads the attributes of a start tag and its end: quoted, unquoted, without value, given twice (the first
 * counts), with a quote that is never closed, cut off by the next tag or by the end of the document.
 */
export function readTagRest(
  source: string,
  from: number,
  findQuote: Record<'"' | "'", (from: number) => number>,
): TagRest {
  const attributes = new Map<string, string>();
  let problem: string | undefined;
  let at = from;

  const set = (name: string, value: string): void => {
    if (attributes.has(name)) problem ??= `the attribute ${name} is given twice`;
    else if (attributes.size < maxAttributes) attributes.set(name, value);
    else problem ??= `more than ${maxAttributes} attributes`;
  };
  const finish = (end: number, selfClosing: boolean): TagRest => ({ attributes, end, selfClosing, problem });

  for (;;) {
    at = skipSpace(source, at);
    const code = source.charCodeAt(at);
    if (code === GT) return finish(at + 1, false);
    if (code === SLASH && source.charCodeAt(at + 1) === GT) return finish(at + 2, true);
    if (code === LT || Number.isNaN(code)) {
      problem ??= 'a tag is not closed';
      return finish(at, false);
    }
    const nameStart = at;
    at = nameEnd(source, at);
    if (at === nameStart) {
      problem ??= 'a tag holds something that is no attribute';
      at++;
      continue;
    }
    const name = source.slice(nameStart, at);
    const afterName = skipSpace(source, at);
    if (source.charCodeAt(afterName) !== EQUALS) {
      problem ??= `the attribute ${name} has no value`;
      set(name, '');
      continue;
    }
    at = skipSpace(source, afterName + 1);
    const quote = source.charAt(at);
    const close = quote === '"' || quote === "'" ? findQuote[quote](at + 1) : undefined;
    if (close !== undefined && close !== -1 && endsValue(source, at + 1, close)) {
      set(name, attributeValue(source.slice(at + 1, close)));
      at = close + 1;
      continue;
    }
    problem ??= `the value of ${name} is not quoted`;
    const start = close === undefined ? at : at + 1;
    at = unquotedEnd(source, start);
    set(name, attributeValue(source.slice(start, at)));
  }
}

/**
 * Whether the quote that was found closes the value. After a closing quote comes space or the tag's end;
 * where it does not, and the value holds a tag, the quote found is the opening one of a later attribute.
 */
function endsValue(source: string, start: number, close: number): boolean {
  const after = source.charCodeAt(close + 1);
  if (isSpace(after) || after === GT || after === SLASH || Number.isNaN(after)) return true;
  return !source.slice(start, close).includes('<');
}

function attributeValue(raw: string): string {
  const value = raw.includes('&') ? decodeReferences(raw) : raw;
  return value.includes('\n') || value.includes('\t') ? value.replace(/[\t\n]/g, ' ') : value;
}

function unquotedEnd(source: string, from: number): number {
  let at = from;
  for (; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (isSpace(code) || code === GT || code === LT) break;
    if (code === SLASH && source.charCodeAt(at + 1) === GT) break;
  }
  return at;
}

function nameEnd(source: string, from: number): number {
  let at = from;
  for (; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === EQUALS || code === GT || code === SLASH || code === LT || isSpace(code)) break;
  }
  return at;
}

function skipSpace(source: string, from: number): number {
  let at = from;
  while (isSpace(source.charCodeAt(at))) at++;
  return at;
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

const LT = 60;
const GT = 62;
const SLASH = 47;
const EQUALS = 61;
