import { describe, expect, test } from 'vitest';
import { withoutColumn } from '../../src/identify/columns.ts';

describe('a column is taken off a title', () => {
  test.each([
    ['盘前必读｜沪指高开', '沪指高开'],
    ['盘前必读 | 沪指高开', '沪指高开'],
    ['盘前必读丨沪指高开', '沪指高开'],
    ['【盘前必读】沪指高开', '沪指高开'],
    ['沪指高开｜盘前必读', '沪指高开'],
    ['沪指高开 - 盘前必读', '沪指高开'],
    ['  【盘前必读】 沪指高开 ', '沪指高开'],
  ])('%s', (title, rest) => {
    expect(withoutColumn(title, '盘前必读')).toBe(rest);
  });
});

describe('a title stays whole', () => {
  test.each([
    ['盘前必读沪指高开', '盘前必读'],
    ['沪指高开，盘前必读一文看懂', '盘前必读'],
    ['研选｜沪指高开', '盘前必读'],
    ['【盘前必读】', '盘前必读'],
    ['盘前必读｜', '盘前必读'],
    ['沪指高开｜盘前必读', undefined],
    ['沪指高开｜盘前必读', ''],
  ])('%s with the column %s', (title, column) => {
    expect(withoutColumn(title, column)).toBe(title);
  });
});
