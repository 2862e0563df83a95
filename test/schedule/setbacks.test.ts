import { expect, test } from 'vitest';
import { createSetbacks } from '../../src/schedule/setbacks.ts';

const minuteMs = 60_000;

test('a source whose polls cannot be saved pauses twice as long each time, an hour at most', () => {
  let uptimeMs = 0;
  const setbacks = createSetbacks(minuteMs, () => uptimeMs);
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
    setbacks.add('harbour');
    uptimeMs += minutes * minuteMs - 1;
    expect(setbacks.isPausing('harbour'), `after ${minutes} minutes less a moment`).toBe(true);
    uptimeMs += 1;
    expect(setbacks.isPausing('harbour'), `after ${minutes} minutes`).toBe(false);
  }
});

test('the first poll that is saved ends it, and no other source is meant', () => {
  const setbacks = createSetbacks(minuteMs, () => 0);
  setbacks.add('harbour');
  expect(setbacks.isPausing('river')).toBe(false);
  setbacks.clear('harbour');
  expect(setbacks.isPausing('harbour')).toBe(false);
});
