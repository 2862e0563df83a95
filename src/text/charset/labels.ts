import { TextDecoder } from 'node:util';

/** Decoders of the platform, which has all encodings of the WHATWG, made once. */
const decoders = new Map<string, TextDecoder>();

/** Spellings that are no labels of the WHATWG Encoding Standard, reduced to their letters and digits. */
const aliases = new Map([
  ...names('utf-8', 'utf8mb3 utf8mb4 utf8sig utf8bom xutf8'),
  ...names('utf-16le', 'utf16 utf16le'),
  ...names('utf-16be', 'utf16be'),
  ...names('utf-32le', 'utf32 utf32le ucs4 ucs4le iso10646ucs4 csucs4'),
  ...names('utf-32be', 'utf32be ucs4be'),
  ...names('gb18030', '936 cp936 ms936 windows936 euccn gb231280 gb180302000 gb180302005 gb180302022'),
  ...names('big5', '950 cp950 ms950 windows950 big5eten big5hkscs'),
  ...names('shift_jis', '932 cp932 ms932 windows932 windows31j'),
  ...names('euc-kr', '949 cp949 ms949 uhc'),
  ...names('euc-jp', 'eucjp ujis'),
  ...names('windows-1252', 'ansi latin'),
  ...names('macintosh', 'macroman'),
]);
const windowsCodePage = /^(?:windows|win|cp|ms|ansi|ibm)?(125[0-8]|874)$/;

/**
 * The encoding in effect for a declared label: a lower-case WHATWG name, or `utf-32le` or `utf-32be`, which
 * the WHATWG leaves out; undefined for a label that nobody knows. gb2312 and gbk are their superset gb18030.
 */
export function encodingOf(label: string): string | undefined {
  const reduced = label.toLowerCase().replace(/[^a-z0-9]/g, '');
  const page = windowsCodePage.exec(reduced)?.[1];
  const name = page === undefined ? aliases.get(reduced) : `windows-${page}`;
  const encoding =
    name ?? (decoderOf(label) ?? decoderOf(label.replaceAll('_', '-')) ?? decoderOf(reduced))?.encoding;
  return encoding === 'gbk' ? 'gb18030' : encoding;
}

/** The platform's decoder, which replaces what it cannot read by U+FFFD; undefined when it has none. */
export function decoderOf(label: string): TextDecoder | undefined {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  try {
    const decoder = new TextDecoder(label);
    decoders.set(decoder.encoding, decoder);
    return decoder;
  } catch {
    return undefined;
  }
}

function names(encoding: string, labels: string): readonly (readonly [string, string])[] {
  return labels.split(' ').map((label) => [label, encoding]);
}
