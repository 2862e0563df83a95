import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripForbidden } from '../../src/text/xml-chars.ts';

/** Char of XML 1.0 section 2.2: #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF] */
function isXmlChar(point: number): boolean {
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || point >= 0x10000;
}

describe('stripForbidden', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['a\0b\x01c\x08d\x0be\x0cf\x0eg\x1fh', 'abcdefgh'],
    ['tab\tline\nreturn\r', 'tab\tline\nreturn\r'],
    ['\x7f\x80\x9f', '\x7f\x80\x9f'],
    ['a\ufffeb\uffffc\ufffd', 'abc\ufffd'],
    ['\ud800', '\ufffd'],
    ['a\udc00b\ud83dc', 'a\ufffdb\ufffdc'],
    ['\ude00\ud83d', '\ufffd\ufffd'],
    ['😀 \u{1fffe} \u{10ffff}', '😀 \u{1fffe} \u{10ffff}'],
    ['\u2028 \ufeff \u0085', '\u2028 \ufeff \u0085'],
  ])('%j becomes %j', (text, expected) => {
    expect(stripForbidden(text)).toBe(expected);
  });

  test('takes out each character that is forbidden and no other', () => {
    for (let point = 0; point <= 0xffff; point++) {
      const isSurrogate = point >= 0xd800 && point <= 0xdfff;
      const kept = isXmlChar(point) ? String.fromCharCode(point) : isSurrogate ? '\ufffd' : '';
      if (stripForbidden(String.fromCharCode(point)) !== kept) expect.fail(`U+${point.toString(16)}`);
    }
  });

  test('leaves nothing in any text that XML could not carry, and does nothing the second time', () => {
    const texts = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
    fc.assert(
      fc.property(texts, (text) => {
        const stripped = stripForbidden(text);
        expect(Array.from(stripped).every((character) => isXmlChar(character.codePointAt(0) ?? 0))).toBe(
          true,
        );
        expect(stripForbidden(stripped)).toBe(stripped);
      }),
    );
  });
});
