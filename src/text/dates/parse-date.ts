import { formatTimestamp } from '../timestamp.ts';
import { zonedDate } from '../zones.ts';
import type { WallClock } from './calendar.ts';
import { eastAsianDay } from './east-asian.ts';
import { namedMonthDay } from './named-month.ts';
import { numericDay } from './numeric.ts';
import { plainText } from './plain-text.ts';
import { relativeDay, timeAgo } from './relative.ts';
import { splitSentence } from './sentence.ts';
import { readW3c, w3cDay } from './w3c.ts';
import { wellFormedDate } from './well-formed.ts';

export interface DateOptions {
  /** Zone of a text that names none, as `isTimezone` takes it; default UTC. */
  readonly timezone?: string;
  /** What relative dates (3分钟前, yesterday) count from; without it they are not known. */
  readonly now?: Date;
  /** Language tag of the text; it tells 5/1/2026 from 1/5/2026 and China's CST from Chicago's. */
  readonly language?: string;
}

const maxLength = 256;
const chinese = /^zh(?![a-z])/i;
const chineseCharacter = /\p{Script=Han}/u;

interface Reading {
  readonly wall: WallClock;
  /** What the zone can be, likeliest first; empty when the text does not say. */
  readonly zones: readonly string[];
}

/**
 * The instant that a text names, as a canonical timestamp; undefined when it names none, or one that does not
 * exist (30 February, 25:00) or lies outside the years 1 to 9999. Reads RFC 822 and its descendants, RFC 3339
 * and ISO 8601, asctime, and dates as people and content management systems write them in Chinese, Japanese,
 * Korean and most languages of Europe, however broken. Texts longer than 256 characters are no dates.
 */
export function parseDate(text: string, options: DateOptions = {}): string | undefined {
  const instant = wellFormedDate(text);
  const date = instant === undefined ? readDate(text, options) : new Date(instant);
  return date && formatTimestamp(date);
}

function readDate(text: string, options: DateOptions): Date | undefined {
  if (text.length > maxLength) return undefined;
  const { timezone = 'UTC', now, language = '' } = options;
  const plain = plainText(text);
  if (plain.length > maxLength) return undefined;
  const ago = now && timeAgo(plain, now, timezone);
  if (ago !== undefined) return ago;

  const reading = readW3c(plain) ?? readSentence(plain, options);
  if (reading === undefined) return undefined;
  if (reading.zones.length === 0) return zonedDate(reading.wall, timezone);
  const isChinese = chinese.test(language) || chineseCharacter.test(plain);
  return likeliest(reading, isChinese ? [timezone, 'Asia/Shanghai'] : [timezone]);
}

function readSentence(plain: string, { timezone = 'UTC', now, language }: DateOptions): Reading | undefined {
  const { dayText, time, zones } = splitSentence(plain);
  const day =
    w3cDay(dayText) ??
    numericDay(dayText, language) ??
    namedMonthDay(dayText) ??
    eastAsianDay(dayText) ??
    (now && relativeDay(dayText, now, zones[0] ?? timezone));
  return day && { wall: { ...day, ...time }, zones };
}

/** An abbreviation with several meanings has the one that the clocks of a home of the text show, else the first. */
function likeliest({ wall, zones }: Reading, homes: readonly string[]): Date | undefined {
  const [first, ...others] = zones.map((zone) => zonedDate(wall, zone));
  if (first === undefined || others.length === 0) return first;
  for (const home of homes) {
    const here = zonedDate(wall, home)?.getTime();
    const agreed = [first, ...others].find((instant) => instant?.getTime() === here);
    if (agreed !== undefined) return agreed;
  }
  return first;
}
