/** What windows-1252 has where Unicode has the controls U+0080 to U+009F, which no text needs. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The byte with which each of them begins in UTF-8, as do U+00A0 to U+00BF. */
const leadByte = 0xc2;

/** Whether bytes of UTF-8 hold a C1 control; asking them costs a tenth of asking their text. */
export function holdsC1Controls(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(leadByte); at !== -1; at = bytes.indexOf(leadByte, at + 1)) {
    if ((bytes[at + 1] ?? 0xff) < 0xa0) return true;
  }
  return false;
}

/**
 * Text whose C1 controls are the quotes, dashes and dots that their author meant. Programs that took
 * windows-1252 for Latin-1 put them into UTF-8; HTML reads the same numbers as references in this way.
 */
export function readC1Controls(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80));
}
