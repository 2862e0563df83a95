import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { ParseHints } from '../../src/parse/hints.ts';

const fixture = readFileSync('test/fixtures/documents/markdown-digest.md');

function read(document: Uint8Array | string, hints: ParseHints = {}): ReturnType<typeof parseFeed> {
  return parseFeed(Buffer.from(document), { format: 'markdown-digest', ...hints });
}

function one(title: string, blocks: readonly string[], url = 'https://news.example.org/p/1'): Item {
  const text = [`# ${title}`, ...blocks, `[原文链接](${url})`].join('\n\n');
  const { items } = read(text, { columns: ['北桥独家', '晨读'] });
  expect(items).toHaveLength(1);
  return items[0] ?? {};
}

describe('a whole document', () => {
  const { feed, items, warnings } = read(fixture, {
    columns: ['晨读', '晚读', '北桥独家'],
    language: 'zh-Hans',
  });

  test('says nothing of the feed but its format and charset', () => {
    expect(feed).toEqual({ format: 'markdown-digest', encoding: 'utf-8', language: 'zh-Hans' });
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([['replacement-character', 90]]);
  });

  test('id and url are the link without ?f=rss, and no item has a time but a hint', () => {
    expect(items.map(({ id, url, orderHint }) => [id, url, orderHint])).toEqual([
      ...[
        'p/3627063705600000',
        'p/3627063705616384',
        'p/3627063705665536',
        'newsflashes/3627063705681920',
      ].map((path, index) => [
        `https://news.example.org/${path}`,
        `https://news.example.org/${path}`,
        `2026-01-05T22:00:00${['', '.001', '.004', '.005'][index] ?? ''}Z`,
      ]),
    ]);
    expect(items.filter((item) => 'published' in item || 'updated' in item)).toEqual([]);
  });

  test('titles are whole, columns named beside them', () => {
    expect(items.map(({ title, column }) => [title, column])).toEqual([
      ['晨读｜云杉造船回应订单传闻；青禾推出新种子；首座海上书店开张', '晨读'],
      ['星桥任命新的厂长，老厂长转任顾问｜北桥独家', '北桥独家'],
      ['晚读｜湖港开通夜航；量子钟走进课堂', '晚读'],
      ['东岭煤矿复产', undefined],
    ]);
  });

  test('authors come from bylines, once each, and from the repost line', () => {
    expect(items.map(({ authors }) => authors)).toEqual([
      [{ name: '小满', role: '整理' }],
      [
        { name: '林小溪', role: '文' },
        { name: '何田', role: '编辑' },
        { name: '周岸', role: '编辑' },
      ],
      undefined,
      undefined,
    ]);
  });

  test('the summary is the first text that is no byline, heading, image or headline', () => {
    expect(items.map(({ summary }) => summary)).toEqual([
      '<ul><li>首座海上书店开张</li><li>青禾种业推出耐盐水稻</li></ul>',
      '北桥财讯独家获悉，星桥公司任命了新的厂长。安排包括：',
      '北桥财讯获悉，湖港集团今日开通夜航。',
      '东岭煤矿今日恢复生产，日产\uFFFD\uFFFD\uFFFD三千吨。（矿山晚报）',
    ]);
  });

  test('a newsflash names its source', () => {
    expect(items[3]).toMatchObject({
      source: { title: '矿山晚报' },
      agency: '矿山晚报',
      content: '<p>东岭煤矿今日恢复生产，日产\uFFFD\uFFFD\uFFFD三千吨。（矿山晚报）</p>',
    });
  });

  test('a repost names where it was taken from', () => {
    expect(items[1]?.source).toEqual({ title: '溪边工厂' });
  });

  test('the content holds everything but title, link and bylines', () => {
    const { content = '' } = items[1] ?? {};
    expect(content).toMatch(/^<p>北桥财讯独家获悉/);
    expect(content).toContain('<ul><li>新厂长负责生产；</li><li>老厂长转任顾问。</li></ul>');
    expect(content).toContain('<p><strong>一句加粗的话，这里是正文。</strong></p><h2>第二节的标题</h2>');
    expect(content).toContain('，提取码：x1，或关注我们。</p><p>本文来自微信公众号');
    expect(content).not.toMatch(/星桥任命|何田|nbsp|\u00a0/);
  });

  test('digests keep their parts, articles have none', () => {
    expect(items.map(({ parts }) => parts?.length)).toEqual([3, undefined, 3, undefined]);
    expect(items[0]?.parts?.map(({ title, section, url }) => [section, title, url])).toEqual([
      ['要闻三条', '云杉造船回应订单传闻：没有可以公布的消息', undefined],
      ['要闻三条', '青禾种业推出耐盐水稻', undefined],
      ['上市进行时', '松鹤仪器', undefined],
    ]);
    expect(items[2]?.parts?.map(({ title, section, url }) => [section, title, url?.slice(-16)])).toEqual([
      ['大公司', '湖港开通夜航', '3627063705632768'],
      ['大公司', '量子钟走进课堂', '3627063705649152'],
      ['投融资', '湖港开通夜航', '3627063705632768'],
    ]);
  });

  test('a part has all paragraphs, images and captions up to the next, and no byline', () => {
    const [first, second, last] = items[0]?.parts ?? [];
    expect(first?.content).toBe(
      '<p>网传云杉造船接到十二艘新船的订单。</p><p>公司对此表示，没有可以公布的消息。（海风日报）</p>',
    );
    expect(second?.content).toMatch(/^<p>青禾种业表示.*<img .*<p>图源：青禾种业<\/p>$/);
    expect(last?.content).toBe('<p>北桥财讯获悉，松鹤仪器提交上市申请书。</p>');
  });
});

describe('columns', () => {
  test.each([
    ['8点1氪｜甲；乙', '8点1氪'],
    ['氪星晚报｜甲；乙', '氪星晚报'],
    ['CEO锦囊·X计划丨甲，为什么？', 'CEO锦囊·X计划'],
    ['36氪研究院 | 甲行业报告', '36氪研究院'],
    ['甲公司换帅｜36氪独家', '36氪独家'],
    ['甲公司融资 | 36氪首发', '36氪首发'],
    ['甲公司融资|潜伏独角兽', '潜伏独角兽'],
    ['【晨读】甲；乙', '晨读'],
    ['甲公司换帅｜谁知道的栏目', undefined],
    ['36氪独家', undefined],
    ['甲｜36氪独家｜乙', undefined],
  ])('%s', (title, column) => {
    const item = one(title, ['> 一句话。']);
    expect(item.title).toBe(title);
    expect(item.column).toBe(column);
  });
});

describe('bylines', () => {
  test('in bold, with a bar and spaces, in one line', () => {
    const { authors, summary, content } = one('甲', ['> **作者 | 周宁、吴双  编辑 | 何田**', '正文。']);
    expect(authors).toEqual([
      { name: '周宁', role: '作者' },
      { name: '吴双', role: '作者' },
      { name: '何田', role: '编辑' },
    ]);
    expect(summary).toBe('正文。');
    expect(content).toBe('<p>正文。</p>');
  });

  test('a label that lost characters gives a name without a role, and its line stays', () => {
    const { authors, summary, content } = one('甲', ['> **文｜周宁**', '**\uFFFD\uFFFD辑｜何田**', '正文。']);
    expect(authors).toEqual([{ name: '周宁', role: '文' }, { name: '何田' }]);
    expect(summary).toBe('正文。');
    expect(content).toBe('<p><strong>\uFFFD\uFFFD辑｜何田</strong></p><p>正文。</p>');
  });

  test('a credit is no person and no summary', () => {
    const { authors, summary, content } = one('甲', ['> **封面来源｜视觉海岸**', '正文。']);
    expect(authors).toBeUndefined();
    expect(summary).toBe('正文。');
    expect(content).toContain('封面来源');
  });

  test('somebody who speaks in the middle is no author', () => {
    const { authors } = one('甲', ['> 开头。', '编辑：怎么样', '作者：很好', '结尾。']);
    expect(authors).toBeUndefined();
  });
});

describe('digests', () => {
  test('an article that opens with a heading is none', () => {
    const item = one('甲', ['> ## 第一节', '正文。', '**一句加粗的话。**', '正文。']);
    expect(item).not.toHaveProperty('parts');
    expect(item.summary).toBe('正文。');
    expect(one('甲', ['> ## 第一节', '  * 一\n  * 二', '正文。'])).not.toHaveProperty('parts');
  });

  test('a byline before the first section changes nothing, a credit in bold is no part', () => {
    const item = one('甲', ['> 整理｜小满', '## 要闻：', '**题一**', '一。', '**封面来源｜视觉海岸**']);
    expect(item.parts).toEqual([
      { title: '题一', section: '要闻', content: '<p>一。</p><p><strong>封面来源｜视觉海岸</strong></p>' },
    ]);
    expect(item.authors).toEqual([{ name: '小满', role: '整理' }]);
  });

  test('a headline may have a colon after a word that bylines use', () => {
    const item = one('甲', ['> ## 要闻', '**视频：渡轮首航**', '一。']);
    expect(item.parts?.map(({ title }) => title)).toEqual(['视频：渡轮首航']);
  });

  test('a section of the first rank only begins a section', () => {
    const item = one('甲', ['> ## 要闻', '**题一**', '### 小标题', '一。', '## 财报', '说明。', '**题二**']);
    expect(item.parts).toEqual([
      { title: '题一', section: '要闻', content: '<h3>小标题</h3><p>一。</p>' },
      { title: '题二', section: '财报' },
    ]);
  });
});

describe('links', () => {
  test.each([
    ['https://news.example.org/p/1?f=rss', 'https://news.example.org/p/1'],
    ['https://news.example.org/p/1?f=rss&page=2', 'https://news.example.org/p/1?page=2'],
    ['https://news.example.org/p/1?page=2&f=rss#top', 'https://news.example.org/p/1?page=2#top'],
    ['https://news.example.org/p/1?f=rss2', 'https://news.example.org/p/1?f=rss2'],
  ])('%s', (link, url) => {
    expect(one('甲', ['> 一句话。'], link)).toMatchObject({ id: url, url });
  });
});

describe('agency', () => {
  test('the dateline comes before the source at the end', () => {
    expect(one('甲', ['> 36氪获悉，甲公司开张。（海风日报）'])).toMatchObject({
      agency: '36氪',
      source: { title: '海风日报' },
    });
  });

  test('two sources stay as printed, with or without a full stop before them', () => {
    expect(one('甲', ['> 甲公司开张（海风日报、田野新闻）']).agency).toBe('海风日报、田野新闻');
  });

  test('only a text of one paragraph ends with its source', () => {
    expect(one('甲', ['> 甲公司推出处理器（一号）', '正文。']).agency).toBeUndefined();
  });
});

test('markup and scripts in the text stay text', () => {
  const { content = '' } = one('甲', ['> <script>alert(1)</script>', '[点](javascript:alert(1)) <b>粗</b>']);
  expect(content).not.toMatch(/<script|<b>|javascript:/);
  expect(content).toContain('&lt;script&gt;');
});
