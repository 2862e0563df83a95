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
  const parts: string[] = [];
  const between = text.replace(token, (_, number?: string, word = '') => {
    parts.push(number ?? word);
    return '';
  });
  if (/[^ ,./|_-]/.test(between)) return undefined;

  const said = parts.filter((part) => !silentWords.has(part) || monthNames.has(part));
  // "mar, 3 mars": where a weekday is spelled like a month, the month comes after it
  const words = said.length === 4 && silentWords.has(said[0] ?? '') ? said.slice(1) : said;
  return dayOf(words);
}

function dayOf(words: readonly string[]): CalendarDay | undefined {
  const month = monthNames.get(words.find((word) => monthNames.has(word)) ?? '');
  const numbers = words.filter((word) => /^\d/.test(word));
  if (month === undefined || numbers.length !== words.length - 1) return undefined;

  const [first = '', second = ''] = numbers;
  if (numbers.length === 1) return first.length === 4 ? { year: Number(first), month, day: 1 } : undefined;
  if (numbers.length !== 2) return undefined;
  const isYearFirst = first.length === 4 && monthNames.has(words[1] ?? '');
  const [year, day] = isYearFirst ? [first, second] : [second, first];
  if (year.length < 2 || year.length > 4 || day.length > 2) return undefined;
  return { year: fullYear(year), month, day: Number(day) };
}
