/**
 * How much a title key says, in characters of Chinese: a Han or kana character counts 1, any other letter or
 * digit a third, the rest nothing. Short keys are common phrases and must not merge.
 */
export function keyLength(key: string): number {
  let thirds = 0;
  for (const char of key) {
    if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(char)) thirds += 3;
    else if (/[\p{L}\p{N}]/u.test(char)) thirds += 1;
  }
  return thirds / 3;
}
