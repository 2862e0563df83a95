import { expect, test } from 'vitest';
import { keyLength } from '../../src/identify/key-length.ts';

test.each([
  ['海港泊位今晨通航', 8],
  ['〇〇', 2],
  ['々', 1],
  ['カーボン', 4],
  ['ひらがな', 4],
  ['nvidia', 2],
  ['2026', 4 / 3],
  ['한국', 2 / 3],
  ['c++', 1 / 3],
  ['-%.:', 0],
  ['', 0],
  ['中ab1', 2],
])('%s is %d long', (key, length) => {
  expect(keyLength(key)).toBeCloseTo(length, 10);
});

test('twenty-four Latin letters are exactly as long as eight Han characters', () => {
  expect(keyLength('abcdefghijklmnopqrstuvwx')).toBe(8);
});
