import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimezone, wallClock, zonedDate } from '../../src/text/zones.ts';

function at(text: string, timezone: string): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/\D/).map(Number);
  return zonedDate({ year, month, day, hour, minute, second }, timezone)?.toISOString();
}

describe('isTimezone', () => {
  test.each([
    'UTC',
    'GMT',
    'Z',
    'Asia/Shanghai',
    'asia/shanghai',
    'CET',
    'Etc/GMT+8',
    '+08:00',
    '-0330',
    '+8',
    'UTC+8',
    'GMT-5',
  ])('%s is one', (name) => {
    expect(isTimezone(name)).toBe(true);
  });

  test.each(['', 'Nowhere/Land', 'Shanghai', '+25:00', '+08:60', 'UTC+', '8', '__proto__', 'constructor'])(
    '%j is none',
    (name) => {
      expect(isTimezone(name)).toBe(false);
    },
  );
});

describe('zonedDate', () => {
  test.each([
    ['2026-01-05 21:45:00', 'UTC', '2026-01-05T21:45:00.000Z'],
    ['2026-01-05 21:45:00', 'Asia/Shanghai', '2026-01-05T13:45:00.000Z'],
    ['2026-01-05 21:45:00', '+08:00', '2026-01-05T13:45:00.000Z'],
    ['2026-01-05 21:45:00', 'UTC-03:30', '2026-01-06T01:15:00.000Z'],
    ['2026-01-05 12:00:00', 'America/New_York', '2026-01-05T17:00:00.000Z'],
    ['2026-07-05 12:00:00', 'America/New_York', '2026-07-05T16:00:00.000Z'],
    ['2026-01-05 12:00:00', 'Asia/Kathmandu', '2026-01-05T06:15:00.000Z'],
    // IANA zones named Etc/GMT have the sign of POSIX
    ['2026-01-05 12:00:00', 'Etc/GMT+8', '2026-01-05T20:00:00.000Z'],
    // summer time in China, 1986 to 1991
    ['1988-07-01 12:00:00', 'Asia/Shanghai', '1988-07-01T03:00:00.000Z'],
    // local mean time, to the second
    ['1900-01-01 00:00:00', 'Asia/Shanghai', '1899-12-31T15:54:17.000Z'],
    ['0050-06-01 12:00:00', 'UTC', '0050-06-01T12:00:00.000Z'],
    ['2026-01-05 24:00:00', 'Asia/Shanghai', '2026-01-05T16:00:00.000Z'],
  ])('%s in %s is %s', (wall, timezone, expected) => {
    expect(at(wall, timezone)).toBe(expected);
  });

  test('a time that clocks skip counts on with the offset before the gap', () => {
    // 29 March 2026 in Paris: 01:59 CET is followed by 03:00 CEST
    expect(at('2026-03-29 01:59:59', 'Europe/Paris')).toBe('2026-03-29T00:59:59.000Z');
    expect(at('2026-03-29 02:00:00', 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('2026-03-29 02:30:00', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-03-29 03:00:00', 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z');
    // 8 March 2026 in New York
    expect(at('2026-03-08 02:30:00', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    // half an hour on Lord Howe Island, on 4 October 2026
    expect(at('2026-10-04 02:15:00', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00.000Z');
    // Samoa had no 30 December 2011
    expect(at('2011-12-30 12:00:00', 'Pacific/Apia')).toBe('2011-12-30T22:00:00.000Z');
  });

  test('of a time that clocks show twice it is the first', () => {
    // 25 October 2026 in Paris: 02:59 CEST is followed by 02:00 CET
    expect(at('2026-10-25 01:59:59', 'Europe/Paris')).toBe('2026-10-24T23:59:59.000Z');
    expect(at('2026-10-25 02:30:00', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25 03:00:00', 'Europe/Paris')).toBe('2026-10-25T02:00:00.000Z');
    expect(at('2026-11-01 01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  test.each([
    ['2026-02-30 12:00:00', 'UTC'],
    ['2026-02-29 12:00:00', 'UTC'],
    ['2026-13-01 12:00:00', 'UTC'],
    ['2026-01-00 12:00:00', 'UTC'],
    ['2026-01-05 25:00:00', 'UTC'],
    ['2026-01-05 24:00:01', 'UTC'],
    ['2026-01-05 12:60:00', 'UTC'],
    ['0000-01-05 12:00:00', 'UTC'],
    ['2026-01-05 12:00:00', 'Nowhere/Land'],
    ['2026-01-05 12:00:00', ''],
  ])('%s in %j does not exist', (wall, timezone) => {
    expect(at(wall, timezone)).toBeUndefined();
  });

  test('leaves out no millisecond', () => {
    const wall = { year: 2026, month: 1, day: 5, hour: 21, minute: 45, second: 0, millisecond: 7 };
    expect(zonedDate(wall, 'UTC')?.toISOString()).toBe('2026-01-05T21:45:00.007Z');
  });
});

describe('wallClock', () => {
  test('shows what the clocks of the zone show', () => {
    expect(wallClock(new Date('2026-01-05T21:45:01.002Z'), 'Asia/Shanghai')).toEqual({
      year: 2026,
      month: 1,
      day: 6,
      hour: 5,
      minute: 45,
      second: 1,
      millisecond: 2,
    });
  });

  test('knows nothing of invalid dates and zones', () => {
    expect(wallClock(new Date(NaN), 'Asia/Shanghai')).toBeUndefined();
    expect(wallClock(new Date(NaN), '+08:00')).toBeUndefined();
    expect(wallClock(new Date(0), 'Nowhere/Land')).toBeUndefined();
  });

  test('is undone by zonedDate, but for the second of two equal times', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Paris',
      'America/New_York',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      '+05:45',
    );
    const dates = fc.date({ min: new Date('1800-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, dates, (timezone, date) => {
        const wall = wallClock(date, timezone);
        const back = wall && zonedDate(wall, timezone);
        expect(back && wallClock(back, timezone)).toEqual(wall);
        expect(date.getTime() - (back?.getTime() ?? NaN)).toBeGreaterThanOrEqual(0);
        expect(date.getTime() - (back?.getTime() ?? NaN)).toBeLessThanOrEqual(86_400_000);
      }),
      { numRuns: 500 },
    );
  });
});
