import { describe, expect, test } from 'vitest';
import { decideTimes } from '../../src/identify/times.ts';

const firstSeen = new Date('2026-01-06T08:00:00Z');
const at = (time: string) => new Date(`2026-01-${time}:00Z`);

describe('an item with a published time', () => {
  test('is sorted by it and keeps it', () => {
    const times = decideTimes({ published: '2026-01-06T07:30:00Z' }, firstSeen, false);
    expect(times).toEqual({
      published: at('06T07:30'),
      updated: at('06T07:30'),
      sortTime: at('06T07:30'),
      arrived: firstSeen,
    });
  });

  test('is clamped to first sight where that lies in the future', () => {
    const times = decideTimes({ published: '2036-01-01T00:00:00Z' }, firstSeen, false);
    expect(times.published).toEqual(firstSeen);
    expect(times.sortTime).toEqual(firstSeen);
    expect(times.updated).toEqual(firstSeen);
  });

  test('is updated when its source says so, and never before it was published', () => {
    const later = decideTimes(
      { published: '2026-01-06T07:00:00Z', updated: '2026-01-06T07:45:00Z' },
      firstSeen,
      false,
    );
    expect(later.updated).toEqual(at('06T07:45'));
    const earlier = decideTimes(
      { published: '2026-01-06T07:00:00Z', updated: '2026-01-05T07:45:00Z' },
      firstSeen,
      false,
    );
    expect(earlier.updated).toEqual(at('06T07:00'));
  });
});

describe('an item with nothing but a hint of its order', () => {
  const times = decideTimes({ orderHint: '2026-01-05T10:00:00Z' }, firstSeen, false);

  test('is sorted by the hint, which is not published', () => {
    expect(times.sortTime).toEqual(at('05T10:00'));
    expect(times.published).toBeUndefined();
  });

  test('is updated when it was first seen', () => {
    expect(times.updated).toEqual(firstSeen);
  });
});

describe('an item without any time', () => {
  test('of a source’s first poll ranks below everything that has one', () => {
    expect(decideTimes({}, firstSeen, true).sortTime).toBeUndefined();
  });

  test('of a later poll is sorted by first sight', () => {
    expect(decideTimes({}, firstSeen, false).sortTime).toEqual(firstSeen);
  });
});

describe('an item of a source’s first poll arrives', () => {
  test('at its sort time, so that a new source does not bury the news', () => {
    const times = decideTimes({ published: '2025-12-01T00:00:00Z' }, firstSeen, true);
    expect(times.arrived).toEqual(new Date('2025-12-01T00:00:00Z'));
  });

  test('long ago, where it has no time', () => {
    expect(decideTimes({}, firstSeen, true).arrived.getTime()).toBeLessThan(
      firstSeen.getTime() - 365 * 86_400_000,
    );
  });
});

test('an item of a later poll arrives when it is first seen, however old it is', () => {
  expect(decideTimes({ published: '2025-12-01T00:00:00Z' }, firstSeen, false).arrived).toEqual(firstSeen);
});
