import { ConverterBuilder } from 'opencc-js/core';
import * as tables from 'opencc-js/preset/t2cn';

/**
 * Folding: the many spellings of one text become one string, so that texts can be compared.
 *
 * Width and compatibility forms, case, radicals, and Traditional against Simplified script are the same
 * after it; punctuation and spaces are kept. The version changes with any change of the result for any text, the
 * tables of opencc-js included, because stored hashes depend on it: they are made anew then.
 */
export const foldVersion = '1, opencc-js 1.4.2';

const convert = ConverterBuilder(tables)({ from: 't', to: 'cn' });

/** What the table of opencc-js leaves as two spellings of one word. */
const alsoSimplified: readonly (readonly [RegExp, string])[] = [
  [/著/gu, '着'],
  [/衞/gu, '卫'],
  [/身分/gu, '身份'],
  [/帐户/gu, '账户'],
];

/** Radicals of U+2E80–2EF3 that NFKC leaves, each before its character (Unicode EquivalentUnifiedIdeograph). */
const radicalPairs =
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬' +
  '⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳罓⺴罓⺵罓⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西' +
  '⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨' +
  '⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀';

const characterOf = new Map<string, string>();
for (let i = 0; i < radicalPairs.length; i += 2)
  characterOf.set(radicalPairs.charAt(i), radicalPairs.charAt(i + 1));

const radical = /[\u2E80-\u2EF3]/g;

/**
 * The UTF-16 units that a conversion may replace. Most news is Simplified already, and looking for them takes a
 * tenth of the time of a conversion that changes nothing.
 */
const replaceable = new Uint8Array(0x10000);
for (const table of Object.values(tables.configs['t2s'] ?? {}).flat(2)) {
  if (typeof table !== 'string') continue;
  for (const pair of table.split('|')) {
    const [from = [], to = []] = pair.split(' ').map((word) => Array.from(word));
    for (const [at, char] of from.entries()) if (char !== to[at]) replaceable[char.charCodeAt(0)] = 1;
  }
}
for (const [{ source }] of alsoSimplified) replaceable[source.charCodeAt(0)] = 1;

/** Traditional characters to Simplified, to a fixpoint. */
export function toSimplified(text: string): string {
  if (!mayChange(text)) return text;
  let current = text;
  // A second round is rare and a fourth unknown; the bound only keeps a bad table from looping.
  for (let round = 0; round < 4; round++) {
    let next = convert(current);
    for (const [from, to] of alsoSimplified) next = next.replace(from, to);
    if (next === current) return next;
    current = next;
  }
  return current;
}

function mayChange(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (replaceable[text.charCodeAt(at)] === 1) return true;
  return false;
}

const ascii = /^[\0-\x7f]*$/;

/** The text with width, compatibility forms, case and script folded; idempotent. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const composed = text
    .normalize('NFKC')
    .replace(radical, (char) => characterOf.get(char) ?? char)
    .toLowerCase()
    .normalize('NFKC');
  return toSimplified(composed);
}
