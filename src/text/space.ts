/**
 * Runs of white space become one space and the ends are trimmed. White space is what Unicode calls it:
 * no-break (U+00A0) and ideographic (U+3000) spaces, next line (U+0085) and the byte order mark are included.
 */
export function foldSpace(text: string): string {
  return text
    .replace(/[^\S ]|\x85/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
