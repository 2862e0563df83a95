import { isAscii, isUtf8 } from 'node:buffer';
import { charsetOfContentType, charsetOfDocument } from './charset/declarations.ts';
import { decodeAs } from './charset/decode.ts';
import { encodingOf } from './charset/labels.ts';
import { isReadable, isReadableUtf8 } from './charset/readable.ts';
import { signatureEncoding } from './charset/signature.ts';
import { isEbcdic } from './charset/single-byte.ts';

const replacement = '\ufffd';
const escape = 0x1b;

export interface CharsetWarning {
  /** `charset-unknown`, `charset-mismatch` or `invalid-bytes` */
  readonly code: string;
  readonly message: string;
  /** 1-based, of the first invalid byte. */
  readonly line?: number;
}

export interface DecodedDocument {
  /** Without byte order mark. */
  readonly text: string;
  /** Lower-case WHATWG name of the encoding in effect, or one that it leaves out: `utf-32le`, `ibm437`. */
  readonly encoding: string;
  readonly warnings: readonly CharsetWarning[];
}

/**
 * The text of a document. In this order decide: a byte order mark; the shape of UTF-16, UTF-32 and EBCDIC; bytes that
 * are UTF-8, whatever is declared; the charset of the HTTP header; the document's own declaration;
 * windows-1252.
 *
 * Where some bytes do not fit, the whole is weighed: an encoding holds as long as the characters beyond ASCII
 * that it makes sense of are at least as many as the bytes that it does not; those become U+FFFD. UTF-8 is
 * weighed first, as nothing else looks like it by chance. So one bad byte spoils one character only, and
 * ASCII with a few bytes that are letters in windows-1252 is windows-1252, even if it declares UTF-8. Where
 * nothing holds, the document is UTF-8.
 */
export function decodeDocument(
  bytes: Uint8Array,
  declared: { readonly contentType?: string | undefined } = {},
): DecodedDocument {
  const labels = [charsetOfContentType(declared.contentType ?? ''), charsetOfDocument(bytes)].filter(
    (label) => label !== undefined,
  );
  const encodings = labels.map(encodingOf).filter((encoding) => encoding !== undefined);
  const isValid = isUtf8(bytes);
  const { encoding, text } = chooseEncoding(bytes, isValid, encodings);

  const warnings = labels.filter((label) => encodingOf(label) === undefined).map(unknownCharset);
  const [promised = encoding] = encodings;
  const isPromised = byteOrderAside(promised) === byteOrderAside(encoding);
  const isPlain = encoding === 'utf-8' && isAscii(bytes); // and so the same in whatever was promised
  if (!isPromised && !isPlain) warnings.push(charsetMismatch(promised, encoding));
  if (!(isValid && encoding === 'utf-8') && text.includes(replacement)) warnings.push(invalidBytes(text));
  return { text, encoding, warnings };
}

interface Decoded {
  readonly encoding: string;
  readonly text: string;
}

function chooseEncoding(bytes: Uint8Array, isValid: boolean, declared: readonly string[]): Decoded {
  const signature = signatureEncoding(bytes);
  if (signature !== undefined)
    return read(bytes, isEbcdic(signature) ? (declared.find(isEbcdic) ?? signature) : signature);
  // ISO-2022-JP is ASCII with escapes, so all of it is valid UTF-8
  if (declared[0] === 'iso-2022-jp' && bytes.includes(escape)) return read(bytes, 'iso-2022-jp');

  const utf8 = read(bytes, 'utf-8');
  const isDisputed = declared.some((encoding) => encoding !== 'utf-8');
  if (isValid || isReadableUtf8(utf8.text, isDisputed, isCutOff(bytes))) return utf8;
  // text in UTF-16 or UTF-32 has spaces or line ends and with them zero bytes, no other text has
  const isWide = bytes.includes(0);
  for (const encoding of [...declared, 'windows-1252']) {
    if (encoding === 'utf-8' || isEbcdic(encoding) || (encoding.startsWith('utf-') && !isWide)) continue;
    const legacy = read(bytes, encoding);
    if (isReadable(legacy.text)) return legacy;
  }
  return utf8;
}

function read(bytes: Uint8Array, encoding: string): Decoded {
  return { encoding, text: decodeAs(bytes, encoding) };
}

/** Whether the last byte continues a character of UTF-8, which then does not end if the text is invalid there. */
function isCutOff(bytes: Uint8Array): boolean {
  return ((bytes.at(-1) ?? 0) & 0xc0) === 0x80;
}

function byteOrderAside(encoding: string): string {
  return encoding.replace(/[bl]e$/, '');
}

function unknownCharset(label: string): CharsetWarning {
  return {
    code: 'charset-unknown',
    message: `declared charset ${JSON.stringify(label.slice(0, 40))} is not known`,
  };
}

function charsetMismatch(promised: string, encoding: string): CharsetWarning {
  return { code: 'charset-mismatch', message: `declared as ${promised}, but read as ${encoding}` };
}

function invalidBytes(text: string): CharsetWarning {
  const parts = text.split(replacement);
  const line = (parts[0] ?? '').split('\n').length;
  return {
    code: 'invalid-bytes',
    message: `bytes that are no text became U+FFFD: ${parts.length - 1}`,
    line,
  };
}
