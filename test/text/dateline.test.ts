import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripDateline } from '../../src/text/dateline.ts';

describe('datelines', () => {
  test.each([
    ['财联社1月6日电，', '财联社'],
    ['财联社１月６日电，', '财联社'],
    ['《科创板日报》6日讯，', '科创板日报'],
    ['新华社北京1月6日电（记者李明、王红）', '新华社'],
    ['新华社台北2026年1月6日电 （记者李明）', '新华社'],
    ['新华社伦敦1月6日电　', '新华社'],
    ['中国新闻网上海1月6日电：', '中国新闻网'],
    ['澎湃新闻北京1月6日讯，', '澎湃新闻'],
    ['36氪1月6日讯，', '36氪'],
    ['智通财经讯，', '智通财经'],
    ['智通财经APP获悉，', '智通财经'],
    ['36氪获悉，', '36氪'],
    ['36氪独家获悉，', '36氪'],
    ['观点网讯：', '观点网'],
    ['上证报中国证券网讯（记者 李明）', '上证报中国证券网'],
    ['中央社台北6日電，', '中央社'],
    ['（中央社記者王小明台北6日電）', '中央社'],
    ['(中央社台北6日綜合外電報導)', '中央社'],
    ['【大紀元2026年01月06日訊】', '大紀元'],
    ['【明報專訊】', '明報'],
    ['〔記者王小明／台北報導〕', undefined],
    ['〔編譯林中／綜合報導〕', undefined],
    ['【本報訊】', undefined],
    ['【記者王明台北訊】', undefined],
    ['本报北京1月6日电，', undefined],
  ])('%s', (dateline, agency) => {
    expect(stripDateline(`${dateline}湖港开通夜航`)).toEqual({
      text: '湖港开通夜航',
      ...(agency === undefined ? {} : { agency }),
    });
  });

  test('only one goes, and spaces before it', () => {
    expect(stripDateline(' 财联社1月6日电，据新华社1月6日电，湖港开通夜航')).toEqual({
      text: '据新华社1月6日电，湖港开通夜航',
      agency: '财联社',
    });
  });
});

describe('what only looks like one stays', () => {
  test.each([
    '腾讯，今天发布财报',
    '中兴通讯，今天发布财报',
    '【中兴通讯】今天发布财报',
    '【资讯】今天发布财报',
    '科大讯飞1月6日发布财报',
    '国家电网1月6日电力负荷创新高',
    '星桥1月6日电话会纪要',
    '国家电网获悉，负荷创新高',
    '记者从国家电网获悉，负荷创新高',
    '市民从政府官网获悉，负荷创新高',
    '据财联社1月6日电，负荷创新高',
    '1月6日讯，负荷创新高',
    '负荷创新高，财联社1月6日电，原因是寒潮',
    '（記者李四）負荷創新高',
    '【独家报道】负荷创新高',
    '（新华社）负荷创新高',
    '财联社电报',
    '三峡电站6日电量创新高',
    '',
  ])('%s', (text) => {
    expect(stripDateline(text)).toEqual({ text });
  });
});

test('what stays is the end of the text', () => {
  const piece = fc.constantFrom(
    '财联社',
    '1月',
    '6日',
    '电',
    '讯',
    '，',
    '（',
    '）',
    '【',
    '】',
    '记者',
    '／',
    '报导',
    '甲',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      expect(text.endsWith(stripDateline(text).text)).toBe(true);
    }),
  );
});
