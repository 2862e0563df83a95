import { addDays, fullYear, type CalendarDay, type WallClock } from './calendar.ts';

/** Times of one word: a day, and after a t the hour, what is below it, and a zone. */
const whole =
  /^(?<day>-?\d[\dw-]*?)(?:t(?<hour>\d\d?)(?::?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)? ?(?<zone>z|[+-]\d\d?(?::?\d\d){0,2})?z?|(?<dayZone>z|[+-](?:0\d|1[0-4]):\d\d))?$/;

/** 20260105214500 and 202601052145; ten digits could as well be Unix time and are neither. */
const unseparated = /^(\d{8})(\d{4}|\d{6})(?!\d)/;

type DigitsToDay = (...digits: readonly string[]) => CalendarDay | undefined;

const days: readonly (readonly [RegExp, DigitsToDay])[] = [
  [/^(\d{4})-0?(\d{1,2})-(\d{1,2})$/, calendarDay], // the zero before a month of two digits was seen in Google's feeds
  [/^(\d{4})(\d\d)(\d\d)$/, calendarDay],
  [/^(\d{4})-?(\d{3})$/, ordinalDay],
  [/^(\d{4})-?w(\d\d)(?:-?([1-7]))?$/, weekDay],
  [/^(\d\d)-(\d\d)-(\d\d)$/, calendarDay],
  [/^(\d\d)(\d\d)(\d\d)$/, calendarDay],
  [/^(\d\d)-?(\d{3})$/, ordinalDay],
];

/** Years and months mean their first day; only days carry a time. */
const daysAndPeriods: typeof days = [
  ...days,
  [/^(\d{4})$/, calendarDay],
  [/^(\d{4})-(\d{1,2})$/, calendarDay],
  [/^-(\d\d)(?:-?(\d\d))?$/, calendarDay],
];

/**
 * RFC 3339, W3CDTF and the rest of ISO 8601 (plain text): every precision, ordinal and week dates, no
 * separators, years of two digits as the edition of 1988 allowed them.
 */
export function readW3c(text: string): { wall: WallClock; zones: readonly string[] } | undefined {
  const groups = whole.exec(text.replace(unseparated, '$1t$2'))?.groups;
  if (groups === undefined) return undefined;
  const { day: digits = '', hour, minute = '0', second = '0', fraction = '', zone, dayZone } = groups;
  const day = dayOf(digits, hour === undefined && dayZone === undefined ? daysAndPeriods : days);
  if (day === undefined) return undefined;
  const written = zone ?? dayZone;
  return {
    wall: {
      ...day,
      hour: Number(hour ?? '0'),
      minute: Number(minute),
      second: Number(second),
      millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
    },
    zones: written === undefined ? [] : [written],
  };
}

/** The day alone (20260105, 2026-005), for a time that follows in words of its own. */
export function w3cDay(text: string): CalendarDay | undefined {
  return dayOf(text, days);
}

function dayOf(digits: string, shapes: typeof days): CalendarDay | undefined {
  for (const [shape, toDay] of shapes) {
    const match = shape.exec(digits);
    if (match !== null) return toDay(...match.slice(1));
  }
  return undefined;
}

function calendarDay(year = '', month = '1', day = '1'): CalendarDay {
  return { year: fullYear(year), month: Number(month), day: Number(day) };
}

function ordinalDay(yearDigits = '', ordinal = ''): CalendarDay | undefined {
  const year = fullYear(yearDigits);
  const day = addDays({ year, month: 1, day: 1 }, Number(ordinal) - 1);
  return day.year === year ? day : undefined;
}

/** Week 1 is the week with 4 January, and a week belongs to the year of its Thursday (ISO 8601). */
function weekDay(yearDigits = '', week = '', weekday = '1'): CalendarDay | undefined {
  const year = Number(yearDigits);
  const january4 = { year, month: 1, day: 4 };
  const monday = addDays(january4, -mondayBased(january4) + (Number(week) - 1) * 7);
  return addDays(monday, 3).year === year ? addDays(monday, Number(weekday) - 1) : undefined;
}

/** 0 for Monday to 6 for Sunday. */
function mondayBased({ year, month, day }: CalendarDay): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}
