import { TextDecoder } from 'node:util';
import { isSingleByte } from './single-byte.ts';

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
  ...names('gb18030', 'eucgb2312cn gb23121980 xmacsimpchinese'),
  ...names('big5', '950 cp950 ms950 windows950 big5eten big5hkscs big5tw hkscs xmactradchinese'),
  ...names('shift_jis', '932 cp932 ms932 windows932 windows31j shiftjis shiftjis2004 sjis2004 xmacjapanese'),
  ...names('euc-kr', '949 cp949 ms949 uhc euckr ksc56011987 ksx1001 xmackorean'),
  ...names('euc-jp', 'eucjp ujis eucjis2004'),
  ...names('iso-2022-jp', 'iso2022jp iso2022jp1 iso2022jp2 iso2022jp2004 iso2022jp3 iso2022jpext'),
  ...names('iso-8859-13', 'latin7 l7'),
  ...names('iso-8859-14', 'latin8 l8 isoceltic isoir199'),
  ...names('iso-8859-15', 'latin9'),
  ...names('iso-8859-16', 'latin10 l10 isoir226'),
  ...names('windows-874', 'thai tis620 tis6200 tis62025290 tis62025291 isoir166'),
  ...names('windows-1250', 'msee'),
  ...names('windows-1251', 'mscyrl'),
  ...names('windows-1252', 'ansi latin msansi'),
  ...names('windows-1253', 'msgreek'),
  ...names('windows-1254', 'msturk'),
  ...names('windows-1255', 'mshebr'),
  ...names('windows-1256', 'msarab'),
  ...names('windows-1257', 'winbaltrim'),
  ...names('macintosh', 'macroman'),
  ...names('x-mac-cyrillic', 'maccyrillic macukrainian'),
  ...names('x-mac-croatian', 'maccroatian'),
  ...names('x-mac-greek', 'macgreek'),
  ...names('x-mac-icelandic', 'maciceland macicelandic'),
  ...names('x-mac-centraleurroman', 'maclatin2 maccentraleurope maccentraleuro maccenteuro macce'),
  ...names('x-mac-romanian', 'macromanian'),
  ...names('x-mac-turkish', 'macturkish'),
  ...names('hp-roman8', 'hproman8 roman8 r8 cshproman8 cp1051 ibm1051'),
  ...names('koi8-t', 'koi8t'),
  ...names('kz-1048', 'kz1048 rk1048 strk10482002'),
  ...names('ptcp154', 'csptcp154 pt154 cp154 cyrillicasian'),
  ...names('viscii', 'csviscii viscii111'),
  ...names('tcvn', 'tcvn5712 tcvn57121 tcvn571211993'),
  ...names('ibm037', 'ibm039 ebcdiccpus ebcdiccpca ebcdiccpwt ebcdiccpnl'),
  ...names('ibm424', 'ebcdiccphe'),
  ...names('ibm437', 'cspc8codepage437'),
  ...names('ibm500', 'ebcdiccpbe ebcdiccpch'),
  ...names('ibm775', 'cspc775baltic'),
  ...names('ibm850', 'cspc850multilingual'),
  ...names('ibm852', 'cspcp852'),
  ...names('ibm858', 'ibm00858 ccsid00858'),
  ...names('ibm861', 'cpis'),
  ...names('ibm862', 'cspc862latinhebrew'),
  ...names('ibm869', 'cpgr'),
  ...names('ibm1125', 'cp866u ruscii'),
  ...names('ibm1140', 'ibm01140 ccsid01140'),
]);
const windowsCodePage = /^(?:windows|win|cp|ms|ansi|ibm)?(125[0-8]|874)$/;
/** `iso_8859-2:1987`; the year says which edition. */
const isoPart = /^iso8859(\d{1,2}?)(?:19\d\d|200\d)$/;
const ibmCodePage = /^(?:cp|ibm|csibm|dos|x)?(\d{3,4})$/;

/**
 * The encoding in effect for a declared label: a lower-case WHATWG name, or one that the WHATWG leaves out:
 * `utf-32le`, `utf-32be`, a code page (`ibm437`). Undefined for a label that nobody knows. gb2312 and gbk are
 * their superset gb18030.
 */
export function encodingOf(label: string): string | undefined {
  const reduced = label.toLowerCase().replace(/[^a-z0-9]/g, '');
  const page = windowsCodePage.exec(reduced)?.[1];
  const name = page === undefined ? (aliases.get(reduced) ?? ibmPage(reduced)) : `windows-${page}`;
  const spellings = [label, label.replaceAll('_', '-'), reduced, reduced.replace(isoPart, 'iso-8859-$1')];
  const known = spellings.find((spelling) => decoderOf(spelling) !== undefined);
  const encoding = name ?? (known === undefined ? undefined : decoderOf(known)?.encoding);
  return encoding === 'gbk' ? 'gb18030' : encoding;
}

function ibmPage(reduced: string): string | undefined {
  const page = ibmCodePage.exec(reduced)?.[1];
  const name = page === undefined ? reduced : `ibm${page}`;
  return isSingleByte(name) ? name : undefined;
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
