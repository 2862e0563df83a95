import { describe, expect, test } from 'vitest';
import { createExpectedChanges } from '../../src/http/expected-change.ts';

/** How long a feed may be kept: until its sources are polled next, within a minute and a quarter of an hour. */

const now = new Date('2026-01-05T08:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

function maxAges(polls: Readonly<Record<string, number>>) {
  const expected = createExpectedChanges();
  expected.notice(new Map(Object.entries(polls).map(([id, seconds]) => [id, after(seconds)])), now);
  return (path: string) => Number(/max-age=(\d+)/.exec(expected.cachingOf(path))?.[1]);
}

describe('a feed may be kept', () => {
  const maxAge = maxAges({ soon: 5, later: 300, tomorrow: 86_400 });

  test('until its source is polled', () => {
    expect(maxAge('sources/later')).toBe(300);
  });

  test('for a minute at least and a quarter of an hour at most', () => {
    expect(maxAge('sources/soon')).toBe(60);
    expect(maxAge('sources/tomorrow')).toBe(900);
  });

  test('until the first of all sources is polled, where any may have its news', () => {
    expect(maxAge('all')).toBe(60);
    expect(maxAges({ later: 300, tomorrow: 86_400 })('topics/water')).toBe(300);
    expect(maxAges({ overdue: -30 })('all')).toBe(60);
  });

  test('for the longest time where nothing is polled', () => {
    expect(maxAges({})('all')).toBe(900);
  });

  test('for the shortest time as long as nothing is known', () => {
    expect(createExpectedChanges().cachingOf('all')).toBe(
      'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400',
    );
  });
});
