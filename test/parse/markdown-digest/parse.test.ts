import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../../src/model/errors.ts';
import { parseMarkdownDigest } from '../../../src/parse/markdown-digest/parse.ts';

const fixture = readFileSync('test/fixtures/documents/markdown-digest.md', 'utf8');

const link = (id: number): string => `[原文链接](https://news.example.org/p/${id}?f=rss)`;
const item = (title: string, id: number, ...body: string[]): string =>
  [`# ${title}`, '', ...body.flatMap((block) => [block, '']), link(id)].join('\n');
const read = (...items: string[]): ReturnType<typeof parseMarkdownDigest> =>
  parseMarkdownDigest(items.join('\n\n\n'));

function failure(text: string): FeedParseError {
  try {
    parseMarkdownDigest(text);
  } catch (error) {
    if (error instanceof FeedParseError) return error;
    throw error;
  }
  throw new Error('the text was read');
}

describe('items', () => {
  test('each title goes with the link that ends its item', () => {
    const { items, warnings } = parseMarkdownDigest(fixture);
    expect(items.map(({ line, link }) => [line, link.slice(-24)])).toEqual([
      [1, 'p/3627063705600000?f=rss'],
      [37, 'p/3627063705616384?f=rss'],
      [67, 'p/3627063705665536?f=rss'],
      [88, 's/3627063705681920?f=rss'],
    ]);
    expect(items[1]?.title).toBe('星桥任命新的厂长，老厂长转任顾问｜北桥独家');
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([['replacement-character', 90]]);
  });

  test('a 原文链接 in running text ends nothing', () => {
    const { items } = read(
      item('甲', 1, '> 开头', `点击${link(9)}，提取码：x1`, '结尾'),
      item('乙', 2, '> 开头'),
    );
    expect(items.map(({ title, link }) => [title, link])).toEqual([
      ['甲', 'https://news.example.org/p/1?f=rss'],
      ['乙', 'https://news.example.org/p/2?f=rss'],
    ]);
    expect(items[0]?.blocks).toHaveLength(3);
  });

  test('a heading of the first level inside a body opens nothing', () => {
    const { items, warnings } = read(item('甲', 1, '> 开头', '# 一章', '正文', '> 引文'));
    expect(items.map(({ title }) => title)).toEqual(['甲']);
    expect(items[0]?.blocks).toEqual(['开头', '# 一章', '正文', '> 引文']);
    expect(warnings).toEqual([]);
  });

  test('the link may stand right below the text and hold parentheses', () => {
    const { items } = parseMarkdownDigest('# 甲\n\n> 一句话。\n[原文链接](https://example.org/a_(b))');
    expect(items).toEqual([
      { line: 1, title: '甲', link: 'https://example.org/a_(b)', blocks: ['一句话。'] },
    ]);
  });

  test('an item whose link was lost is left out, and the next keeps its own', () => {
    const broken = item('甲', 1, '> 开头', '正文').split('\n').slice(0, -1).join('\n');
    const { items, warnings } = read(broken, item('乙', 2, '> 开头'));
    expect(items.map(({ title, link }) => [title, link])).toEqual([
      ['乙', 'https://news.example.org/p/2?f=rss'],
    ]);
    expect(warnings).toMatchObject([{ code: 'item-without-link', line: 1 }]);
  });

  test('an item whose title was lost is left out, and the one before keeps its link', () => {
    const broken = item('乙', 2, '> 开头', '正文').split('\n').slice(2).join('\n');
    const { items, warnings } = read(item('甲', 1, '> 开头'), broken, item('丙', 3, '> 开头'));
    expect(items.map(({ title, link }) => [title, link.at(-7)])).toEqual([
      ['甲', '1'],
      ['丙', '3'],
    ]);
    expect(warnings).toMatchObject([{ code: 'item-without-title', line: 8 }]);
    expect(warnings).toHaveLength(1);
  });

  test('an empty title is left out', () => {
    const { items, warnings } = read(item('', 1, '> 开头'), item('乙', 2, '> 开头'));
    expect(items.map(({ title }) => title)).toEqual(['乙']);
    expect(warnings).toMatchObject([{ code: 'item-without-title', line: 1 }]);
  });
});

describe('blocks', () => {
  test('the lead loses its mark, later quotes keep theirs', () => {
    const { items } = read(item('甲', 1, '> 开头', '> 引文'), item('乙', 2, '> ## 导览', '正文'));
    expect(items.map(({ blocks }) => blocks)).toEqual([
      ['开头', '> 引文'],
      ['## 导览', '正文'],
    ]);
  });

  test('neighbouring lines are one block', () => {
    const { items } = read(item('甲', 1, '> 开头', '  * 一\n  * 二'));
    expect(items[0]?.blocks).toEqual(['开头', '  * 一\n  * 二']);
  });

  test('lines of no-break spaces are blank, and so is a twice escaped &amp;nbsp;', () => {
    const { items } = read(item('甲', 1, '> 开头', '\u00a0', '&amp;nbsp;', '&nbsp;&nbsp;', '正文\u00a0'));
    expect(items[0]?.blocks).toEqual(['开头', '正文']);
  });
});

describe('spellings of one document', () => {
  const plain = parseMarkdownDigest(fixture);

  test.each([
    ['CRLF', fixture.replaceAll('\n', '\r\n')],
    ['a BOM', `\uFEFF${fixture}`],
    ['no final newline', fixture.trimEnd()],
    ['trailing spaces', fixture.replaceAll('\n', '  \n')],
    ['blank lines before', `\n\n${fixture}`],
  ])('%s', (_, text) => {
    const { items } = parseMarkdownDigest(text);
    expect(items.map(({ title, link, blocks }) => ({ title, link, blocks }))).toEqual(
      plain.items.map(({ title, link, blocks }) => ({ title, link, blocks })),
    );
  });
});

describe('what is not of the format', () => {
  test.each([
    ['', 'empty', 1],
    ['\n \n', 'empty', 1],
    ['<rss version="2.0"></rss>', 'not-of-format', 1],
    ['\n\n说明\n\n# 甲', 'not-of-format', 3],
    ['#标签\n标题', 'not-of-format', 1],
    ['# README\n\ntext', 'not-of-format', 1],
  ])('%j is an error with a line', (text, code, line) => {
    expect(failure(text)).toMatchObject({ name: 'FeedParseError', code, line });
  });
});
