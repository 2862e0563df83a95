import { fullYear, type CalendarDay } from './calendar.ts';
import { monthNames, silentWords } from './names.ts';

/** Numbers with their ordinal endings (1st, 1er, 2e, 1o, 11η), and words. */
const token = /(\d+)(?:(?:st|nd|rd|th|er|re|eme|e|o|a|η)(?!\p{L}))?|(\p{L}+)/gu;

/**
 * A day whose month is a name (the part of a plain text without its time): the dates of RFC 822, RFC 850 and
 * asctime, and those that people write, in the languages of the name tables. A month and year alone mean the
 * first of the month.
 */
export function namedMonthDay(text: string): CalendarDay | undefined {
  if (/[^ ,./|_-]/.test(text.replace(token, ''))) return undefined;
  const parts = Array.from(text.matchAll(token), ([, number, word = '']) => number ?? word);
  // "mar, 3 mars 2026": of two months one is a weekday that is spelled like it
  const weekday =
    parts.filter((part) => monthNames.has(part)).length > 1
      ? parts.findIndex((part) => monthNames.has(part) && silentWords.has(part))
      : -1;
  return dayOf(
    parts.filter((part, at) => at !== weekday && (monthNames.has(part) || !silentWords.has(part))),
  );
}

function dayOf(words: readonly string[]): CalendarDay | undefined {
  const monthIndex = words.findIndex((word) => monthNames.has(word));
  const month = monthNames.get(words[monthIndex] ?? '');
  const [first = '', second = '', ...more] = words.filter((word) => /^\d/.test(word));
  const isSound = more.length === 0 && words.length === (second === '' ? 2 : 3) && monthIndex < 2;
  if (month === undefined || !isSound) return undefined;

  if (second === '') return first.length === 4 ? { year: Number(first), month, day: 1 } : undefined;
  const [year, day] = first.length === 4 && monthIndex === 1 ? [first, second] : [second, first];
  if (year.length < 2 || year.length > 4 || day.length > 2) return undefined;
  return { year: fullYear(year), month, day: Number(day) };
}
