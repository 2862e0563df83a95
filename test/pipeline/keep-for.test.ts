import { expect, test } from 'vitest';
import { keepFor } from '../../src/pipeline/keep-for.ts';

test('who asks within the time gets the same, and what is new after it', async () => {
  let now = 0;
  let loads = 0;
  const ask = keepFor(
    1000,
    () => Promise.resolve(++loads),
    () => now,
  );
  expect([await ask(), await ask()]).toEqual([1, 1]);
  now = 999;
  expect(await ask()).toBe(1);
  now = 1000;
  expect(await ask()).toBe(2);
});

test('a failure is told to who asked, and not kept', async () => {
  let loads = 0;
  const ask = keepFor(
    1000,
    () => (++loads === 1 ? Promise.reject(new Error('locked')) : Promise.resolve(loads)),
    () => 0,
  );
  await expect(ask()).rejects.toThrow('locked');
  expect(await ask()).toBe(2);
});
