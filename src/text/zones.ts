export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond?: number;
}
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
export function zonedDate(clock: WallClock, timezone: string): Date | undefined {
  const { year, month, day, hour, minute, second, millisecond = 0 } = clock;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const offsetAt = (ms: number) => Date.parse(format.format(ms).replace(' ', 'T') + 'Z') - ms;
  return new Date(utc - offsetAt(utc - offsetAt(utc)));
}
