import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { ParseHints } from '../../src/parse/hints.ts';

const fixture = readFileSync('test/fixtures/documents/stripped-rss.txt');

function read(...items: readonly (readonly string[])[]): readonly Item[] {
  return readWith({}, ...items);
}

function readWith(hints: ParseHints, ...items: readonly (readonly string[])[]): readonly Item[] {
  const text = items.map(
    (paragraphs, index) =>
      `<![CDATA[ 题${index} ]]> https://news.example.org/articles/${index}\n\n${paragraphs.join('\n\n')}\n\n]]>\n` +
      `北桥财讯 Sat, 07 Feb 2026 06:0${9 - index}:00 +0800`,
  );
  const document = `北桥财讯 https://news.example.org zh-hans ${text.join('\n')}`;
  return parseFeed(Buffer.from(document), { format: 'stripped-rss', ...hints }).items;
}

describe('a whole document', () => {
  const { feed, items, warnings } = parseFeed(fixture, { format: 'stripped-rss' });

  test('the channel gives title, homepage and language', () => {
    expect(feed).toEqual({
      format: 'stripped-rss',
      encoding: 'utf-8',
      title: '北桥财讯',
      homepage: 'https://news.example.org',
      language: 'zh-Hans',
    });
    expect(warnings).toEqual([]);
  });

  test('each item has its own url as id, and its own time', () => {
    expect(items.map(({ id, url, published }) => [id, url, published])).toEqual([
      [
        'https://news.example.org/articles/8001203',
        'https://news.example.org/articles/8001203',
        '2026-02-06T22:08:07Z',
      ],
      [
        'https://news.example.org/articles/8001150',
        'https://news.example.org/articles/8001150',
        '2026-02-06T15:58:44Z',
      ],
      [
        'https://news.example.org/articles/8001199',
        'https://news.example.org/articles/8001199',
        '2026-02-06T13:19:57Z',
      ],
    ]);
  });

  test('the summary is the first paragraph that is no byline', () => {
    expect(items.map(({ summary }) => summary)).toEqual([
      '海运价格连续第三周上涨。',
      '两座小城用茶换盐,换了二十年。',
      '船长在海上工作了三十年。',
    ]);
  });

  test('a creator that is the channel gives way to the person of a byline', () => {
    expect(items.map(({ authors }) => authors)).toEqual([
      [{ name: '北桥财讯' }],
      [{ name: '周小宁', role: '作者' }],
      [{ name: '北桥财讯' }],
    ]);
  });

  test('paragraphs and lists, without byline and boilerplate', () => {
    expect(items.map(({ content }) => content)).toEqual([
      '<p>海运价格连续第三周上涨。</p><p>船东协会表示,运力在春天之前不会增加。</p><p>价格为什么上涨</p>' +
        '<ul><li>北线每箱报价1200元,涨3.5%。</li><li>南线每箱报价900元。</li></ul><p>(北线报价图)</p>',
      '<p>两座小城用茶换盐,换了二十年。</p><p>今年春天,第一家合营的铺子开张。</p>',
      '<p>船长在海上工作了三十年。</p><p>主持人:</p><p>您在雾里最怕什么?</p><p>船长:</p><p>最怕没有人说话。</p>' +
        '<ol><li>先减速。</li><li>再鸣笛。</li></ol>',
    ]);
  });
});

describe('the last paragraph', () => {
  test('goes where nearly all items share it, whatever it says', () => {
    const items = read(
      ['甲。', '更多文章见北桥App'],
      ['乙。', '更多文章见北桥App'],
      ['丙。', '更多文章见北桥App'],
    );
    expect(items.map(({ content }) => content)).toEqual(['<p>甲。</p>', '<p>乙。</p>', '<p>丙。</p>']);
  });

  test('stays where it is the item’s own', () => {
    const items = read(['甲。', '甲的结尾。'], ['乙。', '乙的结尾。'], ['丙。', '乙的结尾。']);
    expect(items.map(({ content }) => content)).toEqual([
      '<p>甲。</p><p>甲的结尾。</p>',
      '<p>乙。</p><p>乙的结尾。</p>',
      '<p>丙。</p><p>乙的结尾。</p>',
    ]);
  });

  test.each(['本文来自北桥财讯，欢迎下载APP查看更多', '本文来自北桥财讯,欢迎下载ＡＰＰ查看更多'])(
    'of a single item it is known by its words: %s',
    (boilerplate) => {
      expect(read(['甲。', boilerplate])).toMatchObject([{ summary: '甲。', content: '<p>甲。</p>' }]);
      expect(read(['甲。', boilerplate, '乙。'])[0]?.content).toContain('本文来自');
    },
  );

  test('an item of nothing else has neither summary nor content', () => {
    const [item] = read(['本文来自北桥财讯,欢迎下载APP查看更多']);
    expect(Object.keys(item ?? {}).sort()).toEqual(['authors', 'id', 'published', 'title', 'url']);
  });
});

test('a creator of their own is kept beside the byline', () => {
  const text =
    '<![CDATA[ 题 ]]> https://news.example.org/articles/1 文 | 王明\n\n正文。\n\n]]>\n李红 Sat, 07 Feb 2026 06:08:07 +0800';
  const { items } = parseFeed(Buffer.from(`北桥财讯 https://news.example.org zh ${text}`), {
    format: 'stripped-rss',
  });
  expect(items[0]?.authors).toEqual([{ name: '李红' }, { name: '王明', role: '文' }]);
});

test('columns are those of the hints', () => {
  const text = fixture.toString().replace('海运价格连涨三周', '海运快评 | 价格连涨三周');
  const { items } = parseFeed(Buffer.from(text), { format: 'stripped-rss', columns: ['海运快评'] });
  expect(items[0]).toMatchObject({ title: '海运快评 | 价格连涨三周,船东:“还没到顶”', column: '海运快评' });
});

test('a list goes on after a paragraph with the number it had', () => {
  expect(read(['  1. 先减速。', '解释。', '  2. 再鸣笛。'])[0]?.content).toBe(
    '<ol><li>先减速。</li></ol><p>解释。</p><ol start="2"><li>再鸣笛。</li></ol>',
  );
});

test('a number at the margin is a heading, not a list', () => {
  expect(read(['1. 第一节', '正文。'])[0]?.content).toBe('<p>1. 第一节</p><p>正文。</p>');
});

test('the language of the configuration wins', () => {
  const { feed } = parseFeed(fixture, { format: 'stripped-rss', language: 'en' });
  expect(feed.language).toBe('en');
});
