/** What the Char production of XML 1.0 (section 2.2) leaves out, lone surrogates aside. */
const forbidden = /[^\t\n\r\x20-\ufffd]/g;

/**
 * The text without the characters that XML 1.0 forbids; lone surrogates, which no encoding can carry, become
 * U+FFFD. A text that is clean is returned as it is, at the cost of one scan.
 */
export function stripForbidden(text: string): string {
  return text.toWellFormed().replace(forbidden, '');
}
