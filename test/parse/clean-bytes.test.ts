import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCleanUtf8 } from '../../src/parse/clean-bytes.ts';
import { stripForbidden } from '../../src/text/xml-chars.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('clean bytes hold nothing that would be stripped, wherever they lie in memory', () => {
  const unit = fc.constantFrom(
    'a',
    '\n',
    '\r',
    '\t',
    '中',
    '😀',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\0',
    '\u0008',
    '\u000b',
    '\u001f',
    ' ',
    '\u007f',
    '\u0085',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), fc.nat({ max: 3 }), (text, shift) => {
      const bytes = encode('x'.repeat(shift) + text).subarray(shift);
      if (isCleanUtf8(bytes)) expect(stripForbidden(text)).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

test('ordinary text is clean', () => {
  expect(isCleanUtf8(encode('Tides,\r\n\t中文 😀 é'))).toBe(true);
});

test.each(['\0', 'abcdefg\u000b', 'abc\u001fdefgh', '中\uffff'])('%j is not', (text) => {
  expect(isCleanUtf8(encode(text))).toBe(false);
});
