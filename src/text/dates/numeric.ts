import { fullYear, type CalendarDay } from './calendar.ts';
import { silentWords } from './names.ts';

const yearFirst = /^(?<year>\d{4})([-./]) ?(?<month>\d{1,2})\2 ?(?<day>\d{1,2})$/;
const shortYearFirst = /^(?<year>\d\d)([-./]) ?(?<month>\d{1,2})\2 ?(?<day>\d{1,2})$/;
const yearLast = /^(?<first>\d{1,2})(?<separator>[-./]) ?(?<second>\d{1,2})\2 ?(?<year>\d{4}|\d\d)$/;

/** Languages whose readers write the day before the month between slashes too. */
const dayFirst =
  /^(?:cs|da|de|el|en-(?:au|gb|ie|in|nz|za)|es|fi|fr|is|it|nb|nl|nn|no|pl|pt|ru|tr|uk)(?![a-z])/i;
/** Languages that write the year first even when it has two digits. */
const yearLeads = /^(?:hu|ja|ko|zh)(?![a-z])/i;

/**
 * A day in figures (the part of a plain text without its time): 2026/01/05, 2026. 1. 5., 1/30/2026, 30.1.2026,
 * 5.1.26. Between slashes the month comes first unless there is no such month or the language says otherwise;
 * between dots and hyphens the day does.
 */
export function numericDay(text: string, language = ''): CalendarDay | undefined {
  const figures = text
    .replace(/\p{L}+\.?/gu, (word) => (silentWords.has(word.replace('.', '')) ? '' : word))
    .replace(/^[ ,.|-]+|[ ,.|-]+$/g, '');
  const shapes = yearLeads.test(language)
    ? [yearFirst, shortYearFirst, yearLast]
    : [yearFirst, yearLast, shortYearFirst];

  for (const shape of shapes) {
    const { year = '', month, day, first, second, separator } = shape.exec(figures)?.groups ?? {};
    if (year === '') continue;
    if (month !== undefined) return { year: fullYear(year), month: Number(month), day: Number(day) };
    const isMonthFirst = separator === '/' && !dayFirst.test(language);
    return dayAndMonth(fullYear(year), Number(first), Number(second), isMonthFirst);
  }
  return undefined;
}

function dayAndMonth(year: number, first: number, second: number, isMonthFirst: boolean): CalendarDay {
  const isFirstTheMonth = isMonthFirst ? first <= 12 : second > 12;
  return isFirstTheMonth ? { year, month: first, day: second } : { year, month: second, day: first };
}
