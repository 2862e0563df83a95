import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../../src/model/errors.ts';
import { parseTelegraph } from '../../../src/parse/telegraph/parse.ts';

const fixture = readFileSync('test/fixtures/documents/telegraph.md', 'utf8');

const read = (...entries: string[]): ReturnType<typeof parseTelegraph> =>
  parseTelegraph(['# 北桥社【普通】电报 - 2026-02-28', '---', ...entries].join('\n\n'));
const clock = ({ items }: ReturnType<typeof parseTelegraph>): string[] =>
  items.map(({ time }) => [time.year, time.month, time.day, time.hour, time.minute].join(' '));

function failure(text: string): FeedParseError {
  try {
    parseTelegraph(text);
  } catch (error) {
    if (error instanceof FeedParseError) return error;
    throw error;
  }
  throw new Error('the text was read');
}

describe('the heading', () => {
  test('names agency and level', () => {
    expect(parseTelegraph(fixture)).toMatchObject({ title: '北桥社电报', level: '加红' });
  });

  test('a level may be missing', () => {
    const wire = parseTelegraph('# 北桥社电报 - 2026-02-28');
    expect(wire).toEqual({ kind: 'telegraph', title: '北桥社电报', items: [], warnings: [] });
  });

  test('heading, period and rule alone are a day without items', () => {
    expect(parseTelegraph(fixture.split('\n').slice(0, 4).join('\n'))).toMatchObject({
      items: [],
      warnings: [],
    });
  });
});

describe('times', () => {
  test('before 05:30 it is the next day, over a month and a year too, and the order of the file stays', () => {
    expect(clock(parseTelegraph(fixture))).toEqual([
      '2026 12 31 5 45',
      '2026 12 31 5 30',
      '2026 12 31 6 26',
      '2026 12 31 7 12',
      '2026 12 31 10 55',
      '2026 12 31 11 4',
      '2026 12 31 23 59',
      '2027 1 1 0 10',
      '2027 1 1 5 29',
    ]);
    expect(clock(read('**[05:29]** 甲。', '**[05:30]** 乙。'))).toEqual(['2026 3 1 5 29', '2026 2 28 5 30']);
  });

  test('the period says when the day begins, and on which date', () => {
    const text =
      '# 北桥社【普通】电报 - 2026-03-01\n> 统计周期：2026-02-28 18:00 至次日 18:00\n\n**[18:00]** 甲。\n**[17:59]** 乙。';
    expect(clock(parseTelegraph(text))).toEqual(['2026 2 28 18 0', '2026 3 1 17 59']);
    const midnight = text.replace('18:00 至次日 18:00', '00:00 至 24:00');
    expect(clock(parseTelegraph(midnight))).toEqual(['2026 2 28 18 0', '2026 2 28 17 59']);
  });

  test('times inside a text begin no entry', () => {
    const { items } = read('**[06:26]** 【日程】 ①09:00 例会； ②**[15:45]** 公告。');
    expect(items).toMatchObject([{ title: '日程', body: '①09:00 例会； ②**[15:45]** 公告。' }]);
  });
});

describe('titles', () => {
  test('brackets are balanced: the inner pair at the start is the column', () => {
    const { items } = read(
      '**[07:12]** 【【深读】甲公司的“【乙】”计划】正文。',
      '**[07:13]** 【甲公司的【乙】计划】正文。',
    );
    expect(items).toMatchObject([
      { column: '深读', title: '甲公司的“【乙】”计划', body: '正文。' },
      { title: '甲公司的【乙】计划', body: '正文。' },
    ]);
    expect(items[1]).not.toHaveProperty('column');
  });

  test('a column without a title, a title without a body, neither', () => {
    const { items } = read('**[07:12]** 【【深读】】正文。', '**[07:13]** 【标题】', '**[07:14]** 正文。');
    expect(items).toMatchObject([
      { column: '深读', body: '正文。' },
      { title: '标题', body: '' },
      { body: '正文。' },
    ]);
    expect(items[0]).not.toHaveProperty('title');
  });
});

describe('who says it', () => {
  test('a source after a space, reporters in any parentheses', () => {
    const { items } = read(
      '**[06:00]** 甲。 (海风日报)',
      '**[06:01]** 乙。（北桥社记者 王海）',
      '**[06:02]** 丙。(记者：王海、李河)',
      '**[06:03]** 丁的处理器（GPU）',
      '**[06:04]** 戊的处理器(GPU)',
    );
    expect(items.map(({ source, reporters }) => [source, reporters])).toEqual([
      ['海风日报', undefined],
      [undefined, '王海'],
      [undefined, '王海、李河'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe('broken entries', () => {
  test.each([
    ['**[0545]** 正文。'],
    ['**[25:01]** 正文。'],
    ['**[05:61]** 正文。'],
    ['**[05:45]**'],
    ['**[05:45]** 【没有右括号 正文。'],
    ['**[05:45]** 【【深读】只有一个右括号 正文。'],
    ['**[05:45]** 北桥社2月28日电，'],
    ['一行没有时间的文字'],
  ])('%s is left out with its line, the others come through', (entry) => {
    const { items, warnings } = read('**[06:00]** 甲。', entry, '**[06:02]** 丙。');
    expect(items.map(({ body }) => body)).toEqual(['甲。', '丙。']);
    expect(warnings).toMatchObject([{ code: 'broken-entry', line: 7 }]);
    expect(warnings).toHaveLength(1);
  });

  test('lost characters are said with their line', () => {
    expect(read('**[06:00]** 甲\uFFFD。').warnings).toMatchObject([
      { code: 'replacement-character', line: 5 },
    ]);
  });
});

test.each([
  ['CRLF', fixture.replaceAll('\n', '\r\n')],
  ['a BOM', `\uFEFF${fixture}`],
  ['no final newline', fixture.trimEnd()],
  ['trailing spaces', fixture.replaceAll('\n', '  \n')],
])('%s changes nothing', (_, text) => {
  expect(parseTelegraph(text)).toEqual(parseTelegraph(fixture));
});

test.each([
  ['', 'empty', 1],
  ['正文', 'not-of-format', 1],
  ['# 北桥社【普通】电报', 'not-of-format', 1],
  ['# 北桥社【普通】电报 - 2026-02-30', 'not-of-format', 1],
  ['\n# 北桥社【普通】电报 - 2026-2', 'not-of-format', 2],
  ['# 北桥社【普通】电报 - 2026-02-28\n\n只有文字', 'not-of-format', 3],
  ['# 标题\n\n> 开头\n\n[原文链接](https://example.org/p/1)', 'not-of-format', 1],
])('%j is an error with a line', (text, code, line) => {
  expect(failure(text)).toMatchObject({ name: 'FeedParseError', code, line });
});
