import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../../src/model/errors.ts';
import { parseTagPage } from '../../../src/parse/tag-page/parse.ts';

const fixture = readFileSync('test/fixtures/documents/tag-page.txt', 'utf8');
const long = '渡輪在霧裡離開了碼頭。'.repeat(20);

function pairs(text: string): (string | undefined)[][] {
  return parseTagPage(text).items.map(({ title, source }) => [title, source]);
}

function failure(text: string): FeedParseError {
  try {
    parseTagPage(text);
  } catch (error) {
    if (error instanceof FeedParseError) return error;
    throw error;
  }
  throw new Error('the text was read');
}

describe('items', () => {
  test('titles and bodies by turns, with one body that has no title', () => {
    const { tag, items, warnings } = parseTagPage(fixture);
    expect(tag).toBe('渡輪');
    expect(items.map(({ line, title, source }) => [line, title, source])).toEqual([
      [2, '工廠搬到河邊,渡輪成了班車', '河岸觀察'],
      [4, undefined, undefined],
      [5, '秧苗過了海,種子回了家|春耕特寫', '海濱農場'],
    ]);
    expect(items.map(({ body }) => body.slice(0, 6))).toEqual(['首段寫得很長', '《無人渡輪首', '01第一節說']);
    expect(warnings).toEqual([]);
  });

  test('a short body is known by its source', () => {
    expect(pairs('#渡輪\n標題甲\n一句話。 (來源甲)\n標題乙\n又一句 (來源乙)')).toEqual([
      ['標題甲', '來源甲'],
      ['標題乙', '來源乙'],
    ]);
  });

  test('a short body where a title is expected has no title', () => {
    expect(pairs('#渡輪\n《無題》一句話 (來源甲)\n標題乙\n又一句。 (來源乙)')).toEqual([
      [undefined, '來源甲'],
      ['標題乙', '來源乙'],
    ]);
  });

  test('a title may end like a body', () => {
    expect(pairs(`#渡輪\n船期表公布 (附圖)\n${long} (來源甲)\n標題乙\n${long}`)).toEqual([
      ['船期表公布 (附圖)', '來源甲'],
      ['標題乙', undefined],
    ]);
  });

  test('a long body needs no source, and a long parenthesis is none', () => {
    const remark = '(本文內容均為客觀整理,不構成任何建議,讀者應自行判斷並承擔風險)';
    expect(pairs(`#渡輪\n標題甲\n${long}\n標題乙\n${long} ${remark}\n標題丙\n${long}(不隔開)`)).toEqual([
      ['標題甲', undefined],
      ['標題乙', undefined],
      ['標題丙', undefined],
    ]);
  });

  test('a title without a body is left out, and the next keeps its own', () => {
    const { items, warnings } = parseTagPage(`#渡輪\n標題甲\n標題乙\n${long} (來源乙)\n標題丙`);
    expect(items.map(({ title }) => title)).toEqual(['標題乙']);
    expect(warnings).toMatchObject([
      { code: 'item-without-body', line: 2 },
      { code: 'item-without-body', line: 5 },
    ]);
  });

  test('a tag alone is a page without items', () => {
    expect(parseTagPage('#渡輪\n')).toEqual({ kind: 'tag-page', tag: '渡輪', items: [], warnings: [] });
  });

  test('lost characters are said with their line', () => {
    const { warnings } = parseTagPage(`#渡輪\n標題\n${long}\uFFFD\uFFFD (來源甲)`);
    expect(warnings).toMatchObject([{ code: 'replacement-character', line: 3 }]);
  });
});

test.each([
  ['CRLF', fixture.replaceAll('\n', '\r\n')],
  ['a BOM', `\uFEFF${fixture}`],
  ['a final newline', `${fixture}\n`],
  ['trailing spaces', fixture.replaceAll('\n', ' \u00a0\n')],
  ['blank lines between', fixture.replaceAll('\n', '\n\n')],
])('%s changes nothing', (_, text) => {
  const bare = (document: string): unknown =>
    parseTagPage(document).items.map(({ title, body, source }) => ({ title, body, source }));
  expect(bare(text)).toEqual(bare(fixture));
});

test.each([
  ['', 'empty', 1],
  ['渡輪\n標題', 'not-of-format', 1],
  ['# 渡輪\n標題', 'not-of-format', 1],
  ['## 渡輪', 'not-of-format', 1],
  ['\n<html></html>', 'not-of-format', 2],
  ['#渡輪\n\n標題\n又一行', 'not-of-format', 3],
])('%j is an error with a line', (text, code, line) => {
  expect(failure(text)).toMatchObject({ name: 'FeedParseError', code, line });
});
