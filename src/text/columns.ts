import { stripDateline } from './dateline.ts';
import { fold } from './fold.ts';
import { foldSpace } from './space.ts';

/**
 * Columns: the affixes of a title that name a recurring column (36氪独家, 盘前必读) or a site, not the story.
 * Only those that somebody lists are ever cut, since cutting at ：or ｜ in general would make different stories
 * one.
 */

/** A title without some of its affixes. */
export interface Bare {
  readonly text: string;
  /** The columns that were taken off, as they are listed, without bars and brackets. */
  readonly columns: readonly string[];
}

/** No column is longer; only so much of a title's ends is looked at. */
const longest = 60;

/** What stands between a column and the title; 丨 is U+4E28, an ideograph that serves as a bar. */
const bars = '｜|丨_\\-－–—―';
const afterPrefix = new RegExp(`[${bars}：:]`, 'gu');
const beforeSuffix = new RegExp(`[${bars}]`, 'gu');
const endBars = new RegExp(`^[\\s${bars}]+|[\\s${bars}]+$`, 'gu');

const opening = '【\\[［「';
const closing = '】\\]］」';
const bracketedPrefix = new RegExp(`^[${opening}]([^${opening}${closing}]{1,${longest}})[${closing}]`, 'u');
const bracketedSuffix = new RegExp(`[${opening}]([^${opening}${closing}]{1,${longest}})[${closing}]$`, 'u');
const marks = new RegExp(`[${opening}${closing}]`, 'gu');

/** The title without all listed columns at its start and its end; a title that is all column stays. */
export function withoutColumns(title: string, columns: readonly string[]): Bare {
  if (columns.length === 0) return { text: title, columns };
  const listed = namesOf(columns);
  const taken: string[] = [];
  let text = title;
  for (let next = withoutOne(text, listed); next; next = withoutOne(text, listed)) {
    text = next.text;
    taken.push(next.column);
  }
  return { text, columns: taken };
}

/** The title without listed columns and datelines, whichever stands first. */
export function withoutAffixes(title: string, columns: readonly string[]): Bare {
  const taken: string[] = [];
  let text = title;
  for (let before = ''; before !== text;) {
    before = text;
    const bare = withoutColumns(text, columns);
    taken.push(...bare.columns);
    text = stripDateline(bare.text).text;
    if (columns.length === 0) break;
  }
  return { text, columns: taken };
}

/** The listed column that a title stands in; the first one where there are several. */
export function columnOf(title: string, columns: readonly string[]): string | undefined {
  return columns.length === 0 ? undefined : withoutAffixes(title, columns).columns[0];
}

const known = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** The columns by their names as they are compared, however they are listed: `【名】`, `名｜`, ` - 名`. */
function namesOf(columns: readonly string[]): ReadonlyMap<string, string> {
  const before = known.get(columns);
  if (before) return before;
  const names = new Map(columns.map((column) => [nameOf(column), undecorated(column)]));
  names.delete('');
  known.set(columns, names);
  return names;
}

function nameOf(affix: string): string {
  return foldSpace(fold(undecorated(affix)));
}

function undecorated(affix: string): string {
  return affix.replace(marks, '').replace(endBars, '');
}

function withoutOne(
  title: string,
  names: ReadonlyMap<string, string>,
): { readonly text: string; readonly column: string } | undefined {
  if (names.size === 0) return undefined;
  const text = title.trim();
  for (const [name, rest] of [...prefixes(text), ...suffixes(text)]) {
    const column = names.get(nameOf(name));
    const bare = column === undefined ? '' : rest.replace(endBars, '');
    if (column !== undefined && bare !== '') return { text: bare, column };
  }
  return undefined;
}

/** What may be a column at the start of a title, each with the rest. */
function prefixes(text: string): readonly (readonly [name: string, rest: string])[] {
  const [whole, name] = bracketedPrefix.exec(text) ?? [];
  if (whole !== undefined && name !== undefined) return [[name, text.slice(whole.length)]];
  return [...text.slice(0, longest).matchAll(afterPrefix)].map(({ 0: bar, index }) => [
    text.slice(0, index),
    text.slice(index + bar.length),
  ]);
}

/** What may be a column at the end of a title. */
function suffixes(text: string): readonly (readonly [name: string, rest: string])[] {
  const [whole, name] = bracketedSuffix.exec(text.slice(-longest - 2)) ?? [];
  if (whole !== undefined && name !== undefined) return [[name, text.slice(0, -whole.length)]];
  const start = Math.max(0, text.length - longest);
  return [...text.slice(start).matchAll(beforeSuffix)].map(({ 0: bar, index }) => [
    text.slice(start + index + bar.length),
    text.slice(0, start + index),
  ]);
}
