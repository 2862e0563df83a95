import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../../src/model/errors.ts';
import { parseStrippedRss } from '../../../src/parse/stripped-rss/parse.ts';

const fixture = readFileSync('test/fixtures/documents/stripped-rss.txt', 'utf8');

const head = (title: string, id: number, lead = ''): string =>
  `<![CDATA[ ${title} ]]> https://news.example.org/articles/${id}${lead && ' '}${lead}`;
const item = (title: string, id: number, minute: string): string =>
  `${head(title, id, '开头。')}\n\n正文。\n\n]]>\n北桥财讯 Sat, 07 Feb 2026 06:${minute}:07 +0800`;

function summary(text: string): unknown[] {
  return parseStrippedRss(text).items.map(({ title, link, pubDate }) => [
    title,
    link.at(-1),
    pubDate?.slice(17, 22),
  ]);
}

function failure(text: string): FeedParseError {
  try {
    parseStrippedRss(text);
  } catch (error) {
    if (error instanceof FeedParseError) return error;
    throw error;
  }
  throw new Error('the text was read');
}

describe('a whole document', () => {
  const { channel, items, warnings } = parseStrippedRss(fixture);

  test('the channel shares the line of the first item', () => {
    expect(channel).toEqual({ title: '北桥财讯', link: 'https://news.example.org', language: 'zh-hans' });
    expect(items[0]?.line).toBe(1);
  });

  test('creator and date are those below the body, not those of the item before', () => {
    expect(
      items.map(({ title, link, creator, pubDate }) => [title, link.slice(-7), creator, pubDate]),
    ).toEqual([
      ['海运价格连涨三周,船东:“还没到顶”', '8001203', '北桥财讯', 'Sat, 07 Feb 2026 06:08:07 +0800'],
      ['"茶与盐"的二十年', '8001150', '北桥财讯', 'Fri, 06 Feb 2026 23:58:44 +0800'],
      ['船长访谈:雾里最怕的是沉默', '8001199', '北桥财讯', 'Fri, 06 Feb 2026 21:19:57 +0800'],
    ]);
    expect(warnings).toEqual([]);
  });

  test('the first paragraph stands on the head line or below it, and list marks stay', () => {
    expect(items.map(({ paragraphs }) => paragraphs[0])).toEqual([
      '海运价格连续第三周上涨。',
      '作者 | 周小宁',
      '船长在海上工作了三十年。',
    ]);
    expect(items[0]?.paragraphs.slice(3, 5)).toEqual([
      '  • 北线每箱报价1200元,涨3.5%。',
      '  • 南线每箱报价900元。',
    ]);
  });

  test('neighbouring lines are paragraphs of their own', () => {
    expect(items[2]?.paragraphs.slice(1, 5)).toEqual([
      '主持人:',
      '您在雾里最怕什么?',
      '船长:',
      '最怕没有人说话。',
    ]);
  });
});

describe('heads and ends', () => {
  test('a document may begin without a channel', () => {
    const { channel, items } = parseStrippedRss(item('甲', 1, '01'));
    expect(channel).toBeUndefined();
    expect(items).toHaveLength(1);
  });

  test('a channel of several words, of another language, of none', () => {
    const one = item('甲', 1, '01');
    expect(parseStrippedRss(`The Harbour Post https://post.example en-GB ${one}`).channel).toEqual({
      title: 'The Harbour Post',
      link: 'https://post.example',
      language: 'en-GB',
    });
    expect(parseStrippedRss(`北桥财讯 https://post.example ${one}`).channel).toEqual({
      title: '北桥财讯',
      link: 'https://post.example',
    });
  });

  test('a channel alone is a day without items', () => {
    expect(parseStrippedRss('北桥财讯 https://news.example.org zh-hans\n')).toEqual({
      kind: 'stripped-rss',
      channel: { title: '北桥财讯', link: 'https://news.example.org', language: 'zh-hans' },
      items: [],
      warnings: [],
    });
  });

  test('the body may end on its last line', () => {
    const { items } = parseStrippedRss(`${head('甲', 1)}\n正文。]]>\n王 明 Sat, 07 Feb 2026 06:08:07 GMT`);
    expect(items).toMatchObject([
      { paragraphs: ['正文。'], creator: '王 明', pubDate: 'Sat, 07 Feb 2026 06:08:07 GMT' },
    ]);
  });

  test('a date without a creator', () => {
    const { items } = parseStrippedRss(`${head('甲', 1)}\n正文。\n]]>\n7 Feb 2026 06:08 +0000`);
    expect(items[0]).not.toHaveProperty('creator');
    expect(items[0]?.pubDate).toBe('7 Feb 2026 06:08 +0000');
  });
});

describe('broken items', () => {
  test('without its ]]> an item goes with its date, and no other gets that', () => {
    const text = [item('甲', 1, '03').replace('\n]]>', ''), item('乙', 2, '02'), item('丙', 3, '01')].join(
      '\n',
    );
    expect(summary(text)).toEqual([
      ['乙', '2', '06:02'],
      ['丙', '3', '06:01'],
    ]);
    expect(parseStrippedRss(text).warnings).toMatchObject([{ code: 'item-not-closed', line: 1 }]);
  });

  test('without its head an item goes with its date', () => {
    const headless = item('乙', 2, '02').split('\n').slice(1).join('\n');
    const text = [item('甲', 1, '03'), headless, item('丙', 3, '01')].join('\n');
    expect(summary(text)).toEqual([
      ['甲', '1', '06:03'],
      ['丙', '3', '06:01'],
    ]);
    expect(parseStrippedRss(text).warnings).toMatchObject([{ code: 'item-without-link', line: 8 }]);
    expect(parseStrippedRss(text).warnings).toHaveLength(1);
  });

  test('without a URL an item goes with its date', () => {
    const broken = item('乙', 2, '02').replace('https://news.example.org/articles/2 ', '');
    const text = [item('甲', 1, '03'), broken, item('丙', 3, '01')].join('\n');
    expect(summary(text)).toEqual([
      ['甲', '1', '06:03'],
      ['丙', '3', '06:01'],
    ]);
    expect(parseStrippedRss(text).warnings).toMatchObject([{ code: 'item-without-link', line: 7 }]);
  });

  test.each(['', '北桥财讯', '北桥财讯 Sat, 07 Feb 2026 06:02:07', '北桥财讯 Sat, 07 Feb 2026 06:02:07 +08'])(
    'with the end %j an item is kept without a time',
    (end) => {
      const broken = item('乙', 2, '02').split('\n').slice(0, -1).join('\n');
      const text = [item('甲', 1, '03'), `${broken}\n${end}`, item('丙', 3, '01')].join('\n');
      expect(summary(text)).toEqual([
        ['甲', '1', '06:03'],
        ['乙', '2', undefined],
        ['丙', '3', '06:01'],
      ]);
      expect(parseStrippedRss(text).warnings).toMatchObject([{ code: 'item-without-date', line: 7 }]);
      expect(parseStrippedRss(text).warnings).toHaveLength(1);
    },
  );

  test('lost characters are said with their line', () => {
    const text = item('甲', 1, '01').replace('正文', '正\uFFFD');
    expect(parseStrippedRss(text).warnings).toMatchObject([{ code: 'replacement-character', line: 3 }]);
  });
});

test.each([
  ['CRLF', fixture.replaceAll('\n', '\r\n')],
  ['a BOM', `\uFEFF${fixture}`],
  ['a final newline', `${fixture}\n`],
  ['trailing spaces', fixture.replaceAll('\n', '  \n')],
])('%s changes nothing', (_, text) => {
  expect(parseStrippedRss(text)).toEqual(parseStrippedRss(fixture));
});

test.each([
  ['', 'empty', 1],
  ['一行文字', 'not-of-format', 1],
  ['<rss version="2.0"><channel></channel></rss>', 'not-of-format', 1],
  ['见 https://news.example.org', 'not-of-format', 1],
  ['\n北桥财讯 https://news.example.org zh\n\n正文', 'not-of-format', 4],
  [head('甲', 1, '开头'), 'not-of-format', 1],
])('%j is an error with a line', (text, code, line) => {
  expect(failure(text)).toMatchObject({ name: 'FeedParseError', code, line });
});
