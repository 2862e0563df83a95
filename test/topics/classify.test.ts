import { describe, expect, test } from 'vitest';
import { TributaryError } from '../../src/model/errors.ts';
import { checkTopics } from '../../src/topics/check.ts';
import { classify } from '../../src/topics/classify.ts';
import { compileTopics } from '../../src/topics/compile.ts';
import { findTermProblems } from '../../src/topics/problems.ts';
import { finds, rule, topicsOf } from './rules.ts';

describe('a rule', () => {
  const money = compileTopics([rule('money', { any: ['利率'], strong: ['央行'] })]);

  test('applies by an any term in the title, not in the lead', () => {
    expect(topicsOf(money, '利率走低')).toEqual(['money']);
    expect(topicsOf(money, { title: '早报', lead: '利率走低' })).toEqual([]);
  });

  test('applies by a strong term in title or lead', () => {
    expect(topicsOf(money, '央行表态')).toEqual(['money']);
    expect(topicsOf(money, { title: '早报', lead: '央行表态' })).toEqual(['money']);
  });

  test('reads no more of the text than its first 160 characters', () => {
    expect(topicsOf(money, { title: '早报', lead: `${'🚀'.repeat(158)}央行` })).toEqual(['money']);
    expect(topicsOf(money, { title: '早报', lead: `${'🚀'.repeat(159)}央行` })).toEqual([]);
  });

  test('needs every all term in the title, and they may decide alone', () => {
    const robots = compileTopics([
      rule('robots', { any: ['工厂'], all: ['特斯拉', '机器人'] }),
      rule('pairs', { all: ['特斯拉', '机器人'] }),
    ]);
    expect(topicsOf(robots, '特斯拉机器人进工厂')).toEqual(['robots', 'pairs']);
    expect(topicsOf(robots, '特斯拉机器人')).toEqual(['pairs']);
    expect(topicsOf(robots, { title: '特斯拉进工厂', lead: '机器人' })).toEqual([]);
  });

  test('does not apply with a none term in the title', () => {
    const cars = compileTopics([
      rule('cars', { any: ['汽车'], sources: ['autos'], none: ['财险', '/打折.*促销/'] }),
    ]);
    expect(topicsOf(cars, '汽车财险费率')).toEqual([]);
    expect(topicsOf(cars, '汽车打折大促销')).toEqual([]);
    expect(topicsOf(cars, { title: '财险费率', sourceId: 'autos' })).toEqual([]);
    expect(topicsOf(cars, { title: '汽车展开幕', lead: '财险' })).toEqual(['cars']);
  });

  test('loses to a none term that contains its own word only where that stands', () => {
    const rates = compileTopics([
      rule('rates', { any: ['利率'], strong: ['/降息[0-9]+/'], none: ['毛利率', '降息100次'] }),
    ]);
    expect(topicsOf(rates, '毛利率下滑')).toEqual([]);
    expect(topicsOf(rates, '利率下调，毛利率承压')).toEqual(['rates']);
    expect(topicsOf(rates, '他说过降息100次')).toEqual([]);
    expect(topicsOf(rates, { title: '早报', lead: '他说过降息100次' })).toEqual([]);
    expect(topicsOf(rates, { title: '早报', lead: '降息25个基点' })).toEqual(['rates']);
  });

  test('applies to every item of its sources', () => {
    const rules = compileTopics([rule('space', { sources: ['orbit', 'orbit'] })]);
    expect(classify(rules, { title: '早报', sourceId: 'orbit' })).toEqual([
      { topic: 'space', because: [{ term: 'orbit', field: 'source', start: 0, end: 0 }] },
    ]);
    expect(topicsOf(rules, { title: '早报', sourceId: 'other' })).toEqual([]);
  });
});

test('an item gets the topics of its source, whatever the rules say', () => {
  const rules = compileTopics([rule('cars', { any: ['汽车'], none: ['玩具'] })]);
  const item = { title: '玩具汽车', sourceId: 'autos', sourceTopics: ['markets', 'cars', 'markets'] };
  expect(topicsOf(rules, item)).toEqual(['markets', 'cars']);
  expect(classify(rules, { ...item, title: '汽车' })).toEqual([
    {
      topic: 'cars',
      because: [
        { term: '汽车', field: 'title', start: 0, end: 2 },
        { term: 'autos', field: 'source', start: 0, end: 0 },
      ],
    },
    { topic: 'markets', because: [{ term: 'autos', field: 'source', start: 0, end: 0 }] },
  ]);
});

test('topics come in the order of the rules', () => {
  const rules = compileTopics([rule('second', { any: ['乙'] }), rule('first', { any: ['甲'] })]);
  expect(topicsOf(rules, '甲乙')).toEqual(['second', 'first']);
});

test('a verdict names each term, as the rule writes it, and where the text has it', () => {
  const rules = compileTopics([
    rule('chips', { any: ['輝達', '/晶片.?组/'], strong: ['gpu'], all: ['发布'] }),
  ]);
  expect(classify(rules, { title: '…辉达發布晶片模组', lead: '新ＧＰＵ' })).toEqual([
    {
      topic: 'chips',
      because: [
        { term: '輝達', field: 'title', start: 1, end: 3 },
        { term: '/晶片.?组/', field: 'title', start: 5, end: 9 },
        { term: 'gpu', field: 'lead', start: 1, end: 4 },
        { term: '发布', field: 'title', start: 3, end: 5 },
      ],
    },
  ]);
});

describe('a literal term', () => {
  test.each([
    ['Traditional', '人工智能', '人工智能與機器'],
    ['Traditional in the rule', '聯準會', '联准会纪要'],
    ['full-width', 'ipo', '本周ＩＰＯ'],
    ['upper-case', 'openai', 'OPENAI'],
  ])('is found in %s', (_, term, title) => {
    expect(finds(term, title)).toBe(true);
  });

  test('may be a name that JavaScript knows', () => {
    expect(finds('__proto__', 'about __proto__')).toBe(true);
    expect(finds('constructor', 'nothing')).toBe(false);
  });
});

describe('a pattern', () => {
  test.each([
    ['/第[一二三]季.{0,4}营收/', '第三季度營收', true],
    ['/NVIDIA.{0,3}財報/', 'nvidia 财报', true],
    ['/^早报$/', '早报', true],
    ['/^早报$/', '财经早报', false],
    ['/[0-9]+[.][0-9]%/', '涨３.５％', true],
    ['/a/b/', 'a/b', true],
  ])('%s of %s: %s', (term, title, expected) => {
    expect(finds(term, title)).toBe(expected);
  });

  test('takes linear time on text made to be slow', () => {
    expect(finds('/(a+)+$/', `${'a'.repeat(5_000)}!`)).toBe(false);
  });

  test('a single slash, or two, are literal text', () => {
    expect(finds('//', 'a//b')).toBe(true);
    expect(finds('/', 'a/b')).toBe(true);
  });
});

describe('terms that mean nothing are reported and never compiled', () => {
  const broken = [
    rule('sound', { any: ['好'] }),
    rule('broken', { any: ['好', '/(/'], strong: ['/(?=a)/'], all: [' '], none: ['/a*/'] }),
  ];

  test('as values, each with its place', () => {
    expect(findTermProblems(broken).map(({ topic, key, index }) => [topic, key, index])).toEqual([
      ['broken', 'any', 1],
      ['broken', 'strong', 0],
      ['broken', 'all', 0],
      ['broken', 'none', 0],
    ]);
    expect(checkTopics(broken)).toEqual(findTermProblems(broken));
  });

  test('as one error with a line each', () => {
    expect(() => compileTopics(broken)).toThrow(TributaryError);
    expect(() => compileTopics(broken)).toThrow(
      /^topics: broken any\[1\]: .*\n.*\n.*\n.*matches the empty text$/,
    );
  });
});

test('examples and counterexamples that do not hold are problems', () => {
  const rules = [
    rule('cars', { any: ['汽车'], examples: ['汽车展', '船展'], counterexamples: ['飞机展', '玩具汽车'] }),
  ];
  expect(checkTopics(rules)).toEqual([
    { topic: 'cars', key: 'examples', index: 1, message: '“船展” does not get this topic' },
    {
      topic: 'cars',
      key: 'counterexamples',
      index: 1,
      message: '“玩具汽车” gets this topic, because of 汽车',
    },
  ]);
});
