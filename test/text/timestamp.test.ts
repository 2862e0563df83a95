import { expect, test } from 'vitest';
import { formatTimestamp } from '../../src/text/timestamp.ts';

test('a whole second has no fraction', () => {
  expect(formatTimestamp(new Date(Date.UTC(2026, 0, 5, 21, 45)))).toBe('2026-01-05T21:45:00Z');
});

test('milliseconds are kept', () => {
  expect(formatTimestamp(new Date(Date.UTC(2026, 0, 5, 21, 45, 0, 120)))).toBe('2026-01-05T21:45:00.120Z');
  expect(formatTimestamp(new Date(-1))).toBe('1969-12-31T23:59:59.999Z');
});

test.each([
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ['0000-12-31T23:59:59.999Z', undefined],
  ['+010000-01-01T00:00:00Z', undefined],
  ['-000001-01-01T00:00:00Z', undefined],
  ['nonsense', undefined],
])('the instant %s is written %s', (instant, expected) => {
  expect(formatTimestamp(new Date(instant))).toBe(expected);
});
