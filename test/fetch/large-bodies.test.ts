import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLargeBodies } from '../../src/fetch/large-bodies.ts';

test('four large bodies are read on at a time, the longest waiting first', async () => {
  const letGrow = createLargeBodies(() => Promise.resolve());
  const leaves = await Promise.all(Array.from({ length: 4 }, () => letGrow(new PassThrough())));
  let went = 0;
  const fifth = letGrow(new PassThrough()).then((leave) => {
    went = 5;
    return leave;
  });
  const sixth = letGrow(new PassThrough());
  await new Promise((resolve) => setImmediate(resolve));
  expect(went).toBe(0);
  leaves[0]?.();
  (await fifth)();
  await sixth;
});

test('a body that ends while it waits keeps nobody waiting', async () => {
  const letGrow = createLargeBodies(() => Promise.resolve());
  const leaves = await Promise.all(Array.from({ length: 4 }, () => letGrow(new PassThrough())));
  const late = new PassThrough();
  const waiting = letGrow(late);
  late.destroy(new Error('took too long'));
  await expect(waiting).rejects.toThrow('took too long');
  leaves[0]?.();
  await letGrow(new PassThrough());
});

test('a body that has its turn waits for room', async () => {
  let makeRoom: () => void = () => undefined;
  const letGrow = createLargeBodies(() => new Promise((resolve) => (makeRoom = resolve)));
  const waiting = letGrow(new PassThrough());
  await new Promise((resolve) => setImmediate(resolve));
  makeRoom();
  (await waiting)();
});
