import { expect, test } from 'vitest';
import { parseSrcset } from '../../../src/text/html/srcset.ts';

test.each([
  ['', []],
  [' , ,', []],
  ['a.png', [['a.png', '']]],
  [
    'a.png 1x, b.png 2x',
    [
      ['a.png', '1x'],
      ['b.png', '2x'],
    ],
  ],
  [
    'a.png 1x,b.png 2x',
    [
      ['a.png', '1x'],
      ['b.png', '2x'],
    ],
  ],
  [
    'a.png, b.png 2x',
    [
      ['a.png', ''],
      ['b.png', '2x'],
    ],
  ],
  [
    'w_300,h_200/a.png 300w, w_600,h_400/a.png 600w',
    [
      ['w_300,h_200/a.png', '300w'],
      ['w_600,h_400/a.png', '600w'],
    ],
  ],
  ['a.png,b.png 2x', [['a.png,b.png', '2x']]],
  [
    '\n  a.png\n  480w,\n  b.png\n  800w\n',
    [
      ['a.png', '480w'],
      ['b.png', '800w'],
    ],
  ],
  [
    'data:image/gif;base64,R0lG 1x, b.png 2x',
    [
      ['data:image/gif;base64,R0lG', '1x'],
      ['b.png', '2x'],
    ],
  ],
  [
    'a.png,, b.png',
    [
      ['a.png', ''],
      ['b.png', ''],
    ],
  ],
])('candidates of %j', (srcset, expected) => {
  const candidates = parseSrcset(srcset);
  expect(candidates.map(({ url, descriptor }) => [url, descriptor])).toEqual(expected);
  for (const { url, start } of candidates) expect(srcset.slice(start, start + url.length)).toBe(url);
});
