import type { CalendarDay } from './calendar.ts';

/** The year before the first of an era. */
const eras = new Map([
  ...['民國', '民国', '中華民國', '中华民国'].map((name) => [name, 1911] as const),
  ['明治', 1867],
  ['大正', 1911],
  ['昭和', 1925],
  ['平成', 1988],
  ['令和', 2018],
]);
const era = `(${[...eras.keys()].join('|')})`;

/** 2026年1月5日, 令和8年1月5日, 2026년 1월 5일, and less of it from the right */
const named = new RegExp(
  `^${era}? ?(\\d{1,4}|元) ?[年년](?: ?(\\d{1,2}) ?[月월](?: ?(\\d{1,2}) ?[日号號일]?)?)?$`,
);
/** 民國115/01/05; figures without the era could be anything. */
const figures = new RegExp(`^${era} ?(\\d{1,3})[-./](\\d{1,2})[-./](\\d{1,2})$`);

/** A day in Chinese, Japanese or Korean (the part of a plain text without its time and weekday). */
export function eastAsianDay(text: string): CalendarDay | undefined {
  const match = named.exec(text) ?? figures.exec(text);
  if (match === null) return undefined;
  const [, name = '', digits = '', month = '1', day = '1'] = match;
  if (name === '' && digits.length !== 4) return undefined;
  const yearOfEra = digits === '元' ? 1 : Number(digits);
  return { year: (eras.get(name) ?? 0) + yearOfEra, month: Number(month), day: Number(day) };
}
