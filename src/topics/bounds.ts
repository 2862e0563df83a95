/**
 * Bounds of Latin words in text that was written without spaces.
 *
 * Chinese copy glues Latin words to what stands beside them (`AI眼镜`, `DreamworldAI`, `MI455GPU`), so a
 * space is not what ends a word. A word ends where the script changes, between letters and digits, and
 * where the case shows it: before a capital that follows a small letter (`DreamworldAI`) or opens a new
 * word (`AMDRyzen`; two small letters must follow, for `GWh` and `GHz` are one unit), and, within capitals,
 * before one of the few words that newsrooms glue to names (`AMDCEO`).
 */
export function isBound(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return true;
  const before = kindAt(text, index - 1);
  const after = kindAt(text, index);
  if (before === 'other' || after === 'other') return true;
  if (before === 'digit' || after === 'digit') return before !== after;
  if (after === 'small') return false;
  if (before === 'small') return true;
  return (
    (kindAt(text, index + 1) === 'small' && kindAt(text, index + 2) === 'small') ||
    gluedWords.has(capitalsFrom(text, index))
  );
}

const gluedWords: ReadonlySet<string> = new Set([
  ...['CEO', 'CFO', 'COO', 'CTO', 'CIO', 'CPU', 'GPU', 'NPU', 'TPU', 'APP', 'ETF', 'IPO'],
]);

const longestGluedWord = 3;

type Kind = 'capital' | 'small' | 'digit' | 'other';

const latinCapital = /^\p{Script=Latin}$/u;
const capital = /^\p{Lu}$/u;
const digit = /^\p{Nd}$/u;
const accent = /^\p{M}$/u;

function kindAt(text: string, index: number): Kind {
  const code = text.charCodeAt(index);
  if (code >= 0x61 && code <= 0x7a) return 'small';
  if (code >= 0x41 && code <= 0x5a) return 'capital';
  if (code >= 0x30 && code <= 0x39) return 'digit';
  // Beyond the Latin blocks up to the full-width forms lies most of the text that is read here.
  if (code < 0x80 || Number.isNaN(code) || (code >= 0x2e80 && code < 0xff00)) return 'other';
  const char = text.charAt(index);
  if (digit.test(char)) return 'digit';
  if (accent.test(char)) return 'small';
  if (!latinCapital.test(char)) return 'other';
  return capital.test(char) ? 'capital' : 'small';
}

/** The capitals from here to the end of their run, or the empty string where they are too many to be a glued word. */
function capitalsFrom(text: string, start: number): string {
  let end = start;
  while (kindAt(text, end) === 'capital') {
    if (++end - start > longestGluedWord) return '';
  }
  return text.slice(start, end).normalize('NFKC');
}
