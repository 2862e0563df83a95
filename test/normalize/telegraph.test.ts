import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { ParseHints } from '../../src/parse/hints.ts';

const fixture = readFileSync('test/fixtures/documents/telegraph.md');

function one(entry: string, hints: ParseHints = {}): Item {
  const text = `# 北桥社【普通】电报 - 2026-02-28\n\n**[06:00]** ${entry}\n`;
  const { items } = parseFeed(Buffer.from(text), { format: 'telegraph', ...hints });
  expect(items).toHaveLength(1);
  return items[0] ?? {};
}

describe('a whole dump', () => {
  const { feed, items, warnings } = parseFeed(fixture, { format: 'telegraph' });

  test('the level is a category of the feed', () => {
    expect(feed).toEqual({
      format: 'telegraph',
      encoding: 'utf-8',
      title: '北桥社电报',
      categories: [{ term: '加红' }],
    });
    expect(warnings).toEqual([]);
  });

  test('times are those of Shanghai, after midnight of the next day, in the order of the file', () => {
    expect(items.map(({ published }) => published)).toEqual([
      '2026-12-30T21:45:00Z',
      '2026-12-30T21:30:00Z',
      '2026-12-30T22:26:00Z',
      '2026-12-30T23:12:00Z',
      '2026-12-31T02:55:00Z',
      '2026-12-31T03:04:00Z',
      '2026-12-31T15:59:00Z',
      '2026-12-31T16:10:00Z',
      '2026-12-31T21:29:00Z',
    ]);
  });

  test('a title stands in brackets, or is the first sentence after the dateline', () => {
    expect(items.map(({ title, column }) => [title, column])).toEqual([
      ['云杉造船将于明年推出十二艘新船', undefined],
      ['湖港开通夜航 首班载客一百二十人', undefined],
      ['周四（12月31日）日程一览', undefined],
      ['海上书店开张，这家公司承建全部书架，还将承建码头', '深读'],
      ['量子钟走进课堂', undefined],
      ['两块宅地成交', undefined],
      ['云杉造船称“不会裁员。也不会停工。”', undefined],
      ['新年首艘货轮进港', undefined],
      ['东岭煤矿（一号井）复产', undefined],
    ]);
  });

  test('agency, source and reporters', () => {
    expect(items.map(({ agency, source, authors }) => [agency, source?.title, authors])).toEqual([
      ['北桥社', undefined, undefined],
      ['北桥社', '海风日报', undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      ['山海科技报', undefined, undefined],
      ['北桥社', undefined, [{ name: '王海', role: '记者' }]],
      ['北桥社', undefined, undefined],
      ['北桥社', undefined, undefined],
      ['北桥社', undefined, undefined],
    ]);
  });

  test('the content is the text as printed, the summary has no dateline', () => {
    expect(items[0]).toMatchObject({
      content: '<p>北桥社12月31日电，云杉造船将于明年推出十二艘新船。首船三月下水。</p>',
      summary: '云杉造船将于明年推出十二艘新船。首船三月下水。',
    });
    expect(items[1]?.summary).toBe('湖港集团今日开通夜航，首班载客一百二十人。 (海风日报)');
  });

  test('only the teaser is one', () => {
    expect(items.map(({ promo }) => promo)).toEqual([
      ...[undefined, undefined, undefined],
      true,
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
  });

  test('no item has an id or a url', () => {
    expect(items.filter((item) => 'id' in item || 'url' in item)).toEqual([]);
  });
});

describe('promo', () => {
  const title = '海上书店开张，书架供不应求，这家公司承建码头';

  test.each([
    ['the same words', `【【深读】${title}】${title}。`],
    ['in other order', `【【深读】${title}】书架供不应求，海上书店开张，公司拿下全部订单。`],
    ['numbered', `【【深读】${title}】①海上书店开张，书架供不应求； ②这家公司承建码头。`],
  ])('a column whose text says its title again: %s', (_, entry) => {
    expect(one(entry).promo).toBe(true);
  });

  test.each([
    ['a report with a dateline', `【【深读】${title}】北桥社2月28日电，${title}。`],
    ['a text of its own', `【【深读】${title}】周末两天，读者从三座城市赶来。`],
    ['words that any text has', '【【深读】今日，公司，海上书店开张】公司今日休息。'],
    ['no column', `【${title}】${title}。`],
  ])('not: %s', (_, entry) => {
    expect(one(entry)).not.toHaveProperty('promo');
  });
});

describe('datelines of other agencies', () => {
  test.each([
    ['新华社北京2月28日电（记者李明、王红）湖港开通夜航。首班满员。', '新华社', '湖港开通夜航'],
    ['智通财经讯，湖港开通夜航。', '智通财经', '湖港开通夜航'],
    ['《山海科技报》28日讯，湖港开通夜航。', '山海科技报', '湖港开通夜航'],
    ['湖港开通夜航。 (海风日报)', '海风日报', '湖港开通夜航'],
    ['北桥社2月28日电，湖港开通夜航 (海风日报)', '北桥社', '湖港开通夜航'],
  ])('%s', (entry, agency, title) => {
    expect(one(entry)).toMatchObject({ agency, title });
  });
});

test('a zone that is configured counts', () => {
  expect(one('甲。', { timezone: 'Asia/Tokyo' }).published).toBe('2026-02-27T21:00:00Z');
});

test('a first sentence is a title as a whole, however long', () => {
  const sentence =
    '在海边的第十七届书架博览会（SHELF 2026）上，云杉公司发布新款书架（一号）、'.repeat(3) + '以及码头';
  expect(one(`北桥社2月28日电，${sentence}。第二句。`).title).toBe(sentence);
});
