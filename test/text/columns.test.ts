import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnOf, withoutAffixes, withoutColumns } from '../../src/text/columns.ts';

describe('a column is taken off a title', () => {
  test.each([
    ['盘前必读｜沪指高开', '沪指高开'],
    ['盘前必读 | 沪指高开', '沪指高开'],
    ['盘前必读丨沪指高开', '沪指高开'],
    ['盘前必读：沪指高开', '沪指高开'],
    ['【盘前必读】沪指高开', '沪指高开'],
    ['【 盘前必读 】沪指高开', '沪指高开'],
    ['[盘前必读]沪指高开', '沪指高开'],
    ['【盤前必讀】沪指高开', '沪指高开'],
    ['盤前必讀｜沪指高开', '沪指高开'],
    ['沪指高开｜盘前必读', '沪指高开'],
    ['沪指高开 - 盘前必读', '沪指高开'],
    ['沪指高开-盘前必读', '沪指高开'],
    ['沪指高开 — 盘前必读', '沪指高开'],
    ['沪指高开_盘前必读', '沪指高开'],
    ['沪指高开【盘前必读】', '沪指高开'],
    ['  【盘前必读】 沪指高开 ', '沪指高开'],
  ])('%s', (title, rest) => {
    expect(withoutColumns(title, ['盘前必读'])).toEqual({ text: rest, columns: ['盘前必读'] });
  });

  test.each([' - 新浪财经', '_新浪财经', '【新浪财经】', '新浪财经｜'])('listed as “%s”', (listed) => {
    expect(withoutColumns('湖港开通夜航 - 新浪财经', [listed])).toEqual({
      text: '湖港开通夜航',
      columns: ['新浪财经'],
    });
  });

  test('in full width and any case', () => {
    expect(withoutColumns('３６Ｋｒ独家｜湖港开通夜航', ['36kr独家']).text).toBe('湖港开通夜航');
  });

  test('at both ends, and one behind the other', () => {
    const columns = ['36氪独家', '36氪', '早报'];
    expect(withoutColumns('早报｜36氪独家｜湖港开通夜航 | 36氪', columns)).toEqual({
      text: '湖港开通夜航',
      columns: ['早报', '36氪独家', '36氪'],
    });
  });

  test.each([
    '财联社1月6日电，【盘前必读】沪指高开',
    '【盘前必读】财联社1月6日电，沪指高开',
    '【盘前必读】财联社1月6日电，盘前必读｜沪指高开',
  ])('behind and before a dateline: %s', (title) => {
    expect(withoutAffixes(title, ['盘前必读']).text).toBe('沪指高开');
    expect(columnOf(title, ['盘前必读'])).toBe('盘前必读');
  });
});

describe('a title stays whole', () => {
  test.each<[string, readonly string[]]>([
    ['盘前必读沪指高开', ['盘前必读']],
    ['沪指高开，盘前必读一文看懂', ['盘前必读']],
    ['沪指高开：盘前必读', ['盘前必读']],
    ['研选｜沪指高开', ['盘前必读']],
    ['【盘前必读】', ['盘前必读']],
    ['盘前必读｜', ['盘前必读']],
    ['沪指高开｜盘前必读', []],
    ['沪指高开｜盘前必读', ['', '｜']],
  ])('%s with %j', (title, columns) => {
    expect(withoutColumns(title, columns)).toEqual({ text: title, columns: [] });
    expect(columnOf(title, columns)).toBeUndefined();
  });
});

test('a title without its affixes has none', () => {
  const pieces = [
    '36氪',
    '｜',
    ' - ',
    '【36氪】',
    '财联社1月6日电，',
    '沪指',
    '高开',
    ' ',
    '独家',
    '—',
    '「',
    '」',
  ];
  const columns = ['36氪', '独家'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 10 }), (parts) => {
      const { text } = withoutAffixes(parts.join(''), columns);
      expect(withoutAffixes(text, columns)).toEqual({ text, columns: [] });
    }),
  );
});
