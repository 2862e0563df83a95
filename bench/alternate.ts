import type { Result, Spread } from './result.ts';

/** One measurement: a rate, a time or a size. */
export type Measure = () => number | Promise<number>;

export type Measured = Pick<Result, 'ours' | 'theirs' | 'ratio'>;

/**
 * Measures two things in turn, so that whatever else the machine does meets both alike: once each to warm up,
 * which does not count, then `rounds` times each.
 */
export async function alternate(ours: Measure, theirs: Measure, rounds = 5): Promise<Measured> {
  await ours();
  await theirs();
  const pairs: { readonly own: number; readonly other: number }[] = [];
  for (let round = 0; round < rounds; round++) pairs.push({ own: await ours(), other: await theirs() });
  return {
    ours: median(pairs.map(({ own }) => own)),
    theirs: median(pairs.map(({ other }) => other)),
    ratio: spread(pairs.map(({ own, other }) => own / other)),
  };
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (Number.isInteger(middle)) return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
  return sorted[Math.floor(middle)] ?? NaN;
}

/** Several comparisons as one: the geometric mean of each figure. */
export function geometricMean(all: readonly Measured[]): Measured {
  const mean = (figure: (measured: Measured) => number) =>
    Math.exp(all.reduce((sum, measured) => sum + Math.log(figure(measured)), 0) / all.length);
  return {
    ours: mean(({ ours }) => ours),
    theirs: mean(({ theirs }) => theirs),
    ratio: {
      median: mean(({ ratio }) => ratio.median),
      least: mean(({ ratio }) => ratio.least),
      most: mean(({ ratio }) => ratio.most),
    },
  };
}

/** How many times a second `work` can be done, measured for about so long. */
export function rateOf(work: () => unknown, forMs = 200): number {
  const start = performance.now();
  let runs = 0;
  while (performance.now() - start < forMs) {
    work();
    runs += 1;
  }
  return (runs * 1000) / (performance.now() - start);
}
