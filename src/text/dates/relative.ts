import { wallClock, zonedDate } from '../zones.ts';
import { addDays, addMonths, type CalendarDay } from './calendar.ts';
import { silentWords } from './names.ts';

type Shift = (from: CalendarDay, amount: number) => CalendarDay;

const earlierDays: Shift = (from, amount) => addDays(from, -amount);
const earlierMonths: Shift = (from, amount) => addMonths(from, -amount);

/** Units below a day in milliseconds; from a day on, by what the calendar makes of them. */
const spans = byName<number>([
  [1000, 'second seconds sec secs s 秒 秒钟 秒鐘 초'],
  [60_000, 'minute minutes min mins 分 分钟 分鐘 분'],
  [3_600_000, 'hour hours hr hrs h 小时 小時 个小时 個小時 时间 時間 시간'],
]);
const shifts = byName<readonly [Shift, number]>([
  [[earlierDays, 1], 'day days d 天 日 일'],
  [[earlierDays, 7], 'week weeks 周 週 星期 个星期 個星期 週間 주 주일'],
  [[earlierMonths, 1], 'month months 个月 個月 か月 カ月 ヶ月 개월 달'],
  [[earlierMonths, 12], 'year years yr yrs 年 년'],
]);
const daysBack = byName<number>([
  [0, 'today 今天 今日 오늘'],
  [1, 'yesterday 昨天 昨日 어제'],
  [2, '前天 一昨日 그제 그저께'],
]);
const justNow = new Set(['now', 'just now', '刚刚', '剛剛', '刚才', '剛才', 'たった今', '방금']);

const ago = /^(\d{1,6}|an?|半) ?(\p{L}{1,7}?) ?(?:ago|之前|以前|前|전)$/u;

/** The instant of a plain text that counts back from `now`: 3分钟前, 2小时前, 3 days ago, 刚刚. */
export function timeAgo(text: string, now: Date, timezone: string): Date | undefined {
  const second = new Date(Math.floor(now.getTime() / 1000) * 1000);
  if (justNow.has(text)) return second;
  const [, count = '', unit = ''] = ago.exec(text) ?? [];
  const amount = count === '半' ? 0.5 : Number(count.replace(/^an?$/, '1'));

  const span = spans.get(unit);
  if (span !== undefined) return new Date(second.getTime() - amount * span);
  const [earlier, size] = shifts.get(unit) ?? [];
  if (earlier === undefined || size === undefined || !Number.isInteger(amount)) return undefined;
  const wall = wallClock(second, timezone);
  return wall && zonedDate({ ...wall, ...earlier(wall, amount * size) }, timezone);
}

/** The day of 昨天, yesterday, 오늘 (the part of a plain text without its time) where the zone's clocks show `now`. */
export function relativeDay(text: string, now: Date, timezone: string): CalendarDay | undefined {
  const words = text.split(/[ ,]+/).filter((word) => !silentWords.has(word));
  const back = daysBack.get(words.join(' '));
  if (back === undefined) return undefined;
  const today = wallClock(now, timezone);
  return today && addDays(today, -back);
}

function byName<T>(rows: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(
    rows.flatMap(([meaning, names]) => names.split(' ').map((name) => [name, meaning] as const)),
  );
}
