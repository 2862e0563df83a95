import { expect, test } from 'vitest';
import { holdsC1Controls, readC1Controls } from '../../src/parse/c1-controls.ts';

test('C1 controls are the characters that windows-1252 has in their places', () => {
  expect(readC1Controls('\x80 \x85 \x91a\x92 \x93b\x94 \x96 \x97 \x99 \x9f')).toBe('€ … ‘a’ “b” – — ™ Ÿ');
});

test('five places are empty, and stay as they are', () => {
  expect(readC1Controls('\x81\x8d\x8f\x90\x9d')).toBe('\x81\x8d\x8f\x90\x9d');
});

test('other text stays as it is', () => {
  expect(readC1Controls('\x7f\xa0é中')).toBe('\x7f\xa0é中');
});

test.each([
  ['\x80', true],
  ['\xa0\xbf\x9f', true],
  ['\xa0', false],
  ['\x7fé中', false],
  ['', false],
])('bytes tell whether there are any: %j', (text, expected) => {
  expect(holdsC1Controls(Buffer.from(text))).toBe(expected);
});
