const replacement = 0xfffd;

/** Text in GBK, Big5, Shift_JIS and EUC read as UTF-8 makes about four bad characters to each that looks good. */
const chanceRatio = 4;

/** Whether text that was decoded from a legacy encoding makes sense: at most half of it beyond ASCII is noise. */
export function isReadable(text: string): boolean {
  const { good, bad } = weigh(text);
  return bad <= good;
}

/**
 * Whether bytes that are no valid UTF-8 are UTF-8 nevertheless: the same, but clearly so when the document
 * declares something else. A character that is cut at the very end says nothing against the others.
 */
export function isReadableUtf8(text: string, isDisputed: boolean, isCut: boolean): boolean {
  const { good, bad } = weigh(text);
  const isExcused = text.charCodeAt(text.length - 1) === replacement && (isCut || good > 0);
  return (bad - (isExcused ? 1 : 0)) * (isDisputed ? chanceRatio : 1) <= good;
}

/** C1 control characters are what windows-1252 and its kin make of bytes that mean nothing to them. */
function weigh(text: string): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0xa0 || unit === replacement) bad++;
    else good++;
  }
  return { good, bad };
}
