/**
 * Byte order marks and the shapes of a first ASCII character or two in wide encodings (XML 1.0 appendix F,
 * RFC 4627 section 3). x is an ASCII character. The longer one stands before what it begins with.
 */
const signatures: readonly (readonly [string, readonly (number | 'x')[]])[] = [
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
  ['utf-32be', [0x00, 0x00, 0x00, 'x']],
  ['utf-32le', ['x', 0x00, 0x00, 0x00]],
  ['utf-16be', [0x00, 'x', 0x00, 'x']],
  ['utf-16le', ['x', 0x00, 'x', 0x00]],
  ['ibm037', [0x4c, 0x6f, 0xa7, 0x94]], // `<?xm` in any EBCDIC; its declaration says in which
];

/** The encoding that the first bytes of a document give away. */
export function signatureEncoding(bytes: Uint8Array): string | undefined {
  const [encoding] =
    signatures.find(([, pattern]) => pattern.every((want, index) => fits(bytes[index], want))) ?? [];
  return encoding;
}

function fits(byte: number | undefined, want: number | 'x'): boolean {
  if (byte === undefined) return false;
  return want === 'x' ? byte > 0 && byte < 0x80 : byte === want;
}
