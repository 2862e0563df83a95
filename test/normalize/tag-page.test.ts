import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/normalize/parse-feed.ts';

const fixture = readFileSync('test/fixtures/documents/tag-page.txt');
const long = '渡輪在霧裡離開了碼頭。'.repeat(20);

describe('a whole page', () => {
  const { feed, items, warnings } = parseFeed(fixture, { format: 'tag-page', columns: ['春耕特寫'] });

  test('the tag is the title of the feed and no topic of an item', () => {
    expect(feed).toEqual({ format: 'tag-page', encoding: 'utf-8', title: '渡輪' });
    expect(items.filter((item) => 'categories' in item)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('an item has no id, no url and no time, whatever dates its text holds', () => {
    expect(items.map((item) => Object.keys(item).sort())).toEqual([
      ['agency', 'content', 'source', 'title'],
      ['content', 'title'],
      ['agency', 'column', 'content', 'source', 'title'],
    ]);
  });

  test('a body without a title line is titled by its 《》', () => {
    expect(items.map(({ title }) => title)).toEqual([
      '工廠搬到河邊,渡輪成了班車',
      '無人渡輪首航!港口連夜改道',
      '秧苗過了海,種子回了家|春耕特寫',
    ]);
  });

  test('agency and source are the name at the end, which stays in the text', () => {
    expect(items.map(({ agency, source }) => [agency, source?.title])).toEqual([
      ['河岸觀察', '河岸觀察'],
      [undefined, undefined],
      ['海濱農場', '海濱農場'],
    ]);
    expect(items[0]?.content).toMatch(/^<p>首段寫得很長。.* \(河岸觀察\)<\/p>$/);
    expect(items[2]?.column).toBe('春耕特寫');
  });
});

test.each([
  [`《外層《內層》書名》${long}`, '外層《內層》書名'],
  [`《沒有右邊的書名${long}`, '《沒有右邊的書名渡輪在霧裡離開了碼頭'],
  [`船長說:「起霧了。」${long}`, '船長說:「起霧了。」'],
  [`渡輪首航!${long}`, '渡輪首航!'],
  [`Yahoo! 宣布渡輪首航。${long}`, 'Yahoo! 宣布渡輪首航'],
])('%.20s… is titled %s', (body, title) => {
  const { items } = parseFeed(Buffer.from(`#渡輪\n${body} (來源甲)`), { format: 'tag-page' });
  expect(items.map((item) => item.title)).toEqual([title]);
});

test('markup in the text stays text', () => {
  const { items } = parseFeed(Buffer.from(`#渡輪\n標題 a < b\n<img src=x onerror=alert(1)>${long}`), {
    format: 'tag-page',
  });
  expect(items[0]?.title).toBe('標題 a < b');
  expect(items[0]?.content).toMatch(/^<p>&lt;img /);
});
