import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../src/text/dates/parse-date.ts';

describe('dates of RFC 822 and its descendants', () => {
  test.each([
    // RFC 822, 2822 and 5322: examples of the documents themselves
    ['Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06Z'],
    ['Tue, 1 Jul 2003 10:52:37 +0200', '2003-07-01T08:52:37Z'],
    ['Thu, 13 Feb 1969 23:32:54 -0330', '1969-02-14T03:02:54Z'],
    ['Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', undefined],
    [
      'Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)',
      '1969-02-14T03:02:00Z',
    ],
    ['21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06Z'],
    ['26 Aug 76 1429 EDT', undefined],

    // the shape of nearly all feeds
    ['Mon, 05 Jan 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Mon, 05 Jan 2026 21:45:00 +0800', '2026-01-05T13:45:00Z'],
    ['Mon, 05 Jan 2026 21:45:00 -0000', '2026-01-05T21:45:00Z'],
    ['  Mon, 05 Jan 2026 21:45:00 +0800\n', '2026-01-05T13:45:00Z'],
    ['Mon, 5 Jan 2026 21:45:00 +08:00', '2026-01-05T13:45:00Z'],

    // what is left out or added
    ['05 Jan 2026 21:45:00 +0000', '2026-01-05T21:45:00Z'],
    ['Mon, 05 Jan 2026 21:45 +0000', '2026-01-05T21:45:00Z'],
    ['Mon, 05 Jan 2026 21:45:00', '2026-01-05T21:45:00Z'],
    ['Mon, 05 Jan 2026', '2026-01-05T00:00:00Z'],
    ['Mon,05 Jan 2026 21:45:00 +0000', '2026-01-05T21:45:00Z'],
    ['Mon 05 Jan 2026 21:45:00 +0000', '2026-01-05T21:45:00Z'],
    ['Mon , 05 Jan 2026 21:45:00 +0000', '2026-01-05T21:45:00Z'],
    ['Mon, 05 Jan, 2026 21:45:00 +0000', '2026-01-05T21:45:00Z'],
    ['Mon, 05 Jan 2026, 21:45:00 +0000', '2026-01-05T21:45:00Z'],
    ['Mon, 5 Jan 2026 1:2:3 +0000', '2026-01-05T01:02:03Z'],
    ['Mon, 05 Jan 2026 21:45:00.123 +0000', '2026-01-05T21:45:00.123Z'],
    ['Mon, 05 Jan 2026 21:45:00+0800', '2026-01-05T13:45:00Z'],
    ['Mon, 05 Jan 2026 21:45:00GMT', '2026-01-05T21:45:00Z'],
    ['mon, 05 jan 2026 21:45:00 gmt', '2026-01-05T21:45:00Z'],
    ['MON, 05 JAN 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Mon,\u00a005\u00a0Jan\u00a02026 21:45:00 GMT', '2026-01-05T21:45:00Z'],

    // weekdays that are wrong, long or foreign
    ['Sat, 05 Jan 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Thurs, 08 Jan 2026 21:45:00 GMT', '2026-01-08T21:45:00Z'],
    ['Monday, 05 January 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Maandag, 05 Jan 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Xyz, 05 Jan 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],

    // months that are long, half long, dotted or moved
    ['Mon, 26 January 2004 16:31:00 GMT', '2004-01-26T16:31:00Z'],
    ['Thu, 03 Sept 2026 08:00:00 GMT', '2026-09-03T08:00:00Z'],
    ['Wed, 03 June 2026 08:00:00 GMT', '2026-06-03T08:00:00Z'],
    ['Mon, 05 Janu 2026 08:00:00 GMT', '2026-01-05T08:00:00Z'],
    ['Mon, 05 Jan. 2026 08:00:00 GMT', '2026-01-05T08:00:00Z'],
    ['Thu Aug 30 2012 17:26:16 +0200', '2012-08-30T15:26:16Z'],
    ['Mon, Jan 5, 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['05-Jan-2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['2026 Jan 05 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Mon, 5th Jan 2026 21:45:00 GMT', '2026-01-05T21:45:00Z'],
    ['Mon, 2th Jan 2006 15:05:05 GMT', '2006-01-02T15:05:05Z'],
    ['05 Monday, Jan 2026 15:04', '2026-01-05T15:04:00Z'],

    // years of two and three digits
    ['Thu, 01 Jan 04 19:48:21 GMT', '2004-01-01T19:48:21Z'],
    ['01 Jan 00 00:00:00 GMT', '2000-01-01T00:00:00Z'],
    ['01 Jan 68 00:00:00 GMT', '2068-01-01T00:00:00Z'],
    ['01 Jan 69 00:00:00 GMT', '1969-01-01T00:00:00Z'],
    ['01 Jan 99 00:00:00 GMT', '1999-01-01T00:00:00Z'],
    ['01 Jan 103 00:00:00 GMT', '2003-01-01T00:00:00Z'],
    ['Monday, 02-Jan-06 15:04:05 MST', '2006-01-02T22:04:05Z'],

    // asctime, date(1), RFC 850 and JavaScript's own
    ['Sun Jan  4 16:29:06 2004', '2004-01-04T16:29:06Z'],
    ['Mon Jan 2 15:04:05 MST 2006', '2006-01-02T22:04:05Z'],
    ['Mon Jan 2 15:04:05 2006 MST', '2006-01-02T22:04:05Z'],
    ['Sun Jul 15 01:16:00 +0000 2012', '2012-07-15T01:16:00Z'],
    ['Mon Jan 05 2026 21:45:00 GMT+0800 (中国标准时间)', '2026-01-05T13:45:00Z'],
    ['Mon Jan 05 2026 21:45:00 GMT+0000 (Coordinated Universal Time)', '2026-01-05T21:45:00Z'],
    ['Fri, 2006/09/15 08:19:53 EDT', '2006-09-15T12:19:53Z'],

    // 12-hour clocks and American order
    ['Jan 5, 2026 5:00:00 PM', '2026-01-05T17:00:00Z'],
    ['Jan. 5, 2026, 5:04 p.m.', '2026-01-05T17:04:00Z'],
    ['January 5, 2026 - 3:04pm', '2026-01-05T15:04:00Z'],
    ['Monday, January 5, 2026 at 03:04 PM MST', '2026-01-05T22:04:00Z'],
    ['Mon, 05 Jan 2026 12:00:00 AM GMT', '2026-01-05T00:00:00Z'],
    ['Mon, 05 Jan 2026 12:30 PM', '2026-01-05T12:30:00Z'],
    ['Mon, 05 Jan 2026 17:00:00 PM', '2026-01-05T17:00:00Z'],
    ['January 5, 2026, 5 PM', '2026-01-05T17:00:00Z'],
    ['Jan 05 2026 03:04:05PM', '2026-01-05T15:04:05Z'],
    ['January 5, 2026 at 5:00\u202fPM', '2026-01-05T17:00:00Z'],
    ['January 2026', '2026-01-01T00:00:00Z'],
    ['Jan. 2006', '2006-01-01T00:00:00Z'],
  ])('%j is %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });
});

describe('zones', () => {
  test.each([
    ['UT', '12:00'],
    ['UTC', '12:00'],
    ['Z', '12:00'],
    ['z', '12:00'],
    ['EST', '17:00'],
    ['EDT', '16:00'],
    ['CST', '18:00'],
    ['CDT', '17:00'],
    ['MST', '19:00'],
    ['MDT', '18:00'],
    ['PST', '20:00'],
    ['PDT', '19:00'],
    ['AKST', '21:00'],
    ['HST', '22:00'],
    ['AST', '16:00'],
    ['NST', '15:30'],
    ['BST', '11:00'],
    ['WET', '12:00'],
    ['WEST', '11:00'],
    ['CET', '11:00'],
    ['CEST', '10:00'],
    ['MEZ', '11:00'],
    ['MESZ', '10:00'],
    ['MET', '11:00'],
    ['EET', '10:00'],
    ['EEST', '09:00'],
    ['MSK', '09:00'],
    ['МСК', '09:00'],
    ['IST', '06:30'],
    ['PKT', '07:00'],
    ['NPT', '06:15'],
    ['ICT', '05:00'],
    ['HKT', '04:00'],
    ['SGT', '04:00'],
    ['JST', '03:00'],
    ['KST', '03:00'],
    ['AEST', '02:00'],
    ['AEDT', '01:00'],
    ['ACST', '02:30'],
    ['NZST', '00:00'],
    ['+0800', '04:00'],
    ['+08:00', '04:00'],
    ['+8:00', '04:00'],
    ['+800', '04:00'],
    ['+08', '04:00'],
    ['-07', '19:00'],
    ['--0700', '19:00'],
    ['−0700', '19:00'],
    ['-07:00:00', '19:00'],
    ['GMT+8', '04:00'],
    ['GMT-5', '17:00'],
    ['GMT -5', '17:00'],
    ['UTC+8', '04:00'],
    ['UTC+0800', '04:00'],
    ['UTC+08:00', '04:00'],
    ['GMT+0800', '04:00'],
    ['MST-07:00', '19:00'],
    ['-0700 MST', '19:00'],
    ['-0700 (PDT)', '19:00'],
    ['+0530 IST', '06:30'],
    ['(EST)', '17:00'],
    ['(GMT+8)', '04:00'],
    ['Etc/GMT', '12:00'],
    ['Etc/GMT+8', '20:00'],
    ['America/Los_Angeles', '20:00'],
    ['Europe/Brussels', '11:00'],
    ['Asia/Kolkata', '06:30'],
    ['ET', '17:00'],
    ['PT', '20:00'],
  ])('noon of a winter day in %s is %s UTC', (zone, expected) => {
    expect(parseDate(`Mon, 05 Jan 2026 12:00:00 ${zone}`)).toBe(`2026-01-05T${expected}:00Z`);
  });

  test('ET and PT are the zones of their places, EST is five hours at any time of the year', () => {
    expect(parseDate('Mon, 06 Jul 2026 12:00:00 ET')).toBe('2026-07-06T16:00:00Z');
    expect(parseDate('Mon, 06 Jul 2026 12:00:00 PT')).toBe('2026-07-06T19:00:00Z');
    expect(parseDate('Mon, 06 Jul 2026 12:00:00 EST')).toBe('2026-07-06T17:00:00Z');
  });

  test.each('ABCDEFGIKLMNOPQRSTUVWXYZ'.split(''))('military %s is UTC (RFC 5322 section 4.3)', (letter) => {
    expect(parseDate(`Mon, 05 Jan 2026 12:00:00 ${letter}`)).toBe('2026-01-05T12:00:00Z');
  });

  test('an unknown name tells nothing, so the source decides', () => {
    expect(parseDate('Mon, 05 Jan 2026 12:00:00 XYZT')).toBe('2026-01-05T12:00:00Z');
    expect(parseDate('Mon, 05 Jan 2026 12:00:00 XYZT', { timezone: 'Asia/Tokyo' })).toBe(
      '2026-01-05T03:00:00Z',
    );
  });

  test('an ambiguous name means what it means where the source lives', () => {
    const cst = 'Mon, 05 Jan 2026 12:00:00 CST';
    expect(parseDate(cst, { timezone: 'Asia/Shanghai' })).toBe('2026-01-05T04:00:00Z');
    expect(parseDate(cst, { language: 'zh-Hans' })).toBe('2026-01-05T04:00:00Z');
    expect(parseDate(cst, { timezone: 'America/Chicago', language: 'zh' })).toBe('2026-01-05T18:00:00Z');
    expect(parseDate('2026年1月5日 12:00 CST')).toBe('2026-01-05T04:00:00Z');
    expect(parseDate(cst, { timezone: 'Europe/Paris' })).toBe('2026-01-05T18:00:00Z');
    expect(parseDate('Mon, 05 Jan 2026 12:00:00 IST', { timezone: 'Asia/Jerusalem' })).toBe(
      '2026-01-05T10:00:00Z',
    );
    expect(parseDate('Mon, 06 Jul 2026 12:00:00 IST', { timezone: 'Europe/Dublin' })).toBe(
      '2026-07-06T11:00:00Z',
    );
  });

  test('a zone in the text wins over the timezone of the source', () => {
    expect(parseDate('Mon, 05 Jan 2026 12:00:00 GMT', { timezone: 'Asia/Shanghai' })).toBe(
      '2026-01-05T12:00:00Z',
    );
  });

  test('a time without a zone is in the timezone of the source', () => {
    expect(parseDate('Mon, 05 Jan 2026 12:00:00', { timezone: 'Asia/Shanghai' })).toBe(
      '2026-01-05T04:00:00Z',
    );
    expect(parseDate('Mon, 05 Jan 2026 12:00:00', { timezone: '+05:30' })).toBe('2026-01-05T06:30:00Z');
    expect(parseDate('Mon, 05 Jan 2026 12:00:00', { timezone: 'Nowhere/Land' })).toBeUndefined();
  });

  test.each(['+24:00', '+0860', '+zz:00', '+00:zz', '-9999', '+123456789'])('%s is no zone', (zone) => {
    expect(parseDate(`Mon, 05 Jan 2026 12:00:00 ${zone}`)).toBeUndefined();
  });
});

describe('what is no date', () => {
  test.each([
    'Sun, 30 Feb 2026 12:00:00 GMT',
    'Sun, 29 Feb 2026 12:00:00 GMT',
    'Fri, 31 Apr 2026 12:00:00 GMT',
    'Mon, 00 Jan 2026 12:00:00 GMT',
    'Mon, 32 Jan 2026 12:00:00 GMT',
    'Mon, 05 Jan 2026 25:00:00 GMT',
    'Mon, 05 Jan 2026 12:60:00 GMT',
    'Mon, 05 Jan 2026 12:00:61 GMT',
    'Mon, 05 Jan 2026 24:00:01 GMT',
    'Mon, 05 Jan 0000 12:00:00 GMT',
    'Sat, 31 Dec 9999 23:59:59 -0001',
    'Sat, 01 Jan 0001 00:00:00 +0001',
    'Sun, 16 Dec 2012 1:2:3:4 GMT',
    'Sun, 16 zzz 2012 11:47:32 GMT',
    'Sun, Dec x 2012 11:47:32 GMT',
    'Sun, 16 Dec zz 11:47:32 GMT',
    'Mon, 05 Jan 12:00:00 GMT',
    '05 Jan',
    'Jan 5',
    'January',
    'Monday',
    '12:00:00',
    'GMT',
    '',
    ' ',
    'never',
    'the quick brown fox',
    '5 Jan 2026 6 Jan 2026',
    'May May 5 2026',
    '__proto__',
    'constructor',
    '5 constructor 2026',
  ])('%j', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  test('anything longer than 256 characters', () => {
    const date = 'Mon, 05 Jan 2026 21:45:00 GMT';
    expect(parseDate(date + ' '.repeat(256 - date.length))).toBe('2026-01-05T21:45:00Z');
    expect(parseDate(date + ' '.repeat(257 - date.length))).toBeUndefined();
  });
});
