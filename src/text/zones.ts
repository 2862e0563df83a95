import { dayMs, epochMs, type WallClock } from './dates/calendar.ts';

/** Milliseconds that a zone's clocks are ahead of UTC at an instant (epoch milliseconds). */
type OffsetAt = (ms: number) => number;

const fixedOffset = /^(?:Z|UTC?|GMT|(?:UTC?|GMT)?([+-])(\d{1,2})(?::?(\d\d)(?::?(\d\d))?)?)$/i;
/** The end of `1/5/2026, GMT+08:00`; seconds are there for old local mean times, zero is `GMT` alone. */
const longOffset = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/;
const maxMidnights = 10_000;
const ianaZones = new Map<string, OffsetAt>();

/** Whether a name can be used as a time zone: an IANA name (`Asia/Shanghai`, `CET`) or `Z`, `+08:00`, `UTC+8`. */
export function isTimezone(name: string): boolean {
  return offsetsOf(name) !== undefined;
}

/**
 * The instant at which the clocks of a zone show the given time; undefined when that time or the zone does
 * not exist. A time that clocks skip counts on with the offset before the gap, so it lands later; of a time
 * that they show twice it is the first. The machine's own zone plays no part.
 */
export function zonedDate(wall: WallClock, timezone: string): Date | undefined {
  const local = epochMs(wall);
  const offsetAt = offsetsOf(timezone);
  if (local === undefined || offsetAt === undefined) return undefined;

  const midnight = Math.floor(local / dayMs) * dayMs;
  const before = offsetAt(midnight - dayMs);
  const after = offsetAt(midnight + 2 * dayMs);
  const early = local - before;
  const late = local - after;
  const isLate = before !== after && offsetAt(early) !== before && offsetAt(late) === after;
  return new Date(isLate ? late : early);
}

/** What the clocks of a zone show at an instant; undefined for an invalid date or an unknown zone. */
export function wallClock(date: Date, timezone: string): WallClock | undefined {
  const ms = date.getTime();
  const offsetAt = offsetsOf(timezone);
  if (Number.isNaN(ms) || offsetAt === undefined) return undefined;
  const local = new Date(ms + offsetAt(ms));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
}

function offsetsOf(timezone: string): OffsetAt | undefined {
  const fixed = fixedOffset.exec(timezone);
  if (fixed !== null) {
    const offset = offsetMs(fixed);
    return offset === undefined ? undefined : () => offset;
  }
  const key = timezone.toLowerCase();
  const known = ianaZones.get(key);
  if (known !== undefined) return known;
  const offsetAt = ianaOffsets(timezone);
  if (offsetAt !== undefined) ianaZones.set(key, offsetAt);
  return offsetAt;
}

/** Asking Intl takes most of a microsecond; what it says of midnights, which is enough for most days, is kept. */
function ianaOffsets(timezone: string): OffsetAt | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  const ask = (ms: number) => offsetMs(longOffset.exec(format.format(ms)) ?? []) ?? 0;
  const midnights = new Map<number, number>();

  return (ms) => {
    if (ms % dayMs !== 0) return ask(ms);
    const known = midnights.get(ms);
    if (known !== undefined) return known;
    if (midnights.size >= maxMidnights) midnights.clear();
    const offset = ask(ms);
    midnights.set(ms, offset);
    return offset;
  };
}

/** Milliseconds of a matched sign, hours, minutes and seconds; those that are absent are zero. */
function offsetMs(match: readonly (string | undefined)[]): number | undefined {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}
