import { describe, expect, test } from 'vitest';
import { parseByline, splitNames } from '../../../src/normalize/documents/byline.ts';

describe('a line that names people', () => {
  test.each([
    ['文｜肖明', [{ name: '肖明', role: '文' }]],
    ['编辑丨李青', [{ name: '李青', role: '编辑' }]],
    ['作者 | 周宁', [{ name: '周宁', role: '作者' }]],
    ['整理 ｜小满仓', [{ name: '小满仓', role: '整理' }]],
    ['作者：Anna Berg', [{ name: 'Anna Berg', role: '作者' }]],
    ['責任編輯/何田', [{ name: '何田', role: '責任編輯' }]],
    ['采访、撰文｜周宁、吴双', undefined],
    [
      '文｜周宁 吴双，编辑｜何田',
      [
        { name: '周宁', role: '文' },
        { name: '吴双', role: '文' },
        { name: '何田', role: '编辑' },
      ],
    ],
  ])('%s', (line, people) => {
    expect(parseByline(line)?.people).toEqual(people);
    expect(parseByline(line)?.complete).toBe(people === undefined ? undefined : true);
  });

  test.each(['封面来源｜AI生成', '图源：青禾种业', '来源 | 溪边工厂'])('a credit is nobody: %s', (line) => {
    expect(parseByline(line)).toEqual({ people: [], complete: false });
  });

  test.each([
    ['\uFFFD\uFFFD辑｜李青', [{ name: '李青' }]],
    ['作\uFFFD | 周宁', [{ name: '周宁' }]],
    ['海\uFFFD | 港口', undefined],
  ])('a damaged label: %s', (line, people) => {
    expect(parseByline(line)?.people).toEqual(people);
  });

  test.each([
    '文化部｜新规发布',
    '编辑：这本书为什么值得读？',
    '作者说，这本书值得读。',
    '文｜',
    '正文里的文｜肖明',
    '记者：您在雾里最怕什么，还有谁知道这件事情的经过',
    '',
  ])('no byline: %s', (line) => {
    expect(parseByline(line)).toBeUndefined();
  });
});

test.each([
  ['王海', ['王海']],
  ['王海、李河', ['王海', '李河']],
  ['王海 李河', ['王海', '李河']],
  ['Anna Berg & 王海', ['Anna Berg', '王海']],
  ['', undefined],
  ['他说：“不。”', undefined],
])('names in %j', (text, names) => {
  expect(splitNames(text)).toEqual(names);
});
