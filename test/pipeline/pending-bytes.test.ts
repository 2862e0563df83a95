import { expect, test } from 'vitest';
import { createPendingBytes } from '../../src/pipeline/pending-bytes.ts';

test('what waits for room goes on one by one, as documents are stored', async () => {
  const pending = createPendingBytes(100);
  pending.add(100);
  expect(pending.isFull()).toBe(false);
  await pending.room();
  pending.add(60);
  expect(pending.isFull()).toBe(true);
  const went: string[] = [];
  const first = pending.room().then(() => went.push('first'));
  void pending.room().then(() => went.push('second'));
  pending.remove(50);
  await Promise.resolve();
  expect(went).toEqual([]);
  pending.remove(30);
  await first;
  expect(went).toEqual(['first']);
});
