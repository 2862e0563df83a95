/** What one comparison found. */
export interface Result {
  readonly what: string;
  /** What it was compared with. */
  readonly against: string;
  readonly unit: string;
  /** Medians of the rounds. */
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: Spread;
  /** What the ratio has to be. */
  readonly bar?: Bar;
}

/** Of the ratios of all rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** A benchmark: a module's `bench`. It may need many minutes, or a program that is not there. */
export type Bench = () => Promise<readonly Result[]>;

export function holds({ ratio, bar }: Result): boolean | undefined {
  if (!bar) return undefined;
  return 'atLeast' in bar ? ratio.median >= bar.atLeast : ratio.median <= bar.atMost;
}
