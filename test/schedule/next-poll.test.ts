import { describe, expect, test } from 'vitest';
import type { PollOutcome, Source, SourceState } from '../../src/model/source.ts';
import { untouched } from '../../src/model/source.ts';
import { nextPoll } from '../../src/schedule/next-poll.ts';
import { sourceAt } from '../support/fetching.ts';

const now = new Date('2026-03-10T12:00:00Z');
const limits = { minIntervalMs: 60_000, maxIntervalMs: 86_400_000 };
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const every = (seconds: number): Partial<Source> => ({
  schedule: { kind: 'interval', everyMs: seconds * 1000 },
});
const cron = (expression: string, timezone = 'UTC'): Partial<Source> => ({
  schedule: { kind: 'cron', expression },
  timezone,
});

interface Circumstances {
  readonly source?: Partial<Source>;
  readonly outcome?: Partial<PollOutcome>;
  readonly state?: Partial<SourceState>;
  readonly chance?: number;
}

function next({ source = every(600), outcome = {}, state = {}, chance = 0 }: Circumstances) {
  const { at, because } = nextPoll(
    sourceAt('https://news.example/feed', source),
    { ...untouched, ...state },
    { kind: 'fetched', ...outcome },
    { now, limits, random: () => chance },
  );
  return { seconds: (at.getTime() - now.getTime()) / 1000, at: at.toISOString(), because };
}

const failure = (code: string): PollOutcome => ({ kind: 'failed', error: { code, message: code } });
const feed = (ttlMinutes: number) =>
  ({ feed: { format: 'rss-2.0', encoding: 'utf-8', ttlMinutes } }) as const;

describe('the schedule comes first', () => {
  test.each([
    ['an interval counts from now', every(600), 600],
    ['without one it is a quarter of an hour', {}, 900],
    ['the least interval holds', every(5), 60],
    ['a cron expression is the next time that it names', cron('*/10 * * * *'), 600],
    ['with seconds, too', cron('30 1 12 * * *'), 90],
    ['in the timezone of the source', cron('30 20 * * *', 'Asia/Shanghai'), 30 * minute],
    ['one that names now means the next time', cron('0 12 * * *'), day],
  ])('%s', (_, source, seconds) => {
    expect(next({ source }).seconds).toBe(seconds);
  });

  test('and is told', () => {
    expect(next({ source: every(600) }).because).toBe('every 10 min');
    expect(next({ source: {} }).because).toBe('every 15 min, by default');
    expect(next({ source: cron('0 8 * * *', 'Asia/Tokyo') }).because).toBe('cron 0 8 * * * in Asia/Tokyo');
  });
});

describe('hints stretch the schedule', () => {
  test.each([
    ['the answer is fresh for longer', every(600), { freshForMs: 1200_000 }, {}, 1200],
    ['the answer is fresh for less', every(600), { freshForMs: 300_000 }, {}, 600],
    ['an explicit one by an hour at most', every(600), { freshForMs: day * 1000 }, {}, 600 + hour],
    ['the default by six hours at most', {}, { freshForMs: day * 1000 }, {}, 900 + 6 * hour],
    ['the feed says so itself', every(600), {}, feed(30), 1800],
    ['the longer of both counts', every(600), { freshForMs: 1200_000 }, feed(30), 1800],
    ['an unchanged document still has its ttl', every(600), { kind: 'unchanged' }, feed(30), 1800],
    [
      'an unchanged answer is fresh as well',
      every(600),
      { kind: 'unchanged', freshForMs: 1200_000 },
      {},
      1200,
    ],
  ] as const)('%s', (_, source, outcome, state, seconds) => {
    expect(next({ source, outcome, state }).seconds).toBe(seconds);
  });

  // It is 12:00 GMT on a Tuesday.
  test.each([
    ['hours without news are waited for', every(600), { skipHours: [12] }, 3600],
    [
      'by an hour at most, where the schedule is explicit',
      every(600),
      { skipHours: [12, 13, 14] },
      600 + hour,
    ],
    [
      'by six hours at most, where it is not',
      {},
      { skipHours: [12, 13, 14, 15, 16, 17, 18, 19] },
      900 + 6 * hour,
    ],
    ['over midnight', cron('30 23 * * *'), { skipHours: [0, 23] }, 11.5 * hour + hour],
    ['hours that are not now change nothing', every(600), { skipHours: [0, 11, 13] }, 600],
    ['a day without news is waited for', {}, { skipDays: [2] }, 900 + 6 * hour],
    ['another day is not', {}, { skipDays: [0, 1, 3] }, 900],
    [
      'a feed that changes at set times is read then',
      {},
      { base: '2026-01-01T01:05:00Z', periodMinutes: 180 },
      65 * minute,
    ],
    [
      'but not before it is planned',
      every(2 * hour),
      { base: '2026-01-01T00:05:00Z', periodMinutes: 60 },
      2 * hour,
    ],
    [
      'nor later than by an hour',
      every(600),
      { base: '2026-01-01T00:00:00Z', periodMinutes: 1440 },
      600 + hour,
    ],
    [
      'a base that lies ahead counts backwards',
      {},
      { base: '2027-01-01T12:20:00Z', periodMinutes: 1440 },
      20 * minute,
    ],
  ] as const)('%s', (_, source, rhythm, seconds) => {
    expect(next({ source, state: { rhythm } }).seconds).toBe(seconds);
  });

  test('but not where nothing was answered', () => {
    const state = { failures: 1, rhythm: { skipHours: [12] } };
    expect(next({ outcome: failure('timeout'), state }).seconds).toBe(600);
  });

  test('and say so', () => {
    expect(next({ state: { rhythm: { skipHours: [12] } } }).because).toBe('the feed has nothing new before');
    expect(next({ outcome: { freshForMs: 1200_000 } }).because).toBe('the answer is fresh until then');
    expect(next({ state: feed(600) }).because).toBe('the feed asks for it, at most 1 h later than planned');
  });
});

describe('failures back off', () => {
  test.each([
    ['once', 1, 600],
    ['four times', 4, 960],
    ['seven times', 7, 128 * minute],
    ['for ever', 60, 4 * hour],
    ['without end', 5000, 4 * hour],
  ])('%s', (_, failures, seconds) => {
    expect(next({ outcome: failure('timeout'), state: { failures } }).seconds).toBe(seconds);
  });

  test.each(['http-401', 'http-403', 'http-404', 'http-451', 'challenge'])(
    'a refusal (%s) counts from the third in a row, up to a day',
    (code) => {
      const after = (failures: number) =>
        next({ outcome: failure(code), state: { failures, failuresAlike: failures } }).seconds;
      expect([1, 2, 3, 4, 5, 20, 2000].map(after)).toEqual([600, 600, 1200, 2400, 4800, day, day]);
    },
  );

  test('a refusal after failures of another kind is the first', () => {
    const state = { failures: 9, failuresAlike: 1 };
    expect(next({ outcome: failure('http-404'), state }).seconds).toBe(600);
  });

  test.each(['http-400', 'http-429', 'http-500', 'http-503', 'dns', 'reset', 'not-a-feed'])(
    '%s is no refusal',
    (code) => {
      expect(next({ outcome: failure(code), state: { failures: 30 } }).seconds).toBe(4 * hour);
    },
  );

  test('never more often than planned', () => {
    expect(next({ source: every(5 * hour), outcome: failure('dns'), state: { failures: 9 } }).seconds).toBe(
      5 * hour,
    );
  });

  test('410 is believed the second time, and then asked once a week', () => {
    const gone = { kind: 'gone', status: 410 } as const;
    expect(next({ outcome: gone, state: { failures: 1, status: 'healthy' } }).seconds).toBe(600);
    expect(next({ outcome: gone, state: { failures: 2, status: 'gone' } }).seconds).toBe(7 * day);
    // After another failure it is the first 410.
    expect(next({ outcome: gone, state: { failures: 2, status: 'healthy' } }).seconds).toBe(600);
    // That nobody answers does not bring it back.
    expect(next({ outcome: failure('dns'), state: { failures: 3, status: 'gone' } }).seconds).toBe(7 * day);
  });
});

describe('Retry-After', () => {
  test.each([
    ['to the second', 3601, 3601],
    ['not sooner than planned', 30, 600],
    ['up to seven days', 7 * day, 7 * day],
    ['not longer', 30 * day, 7 * day],
  ])('holds %s', (_, asked, seconds) => {
    const outcome = { ...failure('http-429'), retryAfterMs: asked * 1000 };
    expect(next({ outcome, state: { failures: 1 } }).seconds).toBe(seconds);
    expect(next({ outcome: { retryAfterMs: asked * 1000 } }).seconds).toBe(seconds);
  });

  test('is not made later by chance', () => {
    expect(next({ outcome: { retryAfterMs: 3_601_000 }, chance: 0.999 }).seconds).toBe(3601);
  });
});

describe('chance', () => {
  test.each([
    ['a twentieth of the pause', 100, 105],
    ['half a minute at most', 6 * hour, 6 * hour + 30],
  ])('makes a poll later, by %s', (_, planned, latest) => {
    const at = (chance: number) => next({ source: every(planned), chance }).seconds;
    expect(at(0)).toBe(planned);
    expect(at(1)).toBe(latest);
  });
});

describe('a change of the clock to summer time', () => {
  const { timezone, at } = { timezone: 'Europe/Berlin', at: new Date('2026-03-28T12:00:00Z') };
  const following = (expression: string, from: Date) =>
    nextPoll(
      sourceAt('https://news.example/feed', cron(expression, timezone)),
      untouched,
      { kind: 'fetched' },
      { now: from, limits, random: () => 0 },
    ).at.toISOString();

  test('neither stops a source nor polls it twice', () => {
    // 02:30 does not exist on 29 March, and comes twice on 25 October.
    const spring = following('30 2 * * *', at);
    expect(Date.parse(spring)).toBeGreaterThan(at.getTime());
    expect(Date.parse(spring)).toBeLessThanOrEqual(Date.parse('2026-03-30T00:30:00Z'));
    const autumn = following('30 2 * * *', new Date('2026-10-24T12:00:00Z'));
    const after = following('30 2 * * *', new Date(Date.parse(autumn) + 1000));
    expect(autumn.slice(0, 10)).toBe('2026-10-25');
    expect(after.slice(0, 10)).toBe('2026-10-26');
  });

  test('moves nothing that is counted in hours', () => {
    const seconds = (from: string) =>
      (Date.parse(following('0 * * * *', new Date(from))) - Date.parse(from)) / 1000;
    expect(seconds('2026-03-29T00:00:00Z')).toBe(hour);
    expect(seconds('2026-03-29T01:00:00Z')).toBe(hour);
    expect(seconds('2026-10-25T00:00:00Z')).toBe(hour);
    expect(seconds('2026-10-25T01:00:00Z')).toBe(hour);
  });
});
