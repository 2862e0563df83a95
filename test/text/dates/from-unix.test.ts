import { expect, test } from 'vitest';
import { fromUnix } from '../../../src/text/dates/from-unix.ts';

test.each([
  [1767649500, '2026-01-05T21:45:00Z'],
  [1767649500000, '2026-01-05T21:45:00Z'],
  [1767649500.25, '2026-01-05T21:45:00.250Z'],
  [1767649500123, '2026-01-05T21:45:00.123Z'],
  [0, '1970-01-01T00:00:00Z'],
  [-1, '1969-12-31T23:59:59Z'],
  [99_999_999_999, '5138-11-16T09:46:39Z'],
  [100_000_000_000, '1973-03-03T09:46:40Z'],
  [1767649500000000, undefined],
  [NaN, undefined],
  [Infinity, undefined],
])('Unix time %d is %s', (value, expected) => {
  expect(fromUnix(value)).toBe(expected);
});
