import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../src/text/dates/parse-date.ts';

/** 20:00:30 in Shanghai */
const now = new Date('2026-01-05T12:00:30.500Z');

describe('dates relative to now', () => {
  test.each([
    ['刚刚', '2026-01-05T12:00:30Z'],
    ['剛剛', '2026-01-05T12:00:30Z'],
    ['just now', '2026-01-05T12:00:30Z'],
    ['30秒前', '2026-01-05T12:00:00Z'],
    ['3分钟前', '2026-01-05T11:57:30Z'],
    ['3 分鐘前', '2026-01-05T11:57:30Z'],
    ['2小时前', '2026-01-05T10:00:30Z'],
    ['2個小時前', '2026-01-05T10:00:30Z'],
    ['半小时前', '2026-01-05T11:30:30Z'],
    ['3天前', '2026-01-02T12:00:30Z'],
    ['2周前', '2025-12-22T12:00:30Z'],
    ['1个月前', '2025-12-05T12:00:30Z'],
    ['1年前', '2025-01-05T12:00:30Z'],
    ['3 minutes ago', '2026-01-05T11:57:30Z'],
    ['1 min ago', '2026-01-05T11:59:30Z'],
    ['2 hrs ago', '2026-01-05T10:00:30Z'],
    ['an hour ago', '2026-01-05T11:00:30Z'],
    ['a day ago', '2026-01-04T12:00:30Z'],
    ['2 weeks ago', '2025-12-22T12:00:30Z'],
    ['3 months ago', '2025-10-05T12:00:30Z'],
    ['3分前', '2026-01-05T11:57:30Z'],
    ['2時間前', '2026-01-05T10:00:30Z'],
    ['3일 전', '2026-01-02T12:00:30Z'],
    ['5분 전', '2026-01-05T11:55:30Z'],
    ['今天 08:00', '2026-01-05T00:00:00Z'],
    ['今天', '2026-01-04T16:00:00Z'],
    ['昨天 12:30', '2026-01-04T04:30:00Z'],
    ['昨天12:30', '2026-01-04T04:30:00Z'],
    ['昨天下午3点', '2026-01-04T07:00:00Z'],
    ['昨天', '2026-01-03T16:00:00Z'],
    ['前天 12:30', '2026-01-03T04:30:00Z'],
    ['昨日 12:30', '2026-01-04T04:30:00Z'],
    ['어제 12:30', '2026-01-04T04:30:00Z'],
    ['yesterday', '2026-01-03T16:00:00Z'],
    ['Yesterday at 12:30 PM', '2026-01-04T04:30:00Z'],
    ['Today, 08:00', '2026-01-05T00:00:00Z'],
    ['yesterday 12:30 UTC', '2026-01-04T12:30:00Z'],
  ])('%j is %s in Shanghai', (text, expected) => {
    expect(parseDate(text, { now, timezone: 'Asia/Shanghai' })).toBe(expected);
    expect(parseDate(text, { timezone: 'Asia/Shanghai' })).toBeUndefined();
  });

  test('days are those of the zone, not of UTC', () => {
    const late = new Date('2026-01-05T20:00:00Z');
    expect(parseDate('昨天 12:00', { now: late, timezone: 'Asia/Shanghai' })).toBe('2026-01-05T04:00:00Z');
    expect(parseDate('昨天 12:00', { now: late })).toBe('2026-01-04T12:00:00Z');
  });

  test('a day ago is the same time of day across a change of clocks', () => {
    const afterChange = new Date('2026-03-29T10:00:00Z');
    expect(parseDate('1 day ago', { now: afterChange, timezone: 'Europe/Paris' })).toBe(
      '2026-03-28T11:00:00Z',
    );
    expect(parseDate('24 hours ago', { now: afterChange, timezone: 'Europe/Paris' })).toBe(
      '2026-03-28T10:00:00Z',
    );
  });

  test('a month ago stays in the shorter month', () => {
    expect(parseDate('1 month ago', { now: new Date('2026-03-31T12:00:00Z') })).toBe('2026-02-28T12:00:00Z');
    expect(parseDate('1年前', { now: new Date('2024-02-29T12:00:00Z') })).toBe('2023-02-28T12:00:00Z');
  });

  test.each([
    '3前',
    'minutes ago',
    '9999999天前',
    '999999年前',
    '999999 months ago',
    'tomorrow',
    '昨天 25:00',
    'in 3 minutes',
  ])('%j is no date', (text) => {
    expect(parseDate(text, { now })).toBeUndefined();
  });

  test('an invalid now knows nothing', () => {
    expect(parseDate('3分钟前', { now: new Date(NaN) })).toBeUndefined();
    expect(parseDate('昨天', { now: new Date(NaN) })).toBeUndefined();
  });
});
