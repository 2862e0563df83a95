import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldSpace } from '../../src/text/space.ts';

test.each([
  ['', ''],
  ['one two', 'one two'],
  ['  one \t\r\n two  ', 'one two'],
  ['no-break\u00a0and\u00a0\u00a0ideographic\u3000space', 'no-break and ideographic space'],
  ['\ufeffbyte order mark', 'byte order mark'],
  ['next\u0085line, line\u2028separator', 'next line, line separator'],
  ['\u0085 ends \u0085', 'ends'],
  ['zero\u200bwidth', 'zero\u200bwidth'],
])('white space of %j folds to %j', (text, folded) => {
  expect(foldSpace(text)).toBe(folded);
});

test('folded text has no white space but single spaces inside, and folding it again changes nothing', () => {
  const text = fc.string({ unit: fc.constantFrom(' ', '\n', '\u00a0', '\u3000', '\u0085', 'a', '字') });
  fc.assert(
    fc.property(text, (raw) => {
      const folded = foldSpace(raw);
      expect(folded).toMatch(/^(?:[a字]+(?: [a字]+)*)?$/);
      expect(foldSpace(folded)).toBe(folded);
      expect(folded.replaceAll(' ', '')).toBe(raw.replace(/[^a字]/g, ''));
    }),
  );
});
