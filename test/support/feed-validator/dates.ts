import { complaint, type Check } from './complaint.ts';

const dayMs = 86_400_000;

/** Feeds are younger than 1990, and of today at most; a day is granted to clocks. */
const isPlausible = (time: number): boolean => time >= Date.UTC(1990, 0) && time <= Date.now() + dayMs;

/** A time of Atom (RFC 3339), without white space around it. */
export const atomTime: Check = (value, at) => {
  if (value !== value.trim()) return [complaint('UnexpectedWhitespace', at, value)];
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d*)?(?:Z|[+-]\d\d:\d\d)$/.exec(
      value,
    ) ?? [];
  if (year === undefined || !isDay(Number(year), Number(month), Number(day)))
    return [complaint('InvalidRFC3339Date', at, value)];
  return isPlausible(Date.parse(value.replace(':60', ':59')))
    ? []
    : [complaint('ImplausibleDate', at, value)];
};

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time of RSS (RFC 822 with a year of four digits), on the day of the week that it says. */
export const rssTime: Check = (value, at) => {
  const [, weekday, day, month = '', year] =
    /^(?:(\w{3}), )?(\d\d?) (\w{3}) (\d{4}) \d\d:\d\d(?::\d\d)? (?:[+-]\d\d[03]0|UT|GMT|[ECMP][SD]T|Z)$/.exec(
      value,
    ) ?? [];
  const at0 = months.indexOf(month);
  if (at0 < 0 || !isDay(Number(year), at0 + 1, Number(day)))
    return [complaint('InvalidRFC2822Date', at, value)];
  const date = new Date(Date.UTC(Number(year), at0, Number(day)));
  if (weekday !== undefined && weekday !== days[date.getUTCDay()])
    return [complaint('IncorrectDOW', at, value)];
  return isPlausible(Date.parse(value)) ? [] : [complaint('ImplausibleDate', at, value)];
};

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
