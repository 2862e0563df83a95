import { fullYear, type CalendarDay } from './calendar.ts';
import { silentWords } from './names.ts';

const yearFirst = /^(\d{4})([-./]) ?(\d{1,2})\2 ?(\d{1,2})$/;
const shortYearFirst = /^(\d\d)([-./]) ?(\d{1,2})\2 ?(\d{1,2})$/;
const yearLast = /^(\d{1,2})([-./]) ?(\d{1,2})\2 ?(\d{4}|\d{2})$/;

/** Languages whose readers write the day before the month between slashes; everyone does between dots. */
const dayFirst =
  /^(?:cs|da|de|el|en-(?:au|gb|ie|in|nz|za)|es|fi|fr|is|it|nb|nl|nn|no|pl|pt|ru|tr|uk)(?![a-z])/i;
/** Languages that write the year first even when it has two digits. */
const yearLeads = /^(?:hu|ja|ko|zh)(?![a-z])/i;

/**
 * A day in figures (the part of a plain text without its time): 2026/01/05, 2026. 1. 5., 1/30/2026, 30.1.2026,
 * 05-01-26. Between slashes the month comes first unless there is no such month or the language says
 * otherwise; between dots and hyphens the day does.
 */
export function numericDay(text: string, language = ''): CalendarDay | undefined {
  const figures = text.replace(/\p{L}+\.?/gu, (word) => (silentWords.has(word.replace('.', '')) ? '' : word));
  const bare = figures.replace(/^[ ,.|-]+|[ ,.|-]+$/g, '');

  const ordered = yearFirst.exec(bare) ?? (yearLeads.test(language) ? shortYearFirst.exec(bare) : null);
  if (ordered !== null) {
    const [, year = '', , month, day] = ordered;
    return { year: fullYear(year), month: Number(month), day: Number(day) };
  }
  const [, first, separator, second, year] = yearLast.exec(bare) ?? [];
  if (year === undefined) return undefined;
  return dayAndMonth(
    fullYear(year),
    Number(first),
    Number(second),
    separator === '/' && !dayFirst.test(language),
  );
}

function dayAndMonth(year: number, first: number, second: number, isMonthFirst: boolean): CalendarDay {
  const isAsked = isMonthFirst ? first <= 12 : second > 12;
  return isAsked ? { year, month: first, day: second } : { year, month: second, day: first };
}
