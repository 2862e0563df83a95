import type { WallClock } from './calendar.ts';

export type ClockTime = Omit<WallClock, 'year' | 'month' | 'day'>;

export interface ClockReading {
  readonly time: ClockTime;
  /** What stood before the time in the text, and what after it. */
  readonly before: string;
  readonly after: string;
}

/** Parts of the day, by how they turn an hour of a 12-hour clock into one of 24. */
const dayParts: readonly (readonly [string, (hour: number) => number])[] = [
  ['am a πμ 上午 早上 早晨 清晨 凌晨 午前 오전 새벽 아침', (hour) => hour % 12],
  ['pm p μμ 下午 午后 午後 傍晚 오후 저녁', (hour) => (hour % 12) + 12],
  // 中午11点 is before noon, 中午1点 after it
  ['中午 正午 낮', (hour) => (hour < 4 ? hour + 12 : hour)],
  // 晚上12点 ends the day; which day 晚上1点 belongs to nobody can tell, so it becomes an hour that is none
  [
    '晚上 晚间 晚間 夜间 夜間 夜里 夜裡 深夜 밤',
    (hour) => (hour < 5 || hour === 12 ? 24 + (hour % 12) : hour + 12),
  ],
];
const hoursByPart = new Map(
  dayParts.flatMap(([words, hours]) => words.split(' ').map((word) => [word, hours])),
);
const eastAsianPart = [...hoursByPart.keys()].filter((word) => word > '\u2000').join('|');
const dayPartBefore = new RegExp(`(?:(?<!\\p{L})[ap]\\.?m\\.?|${eastAsianPart}) ?$`, 'u');
const dayPartAfter = new RegExp(
  `^(?: ?(?:[ap]\\.? ?m|[πμ]\\.? ?μ)(?!\\p{L})\\.?| ?(?:${eastAsianPart})|[ap](?!\\p{L}))`,
  'u',
);

/** How times are written in plain text; the first shape that is found is the time. */
const shapes: readonly RegExp[] = [
  // 21:45, 9:05:07, 23:56:58.123, and the t of 2004-07-13t9:15; but not the zone in +08:00
  /(?:(?<=\d)t ?)?(?<![\d:+]| -)(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?(?!:?\d)/,
  // 21时45分, 9点, 3點半, 3時05分, 3시 5분
  /(?<!\d)(?<hour>\d{1,2}) ?[时時点點시](?: ?(?<half>半)| ?[整正]| ?(?<minute>\d{1,2})(?!\d| ?[年月日년월일]) ?[分분]?(?: ?(?<second>\d{1,2}) ?[秒초])?)?/,
  // 17h05, 17 h 05, 17h
  /(?<!\d)(?<hour>\d{1,2}) ?h(?: ?(?<minute>\d{2})(?!\d)|(?![\p{L}\d]))/u,
  // kl. 17.05, klo 17.05
  /(?<!\p{L})klo?\.? ?(?<hour>\d{1,2})\.(?<minute>\d{2})(?!\d)/u,
  // 17.05 uhr, 17 uhr
  /(?<![\d.])(?<hour>\d{1,2})(?:\.(?<minute>\d{2}))?(?= uhr)/,
  // 5 pm
  /(?<!\d)(?<hour>\d{1,2})(?= ?[ap]\.?m)/,
];

/** The time of day in a plain text, on a clock of 24 hours; whether there is such a time is for the calendar. */
export function readClock(text: string): ClockReading | undefined {
  for (const shape of shapes) {
    const match = shape.exec(text);
    if (match !== null) return toReading(text, match);
  }
  return undefined;
}

function toReading(text: string, match: RegExpExecArray): ClockReading {
  const { hour = '', minute = '0', second = '0', fraction = '', half } = match.groups ?? {};
  const head = text.slice(0, match.index);
  const tail = text.slice(match.index + match[0].length);
  const before = dayPartBefore.exec(head)?.[0] ?? '';
  const after = dayPartAfter.exec(tail)?.[0] ?? '';
  return {
    time: {
      hour: toHour24(Number(hour), before === '' ? after : before),
      minute: half === undefined ? Number(minute) : 30,
      second: Number(second),
      millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
    },
    before: head.slice(0, head.length - before.length),
    after: tail.slice(after.length),
  };
}

/** Clocks of 24 hours with a needless "pm" are common (`17:00 PM`), so an hour from 13 on stays. */
function toHour24(hour: number, dayPart: string): number {
  const toHour = hoursByPart.get(dayPart.replace(/[. ]/g, ''));
  return toHour === undefined || hour > 12 ? hour : toHour(hour);
}
