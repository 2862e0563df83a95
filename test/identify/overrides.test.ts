import { describe, expect, test } from 'vitest';
import { idleOverrides } from '../../src/identify/overrides.ts';
import type { Override } from '../../src/model/override.ts';

const join = (...entryIds: readonly string[]): Override => ({ kind: 'join', entryIds });
const split = (entryId: string): Override => ({ kind: 'split', entryId });

describe('an override does nothing', () => {
  test.each<[string, readonly Override[], number, RegExp]>([
    ['that joins an entry with itself', [join('a', 'a')], 0, /with itself/],
    ['that is repeated', [split('a'), split('a')], 0, /repeated as number 2/],
    [
      'that is repeated in another order',
      [join('a', 'b'), split('c'), join('b', 'a')],
      0,
      /repeated as number 3/,
    ],
    ['whose entries are split later', [join('a', 'b'), split('b')], 0, /later overrides split/],
  ])('%s', (_, overrides, index, message) => {
    expect(idleOverrides(overrides)).toEqual([{ index, message: expect.stringMatching(message) as unknown }]);
  });
});

test.each<[string, readonly Override[]]>([
  ['a split that a later join takes back in part', [split('a'), join('a', 'b')]],
  ['a join of three of which one is split later', [join('a', 'b', 'c'), split('c')]],
])('%s does something', (_, overrides) => {
  expect(idleOverrides(overrides)).toEqual([]);
});
