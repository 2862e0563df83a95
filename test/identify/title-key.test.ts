import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { titleHash, titleKey, titleKeySteps } from '../../src/identify/title-key.ts';

function same(...titles: readonly [string, string, ...string[]]): void {
  expect(new Set(titles.map((title) => titleKey(title))), titles.join('  =  ')).toHaveLength(1);
}

function different(...titles: readonly [string, string, ...string[]]): void {
  expect(new Set(titles.map((title) => titleKey(title))), titles.join('  ≠  ')).toHaveLength(titles.length);
}

describe('a title key is the same for', () => {
  test('full and half width', () => {
    same('理想汽车ＣＥＯ说２０２６年交付５０万辆', '理想汽车CEO说2026年交付50万辆');
  });

  test('upper and lower case', () => {
    same('OpenAI与AMD签约', 'openai与amd签约');
  });

  test('every kind of quote', () => {
    same('所谓“低空”经济', '所谓"低空"经济', '所谓「低空」经济', '所谓『低空』经济', '所谓‘低空’经济');
  });

  test('spaces of every kind, and none', () => {
    same(
      'A股收评 三大指数',
      'A股收评\u00A0三大指数',
      'A股收评\u3000三大指数',
      'A股收评\t三大指数',
      'A股收评三大指数',
    );
  });

  test('punctuation between words', () => {
    same('盘点——2025年', '盘点：2025年', '盘点|2025年', '盘点丨2025年', '盘点｜2025年');
    same('歼-35', '歼35');
    same('K2 Thinking', 'K2-Thinking', 'K2·Thinking');
  });

  test('Traditional and Simplified script', () => {
    same('衛生署公佈說明會週三舉行', '卫生署公布说明会周三举行');
    same('發展電動車與電池產業鏈', '发展电动车与电池产业链');
  });

  test('words that are one in Simplified only after more than one step', () => {
    same('著力改變著預期', '着力改变着预期');
    same('衞生防護', '卫生防护');
    same('身分證件', '身份证件');
    same('銀行帳戶', '银行账户');
  });

  test('variants that the script conversion must not touch', () => {
    // Tables that know Taiwan's words would make these 幺 and 英硅智能.
    expect(titleKey('为什么英矽智能')).toBe('为什么英矽智能');
  });

  test('radicals that look like the characters they are', () => {
    same('营收增⻓12%', '营收增长12%');
    same('⾦价大涨', '金价大涨');
  });

  test('a circle and a zero among Han digits', () => {
    same('二○二六年展望', '二〇二六年展望');
  });

  test('thousands with and without separators', () => {
    same('新车15,841辆', '新车15841辆');
    same('市值1,234,567元', '市值1234567元');
    same('市值１，２３４元', '市值1234元');
  });

  test('every dash and tilde of a range', () => {
    same('增长10-15%', '增长10~15%', '增长10～15%', '增长10〜15%', '增长10–15%', '增长10—15%', '增长10－15%');
  });

  test('a title with and without its dateline', () => {
    const title = '央行今日开展逆回购操作';
    same(title, `财联社1月6日电，${title}`, `新华社北京1月6日电（记者李明）${title}`);
    same(title, `智通财经讯，${title}`, `36氪获悉，${title}`, `《科创板日报》6日讯，${title}`);
    same('林姓業者獲准設廠', '〔記者王明／台北報導〕林姓業者獲准設廠', '（中央社台北6日電）林姓業者獲准設廠');
  });
});

describe('a title key differs for', () => {
  test('other digits', () => {
    different('碳酸锂涨超8%', '碳酸锂涨超9%');
    different('概率为81.7%', '概率为82.8%', '概率为817%');
    different('收跌0.07%', '收跌0.70%');
  });

  test('dates and fractions that have the same digits', () => {
    different('1/21的会议', '12/1的会议', '121的会议');
    different('9:30开盘', '93:0开盘', '930开盘');
  });

  test('a range and a number', () => {
    different('增长10-15%', '增长1015%');
  });

  test('rises and falls', () => {
    different('利率 -0.5%', '利率 0.5%', '利率 +0.5%');
    different('涨幅-5%', '涨幅5%');
    different('利率 −0.5%', '利率 0.5%');
  });

  test('versions, languages and currencies', () => {
    different('C#入门', 'C入门', 'C++入门', 'C+入门');
    different('定价$5起', '定价£5起', '定价5起', '定价€5起');
    different('Note 15 Pro+开售', 'Note 15 Pro开售');
    different('气温35℃', '气温35', '气温35%');
  });

  test('Han numerals against digits', () => {
    different('融资两亿元', '融资2亿元');
    different('规模两兆元', '规模两万亿元');
  });

  test('letters of which one is another', () => {
    different('同意A公司上市', '同意B公司上市');
    different('发布H1机器人', '发布H2机器人');
  });
});

test('a hyphen after Han is a sign only before what is measured', () => {
  same('歼-35首飞', '歼35首飞');
  different('跌幅-3.5点', '跌幅3.5点');
  different('夜间-12℃', '夜间12℃');
});

test('a minus at the start and in brackets is a sign', () => {
  different('-5度的早晨', '5度的早晨');
  different('（-5）的含义', '（5）的含义');
});

test('nothing but columns that are named is cut', () => {
  different('36氪首发｜星舟完成融资', '星舟完成融资');
  different('央行：适时降准', '适时降准');
});

test.each([
  ['36氪首发', '36氪首发｜星舟完成融资'],
  ['36氪首发', '36氪首发 | 星舟完成融资'],
  ['36氪首发', '36氪首发|星舟完成融资'],
  ['36氪首发', '36氪首发丨星舟完成融资'],
  ['盘前必读', '【盘前必读】星舟完成融资'],
  ['上海两会', '星舟完成融资|上海两会'],
  ['新浪财经', '星舟完成融资 - 新浪财经'],
])('the column %s is no part of %s', (column, title) => {
  expect(titleKey(title, { column })).toBe('星舟完成融资');
});

test.each(['8点1氪', '氪星晚报'])(
  'the digest name %s stays: without it the title is others’ news',
  (column) => {
    expect(titleKey(`${column}｜星舟完成融资`, { column })).toBe(`${column}星舟完成融资`);
  },
);

test('a title that is nothing but its column keeps it', () => {
  expect(titleKey('【盘前必读】', { column: '盘前必读' })).toBe('盘前必读');
});

test('a title without a letter or digit has an empty key', () => {
  expect(titleKey('——！？')).toBe('');
});

test('the hash is the SHA-256 of the key, in 64 hexadecimal digits', () => {
  const key = '星舟完成融资';
  expect(titleKey('「星舟」完成融資！')).toBe(key);
  expect(titleHash('「星舟」完成融資！')).toBe(createHash('sha256').update(key).digest('hex'));
});

test('the steps lead from the title to its key', () => {
  const steps = titleKeySteps('【快讯】财联社1月6日电，「星舟」完成融資', { column: '快讯' });
  expect(steps.map(({ text }) => text)).toEqual([
    '【快讯】财联社1月6日电，「星舟」完成融資',
    '财联社1月6日电，「星舟」完成融資',
    '「星舟」完成融資',
    '「星舟」完成融资',
    '星舟完成融资',
  ]);
});

test.each(['__proto__', 'constructor', 'toString'])('%s is a title like any other', (title) => {
  expect(titleKey(title)).toBe(title.replaceAll('_', '').toLowerCase());
});

describe('what numbers are written with', () => {
  test.each([
    ['跌10 - 15点', '跌10-15点'],
    ['涨5 %', '涨5%'],
    ['$ 5涨价', '$5涨价'],
    ['低温5 ℃', '低温5℃'],
    ['主队2∶1取胜', '主队2:1取胜'],
    ['9·11纪念日', '9.11纪念日'],
    ['10——15', '10-15'],
  ])('is the same in %s and %s', (a, b) => {
    expect(titleKey(a)).toBe(titleKey(b));
  });

  test.each([
    ['低温-10～-5℃', '低温-10～5℃'],
    ['低温-10℃～-5℃', '低温-10℃～5℃'],
    ['主队2∶1取胜', '主队21取胜'],
    ['.5% 以内', '5% 以内'],
    ['9·11纪念日', '911纪念日'],
    ['跌10 - 15点', '跌1015点'],
  ])('is not the same in %s and %s', (a, b) => {
    expect(titleKey(a)).not.toBe(titleKey(b));
  });

  test('a full stop before a number is no point', () => {
    expect(titleKey('新品发布.5月开售')).toBe(titleKey('新品发布。5月开售'));
  });
});
