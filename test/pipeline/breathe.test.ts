import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { breathe } from '../../src/pipeline/breathe.ts';

test('of those who wait for their turn one goes on in each turn of the event loop, in order', async () => {
  const gone: string[] = [];
  const all = ['a', 'b', 'c'].map((name) => breathe().then(() => gone.push(name)));
  const seen: string[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await nextTurn();
    seen.push(gone.join(''));
  }
  await Promise.all(all);
  expect(seen.at(-1)).toBe('abc');
  for (const [turn, names] of seen.entries())
    expect(names.length - (seen[turn - 1]?.length ?? 0)).toBeLessThanOrEqual(1);
});

test('whoever breathes twice lets the others go on in between', async () => {
  const gone: string[] = [];
  const work = async (name: string) => {
    for (let step = 1; step <= 2; step++) {
      await breathe();
      gone.push(`${name}${step}`);
    }
  };
  await Promise.all([work('a'), work('b')]);
  expect(gone).toEqual(['a1', 'b1', 'a2', 'b2']);
});
