import { expect, test } from 'vitest';
import { parseDuration } from '../../src/config/durations.ts';

test.each([
  ['1s', 1000],
  ['90s', 90_000],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['7d', 604_800_000],
  [' 10m ', 600_000],
])('%s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '10', 'm', '0s', '-5m', '1.5h', '10 m', '10M', '1w', '5m30s', '1e3s', '9999999d', '１０m'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
