import fc from 'fast-check';
import { Converter } from 'opencc-js/cn2t';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/text/fold.ts';
import { isBound } from '../../src/topics/bounds.ts';
import { checkTopics } from '../../src/topics/check.ts';
import { compileTopics } from '../../src/topics/compile.ts';
import { shippedRules, topicsOf } from './rules.ts';

const rules = shippedRules();
const classifier = compileTopics(rules);

test('the topics and their order', () => {
  const ids =
    'ai chips ev robot macro us cn intl crypto commod pharma energy earn geo vc fin tech frontier prop';
  expect(rules.map(({ id }) => id)).toEqual(ids.split(' '));
});

test('every topic has examples and counterexamples, and all of them hold', () => {
  expect(
    rules.filter(({ examples, counterexamples }) => examples.length < 2 || counterexamples.length < 2),
  ).toEqual([]);
  expect(checkTopics(rules)).toEqual([]);
});

test('no term is listed twice', () => {
  const twice = rules.flatMap((rule) =>
    [rule.any, rule.strong, rule.none].flatMap((terms) =>
      terms.map(fold).filter((term, index, all) => all.indexOf(term) < index),
    ),
  );
  expect(twice).toEqual([]);
});

describe('borderlines', () => {
  test.each<[title: string, is: readonly string[], isNot: readonly string[]]>([
    ['台股收盘上涨两百点', ['intl'], ['cn', 'us']],
    ['国际油价大跌，产油国召开紧急会议', ['commod', 'energy'], []],
    ['美国拟对进口药品加征关税', ['geo'], []],
    ['匈牙利央行维持基准利率不变', ['macro'], ['fin']],
    ['离岸人民币汇率走强', ['macro'], []],
    ['美债收益率跳升', ['macro'], []],
    ['饮料巨头拟收购咖啡连锁', ['vc'], []],
    ['新能源汽车保险保费分级试点', ['fin'], ['ev', 'energy']],
    ['低空物流航线首飞', ['frontier'], []],
    ['全国碳市场成交额破百亿', ['energy'], []],
    ['泳池机器人出口翻番', ['tech', 'robot'], []],
  ])('%s', (title, is, isNot) => {
    const topics = topicsOf(classifier, title);
    expect(topics).toEqual(expect.arrayContaining([...is]));
    expect(topics.filter((topic) => isNot.includes(topic))).toEqual([]);
  });
});

describe('traps', () => {
  test.each<[title: string, is: readonly string[], isNot: readonly string[]]>([
    ['苹果期货主力合约大涨', ['commod'], ['tech']],
    ['苹果发布新一代耳机', ['tech'], ['commod']],
    ['融资资金净买入半导体股', ['cn', 'chips'], ['vc']],
    ['非车险业务费率改革启动', ['fin'], ['ev']],
    ['比亚迪财险首年扭亏', ['fin'], ['ev']],
    ['美国银行监管机构就压力测试征求意见', ['fin'], ['us']],
    ['调味品龙头毛利率回升', ['earn'], ['macro']],
    ['AMDCEO预告新品', ['chips'], []],
    ['NVIDIACosmos开放下载', ['chips'], []],
    ['首批AI眼镜到店', ['ai', 'tech'], []],
    ['插画师发起抗AI联署', ['ai'], []],
    ['Dubai办时装周', [], ['ai']],
    ['DUBAI MALL开业', [], ['ai']],
    ['Airbnb上线长租', [], ['ai']],
    ['网友：这阵容的票房都超小国GDP了', [], ['macro']],
    ['影石創新年會落幕', ['tech'], ['pharma']],
    ['創新藥出海再下一城', ['pharma'], []],
    ['二手房成交創新低', ['prop'], ['pharma']],
    ['多只基金价格创新高', [], ['commod']],
    ['少年怀揣理想进城', [], ['ev']],
    ['小米粥的五种做法', [], ['tech', 'ev']],
    ['藏家捐出金元宝', [], ['ai']],
    ['大众舞台迎来新人', [], ['ev']],
    ['现代舞剧巡演', [], ['ev']],
    ['以太网联盟公布新标准', [], ['crypto']],
    ['以太坊升级延期', ['crypto'], []],
    ['卫星化学新装置投产', [], ['frontier']],
    ['量子位举办年会', [], ['frontier']],
    ['黄金周出行人次创新高', [], ['commod']],
    ['白银市迎来首趟高铁', [], ['commod']],
    ['门票售价三百元人民币', [], ['macro']],
    ['机器人(300024)遭主力资金抛售', ['cn'], ['robot']],
  ])('%s', (title, is, isNot) => {
    const topics = topicsOf(classifier, title);
    expect(topics).toEqual(expect.arrayContaining([...is]));
    expect(topics.filter((topic) => isNot.includes(topic))).toEqual([]);
  });
});

describe("Taiwan's words", () => {
  test.each([
    ['國產晶片良率突破', 'chips'],
    ['輝達新品延後出貨', 'chips'],
    ['記憶體合約價看漲', 'chips'],
    ['聯準會按兵不動', 'macro'],
    ['通膨降溫，升息壓力減', 'macro'],
    ['人工智慧基本法三讀', 'ai'],
    ['資料中心搶電大戰', 'ai'],
    ['川普幣大跌', 'crypto'],
    ['網際網路巨頭砍成本', 'tech'],
    ['美股軟體股重挫', 'us'],
    ['陸股類股輪動，電子類股領漲', 'cn'],
    ['房市打房效應浮現', 'prop'],
  ])('%s is %s', (title, topic) => {
    expect(topicsOf(classifier, title)).toContain(topic);
  });
});

describe('words that come about by chance where two others meet', () => {
  test.each([
    ['报道指出票价将上调', 'us'],
    ['电商行业协会成立', 'fin'],
    ['开学首日股市小课堂开讲', 'intl'],
    ['其中美食街人气最旺', 'geo'],
    ['海外储备人才计划启动', 'macro'],
    ['某创新股份公司更名', 'vc'],
    ['路面风险资产排查', 'fin'],
    ['上万科研人员参会', 'prop'],
    ['药物业务员招聘', 'prop'],
    ['自主研发电梯获奖', 'energy'],
    ['中国电影周开幕', 'energy'],
    ['SpaceX夜空留影', 'vc'],
  ])('%s is not %s', (title, topic) => {
    expect(topicsOf(classifier, title)).not.toContain(topic);
  });
});

describe('the topics stay the same', () => {
  const titles = rules.flatMap(({ examples, counterexamples }) => [...examples, ...counterexamples]);
  const texts = fc
    .array(fc.constantFrom(...titles), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join(' '));
  const toTraditional = Converter({ from: 'cn', to: 't' }) as (text: string) => string;
  const bounds = (text: string): readonly boolean[] => Array.from(text, (_, index) => isBound(text, index));

  test('in Traditional script', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const variant = toTraditional(text);
        fc.pre(fold(variant) === fold(text));
        expect(topicsOf(classifier, variant)).toEqual(topicsOf(classifier, text));
      }),
    );
  });

  test('in full width', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const variant = text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
        expect(topicsOf(classifier, variant)).toEqual(topicsOf(classifier, text));
      }),
    );
  });

  test('in capitals and in small letters, where that moves no bound', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const variant of [text.toUpperCase(), text.toLowerCase()]) {
          if (bounds(variant).join() !== bounds(text).join()) continue;
          expect(topicsOf(classifier, variant)).toEqual(topicsOf(classifier, text));
        }
      }),
    );
  });
});
