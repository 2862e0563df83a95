import type { Rhythm } from '../model/feed.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** When a feed with an update base changes next after a time; undefined for a feed without one. */
export function nextChange({ base, periodMinutes }: Rhythm = {}, after: Date): Date | undefined {
  if (base === undefined || periodMinutes === undefined) return undefined;
  const periodMs = periodMinutes * minuteMs;
  const from = Date.parse(base);
  return new Date(from + (Math.floor((after.getTime() - from) / periodMs) + 1) * periodMs);
}

/** The first time from `at` on that is in no hour and on no day that the feed skips; beyond `limit` any will do. */
export function afterSkipped(rhythm: Rhythm | undefined, at: Date, limit: Date): Date {
  let time = at;
  while (time < limit && isSkipped(rhythm, time))
    time = new Date(Math.floor(time.getTime() / hourMs) * hourMs + hourMs);
  return time;
}

function isSkipped({ skipHours = [], skipDays = [] }: Rhythm = {}, time: Date): boolean {
  return skipHours.includes(time.getUTCHours()) || skipDays.includes(time.getUTCDay());
}
