import { hasReference, printable } from './xml.ts';

/** Texts as the `feed` package has to be given them: it writes through xml-js, which escapes most and not all. */

/** HTML for a CDATA section, which the package would let end at the second `]]>`. */
export const html = (text: string): string => printable(text).replaceAll(']]>', ']]&gt;');

/** Plain text for an element: xml-js takes `&amp;` for an ampersand that is escaped already. */
export const plain = (text: string): string => printable(text).replaceAll('&amp;', '&amp;amp;');

/** Stand for references that xml-js would escape; no text has them, for XML forbids them. */
const ampersand = '\u0001';
const lessThan = '\u0002';

/** What people wrote: where it could be taken for HTML, hexadecimal references say that it is none. */
export function words(text: string): string {
  const clean = printable(text);
  const isTaken = hasReference(clean) || /<[/a-z]/i.test(clean);
  return isTaken ? clean.replaceAll('&', ampersand).replaceAll('<', lessThan) : plain(clean);
}

/** What xml-js wrote, with those references. */
export const written = (text: string): string =>
  text.replaceAll(ampersand, '&#x26;').replaceAll(lessThan, '&#x3C;');
