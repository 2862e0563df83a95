import { mapHtmlText } from './html/map-text.ts';
import { toSimplified } from './fold.ts';

/** Chinese script: Simplified or Traditional characters. */
type Script = 'hans' | 'hant';

/** Text in one script; text with kana is Japanese and stays as it is, and so do addresses in it. */
export interface ScriptConverter {
  readonly text: (text: string) => string;
  /** The text of sanitized HTML, but for code and preformatted text. */
  readonly html: (html: string) => string;
  /** What a Chinese language tag is after the conversion; others stay. */
  readonly language: (tag: string) => string;
}

const kana = /[\u3040-\u30FF]/;
const han = /\p{Script=Han}/u;
/** A text that is an address, or an address in a text, or what stands before the next one. */
const parts = /(^\s*https?:\/\/\S+$|https?:\/\/[!-~]+)|(?:(?!https?:\/\/)[^])+/g;

/** The converter to a script. The table to Traditional is loaded when it is first asked for. */
export async function scriptConverter(script: Script): Promise<ScriptConverter> {
  const convert = script === 'hans' ? toSimplified : await toTraditional();
  const text = (given: string): string =>
    han.test(given) && !kana.test(given)
      ? given.replace(parts, (part, url?: string) => url ?? convert(part))
      : given;
  return {
    text,
    html: (html) => (kana.test(html) ? html : mapHtmlText(html, text)),
    language: (tag) => (/^zh\b/i.test(tag) ? `zh-${script === 'hans' ? 'Hans' : 'Hant'}` : tag),
  };
}

async function toTraditional(): Promise<(text: string) => string> {
  const { Converter } = await import('opencc-js/cn2t');
  return Converter({ from: 'cn', to: 't' }) as (text: string) => string;
}
