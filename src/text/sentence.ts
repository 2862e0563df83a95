const opening = '“‘「『（(《〈【[';
const closing = '”’」』）)》〉】]';

/**
 * The first sentence of a text, without its full stop; ! and ? stay. A sentence ends outside of quotes and
 * brackets, or with the quote that it ends in; where brackets do not match, at the first full stop.
 */
export function firstSentence(text: string): string {
  const start = text.trim().slice(0, 4096);
  const end = sentenceEnd(start, true) ?? sentenceEnd(start, false) ?? start.length;
  return start
    .slice(0, end)
    .replace(/[。.]$/, '')
    .trim();
}

function sentenceEnd(text: string, nested: boolean): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (nested && opening.includes(char)) depth++;
    if (nested && closing.includes(char)) {
      depth--;
      if (depth === 0 && text[at - 1] === '。') return at + 1;
    }
    if (depth <= 0 && isStop(char, text[at + 1])) return at + 1;
  }
  return undefined;
}

/** An ASCII ! or ? may be a part of a name or an address, and a point of a number: what follows tells. */
function isStop(char: string, next = ''): boolean {
  if (char === '.') return /^\s$/.test(next);
  if (char === '!' || char === '?') return !/^[\w\s/=&-]$/.test(next);
  return char === '。' || char === '！' || char === '？';
}
