import { RE2JS } from 're2js';

/** A compiled regular expression, in any case, that takes time in proportion to the text. */
export interface Pattern {
  readonly test: (text: string) => boolean;
  /** Calls `found` with each place where the text matches, from left to right; none overlap. */
  readonly each: (text: string, found: (start: number, end: number) => void) => void;
}

/**
 * Compiles an expression with RE2's syntax and meaning. One that can take only so many steps at a place runs on
 * the engine of JavaScript, which is many times as fast; any other on a port of RE2.
 * @throws where it is no RE2 expression
 */
export function compilePattern(source: string): Pattern {
  const linear = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  const native = isBounded(source) ? new RegExp(source, 'giu') : undefined;
  return native ? runByNative(native) : runByRe2(linear);
}

function runByNative(regexp: RegExp): Pattern {
  return {
    test: (text) => {
      regexp.lastIndex = 0;
      return regexp.test(text);
    },
    each: (text, found) => {
      for (const match of text.matchAll(regexp)) found(match.index, match.index + match[0].length);
    },
  };
}

function runByRe2(regexp: RE2JS): Pattern {
  return {
    test: (text) => regexp.test(text),
    each: (text, found) => {
      const matcher = regexp.matcher(text);
      while (matcher.find()) found(matcher.start(), matcher.end());
    },
  };
}

/** What both engines read alike: characters, classes of characters, groups, choices, ends and counts. */
const common = /^(?:[^\\[\](){}*+?|^$]|\[\^?[^\\[\]^]+\]|\((?:\?:|(?!\?))|[)|^$?]|\{\d+(?:,\d+)?\})*$/u;

/** At most so many ways to match at one place are tried. */
const maxSteps = 4096;

/**
 * Whether an expression repeats nothing without an end, and the product of all its counts is small: then even
 * an engine that tries every way takes no more than so many steps at a place. A counted group must not match
 * nothing at all, for that is where the engines differ.
 */
export function isBounded(source: string): boolean {
  if (!common.test(source)) return false;
  const outline = source.replace(/\[[^\]]*\]/gu, 'c').replaceAll('(?:', '(');
  const counts = Array.from(outline.matchAll(/\{(\d+)(?:,(\d+))?\}|\?/gu), ([, least, most]) =>
    least === undefined ? 2 : Number(most ?? least) + 1,
  );
  return (
    counts.reduce((product, count) => product * count, 1) <= maxSteps &&
    !countedGroups(outline).some(mayBeEmpty)
  );
}

/** The groups that a count follows, from their opening to their closing bracket. */
function countedGroups(outline: string): readonly string[] {
  const open: number[] = [];
  return Array.from(outline).flatMap((char, at, { [at + 1]: next }) => {
    if (char === '(') open.push(at);
    const from = char === ')' ? open.pop() : undefined;
    if (from === undefined || (next !== '?' && next !== '{')) return [];
    return [
      Array.from(outline)
        .slice(from, at + 1)
        .join(''),
    ];
  });
}

/** In an empty text every end holds, so what can match nothing anywhere does so there. */
function mayBeEmpty(group: string): boolean {
  return RE2JS.compile(group).test('');
}
