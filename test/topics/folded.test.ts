import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/text/fold.ts';
import { foldText, originOf } from '../../src/topics/folded.ts';

/** What of the original the first occurrence of a folded string comes from. */
function originalOf(text: string, part: string): string {
  const folded = foldText(text);
  const start = folded.folded.indexOf(part);
  return text.slice(originOf(folded, start), originOf(folded, start + part.length));
}

describe('the way back from folded text', () => {
  test.each([
    ['same length', '輝達AMD', 'amd', 'AMD'],
    ['after an ellipsis', '漲…AMD', 'amd', 'AMD'],
    ['before an ellipsis', 'AMD…漲', 'amd', 'AMD'],
    ['full-width', '漲…ＡＭＤ', 'amd', 'ＡＭＤ'],
    ['between ligatures', 'ﬁ AMD ﬂ', 'amd', 'AMD'],
    ['after a character outside the BMP', '🚀AMD', 'amd', 'AMD'],
    ['after a decomposed accent', 'e\u0301…AMD', 'amd', 'AMD'],
    ['an accent on the last letter', 'x…cafe\u0301', 'café', 'cafe\u0301'],
    // 鱇 becomes 𩾌, which is two units long.
    ['after a rare character that grows', '鱇AMD', 'amd', 'AMD'],
  ])('%s', (_, text, part, expected) => {
    expect(originalOf(text, part)).toBe(expected);
  });

  test('ends where the original ends, and never runs backwards', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('…', 'ﬁ', '㎏', 'Ａ', 'é', '鱇', '輝'),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(text, (original) => {
        const folded = foldText(original);
        expect(folded.folded).toBe(fold(original));
        const origins = Array.from({ length: folded.folded.length + 1 }, (_, index) =>
          originOf(folded, index),
        );
        expect(origins.at(-1)).toBe(original.length);
        expect(origins.every((origin, index) => index === 0 || origin >= (origins[index - 1] ?? 0))).toBe(
          true,
        );
      }),
    );
  });
});
