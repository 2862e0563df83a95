import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../src/text/dates/parse-date.ts';
import { wellFormedDate } from '../../../src/text/dates/well-formed.ts';
import { formatTimestamp } from '../../../src/text/timestamp.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const instants = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});
const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });

/** The fields of an instant as a wall clock shows them that is `offset` minutes ahead of UTC. */
function wall(instant: Date, offset: number) {
  const shifted = new Date(instant.getTime() + offset * 60_000);
  const [date = '', time = ''] = shifted.toISOString().split(/[TZ]/);
  const minutes = Math.abs(offset);
  const pair = (value: number) => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return { shifted, date, time, sign, hours: pair(Math.floor(minutes / 60)), minutes: pair(minutes % 60) };
}

describe('any instant', () => {
  test('in RFC 3339 is read back, whatever its offset and separator', () => {
    fc.assert(
      fc.property(instants, offsets, fc.constantFrom('T', 't', ' '), (instant, offset, separator) => {
        const { date, time, sign, hours, minutes } = wall(instant, offset);
        expect(parseDate(`${date}${separator}${time}${sign}${hours}:${minutes}`)).toBe(
          formatTimestamp(instant),
        );
        expect(parseDate(`${date}${separator}${time} ${sign}${hours}${minutes}`)).toBe(
          formatTimestamp(instant),
        );
      }),
    );
  });

  test('in RFC 822 is read back to the second', () => {
    fc.assert(
      fc.property(instants, offsets, fc.boolean(), (instant, offset, isPadded) => {
        const { shifted, date, time, sign, hours, minutes } = wall(instant, offset);
        const [year = '', , paddedDay = ''] = date.split('-');
        const day = isPadded ? paddedDay : String(shifted.getUTCDate());
        const weekday = weekdays[shifted.getUTCDay()] ?? '';
        const month = months[shifted.getUTCMonth()] ?? '';
        const text = `${weekday}, ${day} ${month} ${year} ${time.slice(0, 8)} ${sign}${hours}${minutes}`;
        const second = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        expect(parseDate(text)).toBe(formatTimestamp(second));
      }),
    );
  });

  test('reads the same by the short way and by the long one', () => {
    fc.assert(
      fc.property(instants, offsets, fc.constantFrom('Z', 'offset'), (instant, offset, zone) => {
        const { date, time, sign, hours, minutes } = wall(instant, zone === 'Z' ? 0 : offset);
        const text = `${date}T${time}${zone === 'Z' ? 'Z' : `${sign}${hours}:${minutes}`}`;
        expect(wellFormedDate(text)).toBe(instant.getTime());
        expect(wellFormedDate(` ${text}`)).toBeUndefined();
        expect(parseDate(` ${text}`)).toBe(parseDate(text));
      }),
    );
  });
});

/** Text that looks like dates, so that every part of the reader is reached. */
const scraps = fc.array(
  fc.constantFrom(
    ...[
      '2026',
      '01',
      '5',
      '31',
      '115',
      '30',
      '2',
      '366',
      '12:30',
      '25:61',
      ':60',
      '.5',
      'T',
      'Z',
      '-',
      '/',
      '.',
      ',',
      ' ',
      '+08:00',
    ],
    ...[
      '(',
      ')',
      '[',
      'Mon',
      'Jan',
      'mars',
      'mar',
      'PM',
      'a.m.',
      'EST',
      'GMT',
      'W53',
      '年',
      '月',
      '日',
      '下午',
      '時',
      '半',
      '民國',
      '前',
    ],
    ...[
      '분',
      '3分钟',
      'ago',
      'yesterday',
      '昨天',
      'Europe/Paris',
      '__proto__',
      '\u0000',
      '\ud800',
      'é',
      'İ',
      '\u3000',
    ],
  ),
  { maxLength: 16 },
);

test('no text makes it throw or return anything but a timestamp', () => {
  const options = { now: new Date('2026-01-05T12:00:00Z'), timezone: 'Europe/Paris', language: 'zh' };
  fc.assert(
    fc.property(
      fc.oneof(
        scraps.map((parts) => parts.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const date = parseDate(text, options);
        if (date === undefined) return;
        expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/);
        expect(formatTimestamp(new Date(date))).toBe(date);
      },
    ),
    { numRuns: 2000 },
  );
});

test('the zone of the machine plays no part', () => {
  const texts = [
    '2026-03-29 02:30',
    '5 Jan 2026 21:45',
    '2026-01-05',
    '昨天 12:30',
    'Mon, 05 Jan 2026 21:45:00 EST',
  ];
  const parser = new URL('../../../src/text/dates/parse-date.ts', import.meta.url);
  const script = `
    import { parseDate } from ${JSON.stringify(parser.href)};
    const options = { now: new Date('2026-01-05T12:00:00Z'), timezone: 'Europe/Paris' };
    console.log(JSON.stringify(${JSON.stringify(texts)}.map((text) => parseDate(text, options))));`;
  const there = ['Pacific/Apia', 'America/New_York', 'Asia/Kathmandu'].map((TZ) =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, TZ },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const expected = [
    '2026-03-29T01:30:00Z',
    '2026-01-05T20:45:00Z',
    '2026-01-04T23:00:00Z',
    '2026-01-04T11:30:00Z',
    '2026-01-06T02:45:00Z',
  ];
  expect(there.map((output) => JSON.parse(output) as unknown)).toEqual([expected, expected, expected]);
});
