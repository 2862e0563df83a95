import { hash } from 'node:crypto';
import type { KeyVersion } from '../model/settings.ts';
import { withoutAffixes, withoutColumns } from '../text/columns.ts';
import { fold, toSimplified } from '../text/fold.ts';
import { withOneVocabulary } from './vocabulary.ts';

/**
 * Grows with any change of the rules below, of columns or of datelines that makes another key of any title, so
 * that stored keys are made anew. Version 2 of the key is another set of rules beside these; this is theirs both.
 */
export const titleRulesVersion = 2;

export interface TitleKeyOptions {
  /** The column that the title begins or ends with, where the document names one. */
  readonly column?: string;
  /** Further columns and sites that its source lists. */
  readonly columns?: readonly string[];
  /**
   * The version of the key's rules, the fold's tables included; 1 if absent. 2 also knows the names that both
   * sides of the Taiwan Strait have for one thing. It is stored beside every key, so that a better key is a
   * migration and not a flood of entries that look new.
   */
  readonly version?: KeyVersion;
}

/** One step on the way from a title to its key, for people who ask why. */
export interface KeyStep {
  readonly step: 'title' | 'without column' | 'without dateline' | 'folded' | 'key';
  readonly text: string;
}

/**
 * What is left of a title when everything that different sources write differently is gone: columns and
 * datelines, width, case, script, spaces and punctuation. Numbers keep their meaning: `81.7%` is not `817%`,
 * `C#` is not `C`, `−5%` is not `5%`, and `15,841` is `15841`. A key is its own key.
 */
export function titleKey(title: string, options: TitleKeyOptions = {}): string {
  return titleKeySteps(title, options).at(-1)?.text ?? '';
}

/** SHA-256 of the title key, 64 hexadecimal digits. */
export function titleHash(title: string, options: TitleKeyOptions = {}): string {
  return hashKey(titleKey(title, options));
}

/** SHA-256 of a key that was already made, 64 hexadecimal digits. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}

/** The key step by step; the last step's text is the key. */
export function titleKeySteps(
  title: string,
  { column, columns = none, version = 1 }: TitleKeyOptions = {},
): readonly KeyStep[] {
  const all = listed(column, columns);
  const bare = withoutColumns(title, all).text;
  const undated = withoutAffixes(bare, all).text;
  const folded = fold(undated);
  const key = essence(folded);
  return [
    { step: 'title', text: title },
    { step: 'without column', text: bare },
    { step: 'without dateline', text: undated },
    { step: 'folded', text: folded },
    { step: 'key', text: version === 1 ? key : withOneVocabulary(key) },
  ];
}

const none: readonly string[] = [];

/** Digests whose name is the same every day: without it their titles would be the list of another's news. */
const recurringDigests: ReadonlySet<string> = new Set(['8点1氪', '氪星晚报']);

function listed(column: string | undefined, columns: readonly string[]): readonly string[] {
  const all = column === undefined || columns.includes(column) ? columns : [column, ...columns];
  return all.some((name) => recurringDigests.has(name))
    ? all.filter((name) => !recurringDigests.has(name))
    : all;
}

/** Folded text with nothing but letters, digits, and the marks that change what a number or a name means. */
function essence(folded: string): string {
  const numbers = inOneSpelling(joinThousands(zeros(folded)));
  // Taking marks away can bring together what folds further: a letter and its accent, a word's two halves.
  return toSimplified(numbers.replace(mark, keptMark).normalize('NFKC'));
}

/** Where one of the {@link spellings} may be; it is soon told that none is, as in most titles. */
const mayBeSpelled = /[\d%cf][-~〜–—‐‑‒―−∶·‧・ ]|\p{Sc} /u;

function inOneSpelling(text: string): string {
  if (!mayBeSpelled.test(text)) return text;
  return spellings.reduce((rest, [spelling, common]) => rest.replace(spelling, common), text);
}

/** ○ (U+25CB) stands for 〇 in a number that is written in Han digits: 二○二六年. */
function zeros(text: string): string {
  if (!text.includes('○')) return text;
  return text.replace(/[〇零一二三四五六七八九○]+/gu, (run) =>
    /[^○]/u.test(run) ? run.replaceAll('○', '〇') : run,
  );
}

function joinThousands(text: string): string {
  if (!text.includes(',')) return text;
  return text.replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d|,\d)/g, (number) => number.replaceAll(',', ''));
}

/** Signs of a number in a key: letters that no title uses, so that a key's own key keeps them. */
const minus = '\u02D7';
const plus = '\u02D6';

const between = '[-~〜–—‐‑‒―−]';

/**
 * Marks that several spellings share, each with the one that stands for all: what lies between two numbers
 * (10～15, 10——15, 10 - 15), of which the second may be negative (-10～-5); what divides (2∶1, 9·11); and no
 * space beside a unit or a currency.
 */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/(?<=[\d%cf])[~〜–—][-−](?=\d)/gu, `-${minus}`],
  [new RegExp(`(?<=\\d)(${between})\\1?(?=\\d)|(?<=\\d) ${between} (?=\\d)`, 'gu'), '-'],
  [/(?<=\d)∶(?=\d)/gu, ':'],
  [/(?<=\d)[·‧・](?=\d)/gu, '.'],
  [/(?<=\d) (?=[%‰°\p{Sc}])|(?<=\p{Sc}) (?=\d)/gu, ''],
];

/** A character that is neither letter nor digit, or is the ideograph 丨, which is only ever a bar. */
const mark = /[[^\p{L}\p{N}]丨]/gv;

/** Marks that may mean something beside what stands next to them. */
const meaningful = /[\-\u2212+#.\/:\u2044%‰°\u02D7\u02D6\p{Sc}\p{Mn}\p{Mc}]/v;

function keptMark(char: string, at: number, text: string): string {
  if (!meaningful.test(char)) return '';
  const previous = text.charAt(at - 1);
  const next = text.charAt(at + char.length);
  switch (char) {
    case '-':
      if (isDigit(previous) && (isDigit(next) || next === minus)) return char;
      return isSign(text, at) ? minus : '';
    case '\u2212':
      return isSign(text, at) ? minus : '';
    case '+':
      if (isSign(text, at)) return plus;
      return /[a-z0-9]\+?$/.test(text.slice(Math.max(0, at - 2), at)) ? char : '';
    case '#':
      return /[a-z0-9]/.test(previous) ? char : '';
    case '.':
      return (isDigit(previous) && isDigit(next)) || isFraction(text, at) ? char : '';
    case '/':
    case ':':
      return isDigit(previous) && isDigit(next) ? char : '';
    case '\u2044':
      return isDigit(previous) && isDigit(next) ? '/' : '';
    case '%':
    case '‰':
      return isDigit(previous) || isDigit(next) ? char : '';
    case '°':
      return isDigit(previous) && (next === 'c' || next === 'f') ? char : '';
    case minus:
    case plus:
      return isDigit(next) ? char : '';
    default:
      if (/\p{Sc}/u.test(char)) return isDigit(previous) || isDigit(next) ? char : '';
      return isCombining(char) ? char : '';
  }
}

/** Marks that belong to a letter, as vowel signs do; variation selectors and enclosures only dress it. */
function isCombining(char: string): boolean {
  return /\p{Mn}|\p{Mc}/u.test(char) && !/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(char);
}

/** A sign counts before a number at the start, after a space or bracket, or after Han if it is a quantity. */
function isSign(text: string, at: number): boolean {
  if (!isDigit(text.charAt(at + 1))) return false;
  const before = text.slice(Math.max(0, at - 2), at);
  if (before === '' || /[\s\p{Ps}\p{Pi}]$/u.test(before)) return true;
  return /\p{Script=Han}$/u.test(before) && /^\d{1,32}(?:\.\d|%|°c)/.test(text.slice(at + 1, at + 41));
}

/** .5%: the point of a number whose zero is left out, which elsewhere would be the end of a sentence. */
function isFraction(text: string, at: number): boolean {
  return (
    /^\.\d{1,32}[%‰]/.test(text.slice(at, at + 40)) &&
    /(?:^|[\s\p{Ps}\p{Pi}])[-+−]?$/u.test(text.slice(Math.max(0, at - 2), at))
  );
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}
