import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { keyLength } from '../src/identify/key-length.ts';
import { titleKey } from '../src/identify/title-key.ts';

/** Labelled pairs of titles, which are not a part of this repository. */

const file = '../shared/gold/title-pairs.jsonl';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly merge: boolean;
  readonly why: string;
  readonly column_a?: string;
  readonly column_b?: string;
}

const there = existsSync(file);
const pairs = there
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Pair)
  : [];

const keyOf = (title: string, column: string | undefined) =>
  titleKey(title, column === undefined ? {} : { column });

if (there) describe('the labelled pairs of titles', labelledPairs);
else test.skip(`skipped: no ${file}`, () => undefined);

function labelledPairs(): void {
  test('are all there', () => {
    expect(pairs.length).toBeGreaterThan(0);
  });

  test.each(pairs)('$why: $merge', ({ a, b, merge, column_a: columnOfA, column_b: columnOfB }) => {
    const [left, right] = [keyOf(a, columnOfA), keyOf(b, columnOfB)];
    if (merge) expect(left).toBe(right);
    else expect(left).not.toBe(right);
  });

  test('that merge are long enough to merge', () => {
    const keys = pairs.filter(({ merge }) => merge).map(({ a, column_a: column }) => keyOf(a, column));
    expect(Math.min(...keys.map(keyLength))).toBeGreaterThanOrEqual(6);
  });
}
