/**
 * How much a title key says, in characters of Chinese: a Han or kana character counts 1, any other letter or
 * digit a third, the rest nothing. Short keys are common phrases and must not merge.
 */
export function keyLength(key: string): number {
  let thirds = 0;
  for (const char of key) {
    if (!/[\p{L}\p{N}]/u.test(char)) continue;
    // Extensions: the mark of a long vowel, ー, is shared by both kana.
    thirds += /\p{Script=Han}|\p{scx=Hiragana}|\p{scx=Katakana}/u.test(char) ? 3 : 1;
  }
  return thirds / 3;
}
