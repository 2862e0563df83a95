import type { DocumentShape, Expectation } from '../model/source.ts';

/**
 * What a source may be expected to go on with, by its last documents: half of the usual number of items, and
 * the usual shares, rounded down. Nothing where there is no document to learn from.
 */
export function learn(history: readonly DocumentShape[]): Expectation | undefined {
  if (history.length === 0) return undefined;
  const timed = history.flatMap((shape) => shape.timed ?? []);
  return {
    minItems: Math.floor(median(history.map(({ items }) => items)) / 2),
    ...(timed.length > 0 && { timed: hundredths(median(timed)) }),
    linked: hundredths(median(history.map(({ linked }) => linked))),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const hundredths = (share: number): number => Math.floor(share * 100) / 100;
