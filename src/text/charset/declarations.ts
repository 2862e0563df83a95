import { decodeAs } from './decode.ts';
import { signatureEncoding } from './signature.ts';

/** How far into a document its own declaration is looked for; the HTML Standard says as much. */
const prologueBytes = 1024;

const parameter = /(?:^|[;,\s])charset\s*[=:]\s*["']?\s*([^\s"';,]+)/i;
const xmlDeclaration = /<\?xml\s[^>]*?encoding\s*=\s*["']\s*([^\s"'>]+)/i;
const htmlMeta = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'>/;]+)/i;

/** The charset of a Content-Type header, however it is spelled: `text/xml; charset="UTF-8"`. */
export function charsetOfContentType(contentType: string): string | undefined {
  return parameter.exec(contentType)?.[1];
}

/**
 * The charset that a document in some superset of ASCII, or in EBCDIC, declares itself, by XML declaration or
 * HTML meta.
 */
export function charsetOfDocument(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, prologueBytes);
  const prologue =
    signatureEncoding(start) === 'ibm037' ? decodeAs(start, 'ibm037') : Buffer.from(start).toString('latin1');
  return (xmlDeclaration.exec(prologue) ?? htmlMeta.exec(prologue))?.[1];
}
