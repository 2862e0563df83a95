import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { compilePattern, isBounded } from '../../src/topics/pattern.ts';

function places(source: string, text: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  compilePattern(source).each(text, (start, end) => found.push([start, end]));
  return found;
}

function placesByRe2(source: string, text: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  const matcher = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE).matcher(text);
  while (matcher.find()) found.push([matcher.start(), matcher.end()]);
  return found;
}

describe('an expression', () => {
  test('matches in any case, and the places do not overlap', () => {
    expect(places('a.?', 'AbabA')).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
    ]);
  });

  test('takes the first choice that fits, as RE2 does, not the longest', () => {
    expect(places('盘|盘前', '盘前')).toEqual([[0, 1]]);
  });

  test('means the same on both engines', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '金',
      '[^a金]',
      '[ab]',
      '.',
      '(a|金b)',
      '(?:ab|b)',
      '(^|[^b])',
      '(a|$)',
    );
    const counted = fc
      .tuple(piece, fc.constantFrom('', '', '?', '{0,3}', '{2}'))
      .map(([atom, times]) => atom + times);
    const source = fc.array(counted, { minLength: 1, maxLength: 4 }).map((atoms) => atoms.join(''));
    const text = fc.array(fc.constantFrom('a', 'A', 'b', '金', '😀', ' '), { maxLength: 12 });
    fc.assert(
      fc.property(source, text, (expression, characters) => {
        fc.pre(isBounded(expression) && !RE2JS.compile(expression).test(''));
        expect(places(expression, characters.join(''))).toEqual(placesByRe2(expression, characters.join('')));
      }),
      { numRuns: 500 },
    );
  });
});

describe('only expressions of few steps run on the engine that tries every way', () => {
  test.each(['上市', '(高|低)开', '[^a-z]asic$', '净利.{0,8}(增|降)', '(?:第|首)?季报'])(
    '%s does',
    (source) => {
      expect(isBounded(source)).toBe(true);
    },
  );

  test.each([
    ['a*b', 'repeats without an end'],
    ['(a+)+$', 'repeats what repeats'],
    ['a{2,}', 'repeats without an end'],
    ['(.{0,40}a){0,40}b{0,40}', 'has too many ways'],
    [String.raw`\bai\b`, 'has what the engines read differently'],
    ['(?i)a', 'has what the engines read differently'],
    ['[[:alpha:]]', 'has what the engines read differently'],
  ])('%s does not, for it %s', (source) => {
    expect(isBounded(source)).toBe(false);
  });
});
