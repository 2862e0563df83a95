import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitLookups } from '../../../src/fetch/guard/lookups.ts';
import type { Resolve } from '../../../src/fetch/guard/resolve.ts';

const answer = [{ address: '93.184.215.14', family: 4 }];

/** A resolver that answers a name when it is told to, and what it was asked. */
function names() {
  const asked: string[] = [];
  const open = new Map<string, PromiseWithResolvers<typeof answer>>();
  const resolve: Resolve = (name) => {
    asked.push(name);
    const pending = Promise.withResolvers<typeof answer>();
    open.set(name, pending);
    return pending.promise;
  };
  return {
    asked,
    resolve,
    answer: (name: string) => open.get(name)?.resolve(answer),
    fail: (name: string) => open.get(name)?.reject(new Error('no such name')),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('no more are asked for at once than there are places', async () => {
  const { asked, resolve, answer: give } = names();
  const look = limitLookups(resolve, 2);
  const all = Promise.all(['a', 'b', 'c', 'd'].map(look));
  expect(asked).toEqual(['a', 'b']);
  give('b');
  await vi.waitFor(() => {
    expect(asked).toEqual(['a', 'b', 'c']);
  });
  give('a');
  give('c');
  await vi.waitFor(() => {
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
  });
  give('d');
  expect(await all).toEqual([answer, answer, answer, answer]);
});

test('a name is asked for once by all who want it, and again afterwards', async () => {
  const { asked, resolve, answer: give } = names();
  const look = limitLookups(resolve, 4);
  const both = Promise.all([look('a'), look('a')]);
  give('a');
  expect(await both).toEqual([answer, answer]);
  void look('a');
  expect(asked).toEqual(['a', 'a']);
});

test('a failure is told to all who wait, and leaves its place', async () => {
  const { asked, resolve, fail } = names();
  const look = limitLookups(resolve, 1);
  const both = Promise.allSettled([look('a'), look('a')]);
  void look('b');
  fail('a');
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await vi.waitFor(() => {
    expect(asked).toEqual(['a', 'b']);
  });
});

test('names that hang leave half of the places to others', async () => {
  const { asked, resolve, answer: give } = names();
  const look = limitLookups(resolve, 4);
  const dead = ['dead1', 'dead2', 'dead3', 'dead4'];
  const first = Promise.all(dead.map(look));
  await vi.advanceTimersByTimeAsync(30_000);
  for (const name of dead) give(name);
  await first;
  asked.length = 0;
  for (const name of dead) void look(name);
  expect(asked).toEqual(['dead1', 'dead2']);
  void look('good');
  expect(asked).toEqual(['dead1', 'dead2', 'good']);
});

test('a name that answers in time again is like any other', async () => {
  const { asked, resolve, answer: give } = names();
  const look = limitLookups(resolve, 2);
  const slow = look('a');
  await vi.advanceTimersByTimeAsync(2000);
  give('a');
  await slow;
  const quick = look('a');
  give('a');
  await quick;
  asked.length = 0;
  void look('a');
  void look('b');
  expect(asked).toEqual(['a', 'b']);
});
