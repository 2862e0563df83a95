import { expect, test } from 'vitest';
import { addressBlock } from '../../../src/config/values.ts';
import { createGuard } from '../../../src/fetch/guard/guard.ts';

const isAccepted = (value: unknown): boolean => addressBlock().safeParse(value).success;

test.each([
  '127.0.0.1/32',
  '127.0.0.1',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '10.1.2.3/8',
  '::1/128',
  '::1',
  'fd00::/8',
  '::/0',
  '::ffff:10.0.0.0/104',
])('%s is a block that the guard understands', (block) => {
  expect(isAccepted(block)).toBe(true);
  expect(() => createGuard([block])).not.toThrow();
});

test.each([
  '',
  'localhost',
  '127.0.0.1/33',
  '127.0.0.1/',
  '127.0.0.1/-1',
  '127.0.0.1/8.0',
  '127.0.0.1/0x8',
  '127.0.0.1/8/8',
  '127.0.0.1:80',
  '127.1/8',
  '::1/129',
  '[::1]/128',
  'fe80::%1/10',
  8,
  null,
])('%j is none, and stops the program at its start', (block) => {
  expect(isAccepted(block)).toBe(false);
});
