import { mapHtmlText } from './html/map-text.ts';
import { toSimplified } from './fold.ts';

/** Chinese script: Simplified or Traditional characters. */
type Script = 'hans' | 'hant';

/** Text in one script; text with kana is Japanese and stays as it is, and so do addresses in it. */
export interface ScriptConverter {
  readonly text: (text: string) => string;
  /**
   * The text of sanitized HTML, but for code and preformatted text. A Japanese word in a Chinese article keeps its
   * own sentence as it is; an article in Japanese stays whole, for it has kanji that stand without kana.
   */
  readonly html: (html: string) => string;
  /** What a Chinese language tag is after the conversion; others stay. */
  readonly language: (tag: string) => string;
}

/** Hiragana and katakana, without the marks ・ and ー, which Chinese uses in names as well. */
const kana = /[\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FD-\u30FF]/g;

/** Japanese prose has about as much kana as kanji; Chinese that quotes it has far less. */
const kanaOfHan = 0.2;

function isJapanese(text: string): boolean {
  const quoted = text.match(kana)?.length ?? 0;
  return quoted > 0 && quoted > (text.match(everyHan)?.length ?? 0) * kanaOfHan;
}

const han = /\p{Script=Han}/u;
/** A text that is an address, or an address in a text, or what stands before the next one. */
const parts = /(^\s*https?:\/\/\S+$|https?:\/\/[!-~]+)|(?:(?!https?:\/\/)[^])+/g;
const everyHan = /\p{Script=Han}/gu;

/** The converter to a script. The table to Traditional is loaded when it is first asked for. */
export async function scriptConverter(script: Script): Promise<ScriptConverter> {
  const convert = script === 'hans' ? toSimplified : await toTraditional();
  const text = (given: string): string =>
    han.test(given) && given.search(kana) === -1
      ? given.replace(parts, (part, url?: string) => url ?? convert(part))
      : given;
  return {
    text,
    html: (html) => (isJapanese(html) ? html : mapHtmlText(html, text)),
    language: (tag) => (/^zh\b/i.test(tag) ? `zh-${script === 'hans' ? 'Hans' : 'Hant'}` : tag),
  };
}

async function toTraditional(): Promise<(text: string) => string> {
  const { Converter } = await import('opencc-js/cn2t');
  return Converter({ from: 'cn', to: 't' }) as (text: string) => string;
}
