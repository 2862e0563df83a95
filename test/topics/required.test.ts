import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { requiredLiterals } from '../../src/topics/required.ts';

describe('what a pattern cannot match without', () => {
  test.each([
    ['the literal itself', '油价', ['油价']],
    ['a literal among classes', '(^|[^a-z])asic([^a-z]|$)', ['asic']],
    ['the longest stretch', '第.季度营收', ['季度营收']],
    ['either branch', '涨停|跌停', ['涨停', '跌停']],
    ['one word rather than many', '(政府|联邦|白宫).{0,8}停摆', ['停摆']],
    ['the branches, where there is nothing else', '.(纳米|nm)', ['纳米', 'nm']],
    ['no character that may be missing', 'mi ?300', ['300']],
    ['a character that is repeated', 'ab+.c', ['ab']],
    ['a character that is repeated a number of times', 'ab{2,3}', ['ab']],
    ['nothing of what may occur zero times', 'ab{0,3}', ['a']],
    ['a group that is there', '(?:上市)+申请?', ['上市']],
    ['an escaped mark', '\\(300\\d', ['(300']],
    ['a brace that is no quantifier', 'a{b', ['a{b']],
    ['small letters', 'GDP', ['gdp']],
  ])('%s: %s', (_, pattern, expected) => {
    expect(requiredLiterals(pattern)).toEqual(expected);
  });

  test.each([
    ['a class', '[0-9]+'],
    ['an optional group', '(上市)?'],
    ['one branch that may be anything', '上市|.*'],
    ['an empty branch', '(上市|)'],
    ['a class that holds its own bracket', '[]a]b?'],
    ['letters with a case of their own', 'ß'],
    ['syntax that is not followed', '\\Q上市\\E'],
    ['named groups', '(?P<name>上市)'],
    ['groups without end', '('.repeat(200) + 'a' + ')'.repeat(200)],
  ])('nothing is told of %s', (_, pattern) => {
    expect(requiredLiterals(pattern)).toBeUndefined();
  });
});

test('whatever a pattern matches holds one of its literals', () => {
  const { pattern } = fc.letrec<{ pattern: string; sequence: string; atom: string }>((tie) => ({
    pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|')),
    sequence: fc
      .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '?', '*', '+', '{0,2}', '{2}', '??', '+?')), {
        maxLength: 4,
      })
      .map((atoms) => atoms.flat().join('')),
    atom: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\.', '^', '$'),
      tie('pattern').map((inner) => `(${inner})`),
    ),
  }));
  fc.assert(
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.'), maxLength: 8 }),
      (source, text) => {
        let regexp: RE2JS;
        try {
          regexp = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
        } catch {
          return;
        }
        const required = requiredLiterals(source);
        if (required && regexp.test(text))
          expect(required.some((literal) => text.includes(literal))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
