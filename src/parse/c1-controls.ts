/** What windows-1252 has where Unicode has the controls U+0080 to U+009F, which no text needs. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const c1 = /[\x80-\x9f]/g;

/**
 * Text whose C1 controls are the quotes, dashes and dots that their author meant. Programs that took
 * windows-1252 for Latin-1 put them into UTF-8; HTML reads the same numbers as references in this way.
 */
export function readC1Controls(text: string): string {
  c1.lastIndex = 0;
  return c1.test(text)
    ? text.replace(c1, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80))
    : text;
}
