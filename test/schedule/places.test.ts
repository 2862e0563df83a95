import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import { createPlaces } from '../../src/schedule/places.ts';
import { sourceAt } from '../support/fetching.ts';

const at = (host: string, path = ''): Source =>
  sourceAt(`https://${host}.example/${path}`, { id: `${host}${path}` });
const hosts = (count: number, from = 0): readonly Source[] =>
  Array.from({ length: count }, (_, number) => at(`host${from + number}`));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('places', () => {
  test('are so many, and one is free again when it is left', () => {
    const onFree = vi.fn();
    const places = createPlaces({ concurrency: 2, perHost: 1 }, onFree);
    const [leave] = hosts(2).map(places.take);
    expect(places.areFull()).toBe(true);
    expect(places.isFree(at('other'))).toBe(false);
    leave?.();
    expect(onFree).toHaveBeenCalledTimes(1);
    expect(places.isFree(at('other'))).toBe(true);
  });

  test('are not doubled by leaving twice', () => {
    const places = createPlaces({ concurrency: 1, perHost: 1 }, () => undefined);
    const leave = places.take(at('a'));
    leave();
    leave();
    places.take(at('b'));
    expect(places.areFull()).toBe(true);
  });

  test('at one host are so many, whatever the others do', () => {
    const places = createPlaces({ concurrency: 9, perHost: 2 }, () => undefined);
    places.take(at('a', '1'));
    expect(places.isFree(at('a', '2'))).toBe(true);
    places.take(at('a', '2'));
    expect(places.isFree(at('a', '3'))).toBe(false);
    expect(places.isFree(at('b'))).toBe(true);
  });

  test('tell hosts apart by their port', () => {
    const places = createPlaces({ concurrency: 9, perHost: 1 }, () => undefined);
    places.take(sourceAt('https://a.example/'));
    expect(places.isFree(sourceAt('https://a.example:443/other'))).toBe(false);
    expect(places.isFree(sourceAt('https://a.example:8443/'))).toBe(true);
  });
});

describe('a request that hangs for a second', () => {
  test('gives its place to another, and keeps that at its host', () => {
    const onFree = vi.fn();
    const places = createPlaces({ concurrency: 2, perHost: 1 }, onFree);
    hosts(2).forEach(places.take);
    vi.advanceTimersByTime(999);
    expect(places.areFull()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(onFree).toHaveBeenCalled();
    expect(places.isFree(at('other'))).toBe(true);
    expect(places.isFree(at('host0'))).toBe(false);
  });

  test('does not do so without end: four times as many hang at most', () => {
    const places = createPlaces({ concurrency: 2, perHost: 1 }, () => undefined);
    const leaves = Array.from({ length: 4 }, (_, round) => {
      const left = hosts(2, round * 2).map(places.take);
      vi.advanceTimersByTime(1000);
      return left;
    });
    expect(places.areFull()).toBe(true);
    leaves[0]?.[0]?.();
    expect(places.areFull()).toBe(false);
  });
});

describe('sources that failed the last time', () => {
  test('have half of the places', () => {
    const places = createPlaces({ concurrency: 4, perHost: 1 }, () => undefined);
    const [first, second, third] = hosts(3);
    for (const { id } of hosts(3)) places.note(id, false);
    if (first) places.take(first);
    if (second) places.take(second);
    expect(third && places.isFree(third)).toBe(false);
    expect(places.isFree(at('sound'))).toBe(true);
  });

  test('have half of what may hang', () => {
    const places = createPlaces({ concurrency: 2, perHost: 1 }, () => undefined);
    const doubtful = hosts(5);
    for (const { id } of doubtful) places.note(id, false);
    for (const source of doubtful.slice(0, 4)) {
      expect(places.isFree(source)).toBe(true);
      places.take(source);
      vi.advanceTimersByTime(1000);
    }
    expect(doubtful[4] && places.isFree(doubtful[4])).toBe(false);
    expect(places.isFree(at('sound'))).toBe(true);
  });

  test('are like all others once they succeed', () => {
    const places = createPlaces({ concurrency: 2, perHost: 1 }, () => undefined);
    places.note('host0', false);
    places.note('host1', false);
    const [first, second] = hosts(2);
    if (first) places.take(first);
    expect(second && places.isFree(second)).toBe(false);
    places.note('host1', true);
    expect(second && places.isFree(second)).toBe(true);
  });
});
