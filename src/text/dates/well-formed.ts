import { epochMs } from './calendar.ts';

const T = 0x54;
const Z = 0x5a;
const colon = 0x3a;
const comma = 0x2c;
const dash = 0x2d;
const dot = 0x2e;
const plus = 0x2b;
const space = 0x20;

/** Months by the three letters of their names, packed into one number. */
const months = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map(
    (name, index) => [lettersAt(name, 0), index + 1] as const,
  ),
);

/**
 * Epoch milliseconds of a date in one of the two shapes that nearly all feeds use, read without any regular
 * expression: `2026-01-05T21:45:00Z` and `Mon, 05 Jan 2026 21:45:00 +0800`. Every other text is undefined
 * here, whether it is a date or not. Inside, what is not there is NaN, which spoils the whole sum.
 */
export function wellFormedDate(text: string): number | undefined {
  if (text.length < 20 || text.length > 35) return undefined;
  const isRfc3339 = text.charCodeAt(10) === T;
  const ms = isRfc3339 ? rfc3339(text) : rfc822(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function rfc3339(text: string): number {
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return NaN;
  const midnight = midnightOf(yearAt(text, 0), pairAt(text, 5), pairAt(text, 8));
  let millisecond = 0;
  let end = 19;
  if (text.charCodeAt(end) === dot) {
    for (end = 20; digitAt(text, end) >= 0; end++) {
      if (end < 23) millisecond += digitAt(text, end) * 10 ** (22 - end);
    }
    if (end === 20) return NaN;
  }
  return midnight + (secondsAt(text, 11) - offsetAt(text, end)) * 1000 + millisecond;
}

function rfc822(text: string): number {
  if (!(lettersAt(text, 0) > 0) || text.charCodeAt(3) !== comma || text.charCodeAt(4) !== space) return NaN;
  const isOneDigit = text.charCodeAt(6) === space;
  const day = isOneDigit ? digitAt(text, 5) : pairAt(text, 5);
  const at = isOneDigit ? 7 : 8;
  const month = months.get(lettersAt(text, at)) ?? NaN;
  const isSpaced =
    text.charCodeAt(at - 1) === space &&
    text.charCodeAt(at + 3) === space &&
    text.charCodeAt(at + 8) === space &&
    text.charCodeAt(at + 17) === space;
  if (!isSpaced) return NaN;
  const midnight = midnightOf(yearAt(text, at + 4), month, day);
  return midnight + (secondsAt(text, at + 9) - offsetAt(text, at + 18)) * 1000;
}

function midnightOf(year: number, month: number, day: number): number {
  return epochMs({ year, month, day, hour: 0, minute: 0, second: 0 }) ?? NaN;
}

/** `hh:mm:ss` in seconds; a leap second and 24:00 are left to those who look closer. */
function secondsAt(text: string, index: number): number {
  if (text.charCodeAt(index + 2) !== colon || text.charCodeAt(index + 5) !== colon) return NaN;
  const hour = pairAt(text, index);
  const minute = pairAt(text, index + 3);
  const second = pairAt(text, index + 6);
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : NaN;
}

/** Seconds east of UTC by a `Z`, `GMT`, `+0800` or `+08:00` that ends the text. */
function offsetAt(text: string, index: number): number {
  const first = text.charCodeAt(index);
  const length = text.length - index;
  if ((length === 1 && first === Z) || (length === 3 && text.endsWith('GMT'))) return 0;

  const minuteIndex = index + (text.charCodeAt(index + 3) === colon ? 4 : 3);
  const hours = pairAt(text, index + 1);
  const minutes = pairAt(text, minuteIndex);
  if (text.length !== minuteIndex + 2 || !(hours < 24 && minutes < 60)) return NaN;
  if (first === plus) return hours * 3600 + minutes * 60;
  return first === dash ? hours * -3600 - minutes * 60 : NaN;
}

function yearAt(text: string, index: number): number {
  return pairAt(text, index) * 100 + pairAt(text, index + 2);
}

function pairAt(text: string, index: number): number {
  return digitAt(text, index) * 10 + digitAt(text, index + 1);
}

function digitAt(text: string, index: number): number {
  const value = text.charCodeAt(index) - 0x30;
  return value >= 0 && value <= 9 ? value : NaN;
}

/** Three ASCII letters, whatever their case, as one number. */
function lettersAt(text: string, index: number): number {
  let value = 0;
  for (let i = index; i < index + 3; i++) {
    const letter = text.charCodeAt(i) | 0x20;
    if (!(letter >= 0x61 && letter <= 0x7a)) return NaN;
    value = value * 32 + letter - 0x60;
  }
  return value;
}
