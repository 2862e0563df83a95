/** A day of the Gregorian calendar; month and day count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What calendar and clock on the wall show, wherever the wall stands. */
export interface WallClock extends CalendarDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond?: number;
}

export const dayMs = 86_400_000;

/** The Gregorian calendar repeats after 400 years. */
const cycleMs = 146_097 * dayMs;

/**
 * Milliseconds since 1970 as if the wall clock showed UTC; undefined when there is no such time: 30 February,
 * 25:00, a year outside 1 to 9999. 24:00 is the midnight that ends the day (ISO 8601), and a leap second is
 * read as the second before it, which keeps it in its day (as ECMAScript's Temporal does).
 */
export function epochMs(wall: WallClock): number | undefined {
  const { year, month, day, hour, minute, second, millisecond = 0 } = wall;
  const isDay =
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
  const isDayEnd = hour === 24 && minute === 0 && second === 0 && millisecond === 0;
  if (!isDay || !(isTime || isDayEnd)) return undefined;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; a calendar cycle later it takes them as they are.
  return Date.UTC(year + 400, month - 1, day, hour, minute, Math.min(second, 59), millisecond) - cycleMs;
}

/** The day that lies `days` after a day (before it, when negative). */
export function addDays(from: CalendarDay, days: number): CalendarDay {
  const date = new Date(Date.UTC(from.year + 400, from.month - 1, from.day + days) - cycleMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day `months` later (earlier, when negative), or the last day of that month. */
export function addMonths(from: CalendarDay, months: number): CalendarDay {
  const index = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return { year, month, day: Math.min(from.day, daysIn(year, month)) };
}

/**
 * A year as it was written: four digits as they are; two in the years 1969 to 2068; three count from 1900,
 * which is how clocks wrote the year 2000 and RFC 2822 section 4.3 reads it.
 */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 3) return 1900 + year;
  if (digits.length > 3) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
