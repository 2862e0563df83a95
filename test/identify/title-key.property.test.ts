import fc from 'fast-check';
import { expect, test } from 'vitest';
import { titleKey } from '../../src/identify/title-key.ts';
import { toSimplified } from '../../src/text/fold.ts';

/** One of the characters of a string. */
const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

const han = oneOf(
  '海港泊位恢復通航發電動車產業鏈說明會著衞們體臺灣網際軟件银行账户利率央行逆回购收盘涨跌公司机器人',
);
const latin = oneOf('ABCxyzİßÅéñКириλ');
const digits = oneOf('0123456789０１２３');
const marks = oneOf(' 　，。！？、：；“”‘’「」『』【】（）()[]-—–~～〜.·/|｜丨+＋%％℃°#$£€¥…​○‰−⁄');
const anything = fc.string({ unit: 'binary', maxLength: 4 });
const title = fc
  .array(fc.oneof({ weight: 6, arbitrary: han }, latin, digits, marks, { weight: 1, arbitrary: anything }), {
    maxLength: 24,
  })
  .map((parts) => parts.join(''));

test('a key is its own key', () => {
  fc.assert(
    fc.property(title, (text) => {
      const key = titleKey(text);
      expect(titleKey(key)).toBe(key);
    }),
    { numRuns: 2000 },
  );
});

test('a title and its Simplified form have one key', () => {
  fc.assert(
    fc.property(title, (text) => {
      expect(titleKey(toSimplified(text))).toBe(titleKey(text));
    }),
    { numRuns: 2000 },
  );
});

test('spaces and punctuation between Han characters make no difference', () => {
  const between = fc.constantFrom('', ' ', '　', '、', '，', '。', '！', '——', '”，“');
  fc.assert(
    fc.property(fc.array(fc.tuple(han, between), { minLength: 1, maxLength: 24 }), (parts) => {
      const plain = parts.map(([char]) => char).join('');
      const marked = parts.map(([char, mark]) => char + mark).join('');
      expect(titleKey(marked)).toBe(titleKey(plain));
    }),
    { numRuns: 1000 },
  );
});

test('two decimals that differ give keys that differ', () => {
  const decimal = fc
    .tuple(fc.nat({ max: 99_999 }), fc.nat({ max: 999 }))
    .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(3, '0')}`);
  fc.assert(
    fc.property(decimal, decimal, fc.constantFrom('%', '点', '亿元', '℃'), (a, b, unit) => {
      fc.pre(a !== b);
      expect(titleKey(`指数收涨${a}${unit}`)).not.toBe(titleKey(`指数收涨${b}${unit}`));
    }),
    { numRuns: 1000 },
  );
});

test('whole numbers that differ give keys that differ, however they are grouped', () => {
  const number = fc.nat({ max: 99_999_999 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      fc.pre(a !== b);
      expect(titleKey(`销量${a.toLocaleString('en-US')}辆`)).toBe(titleKey(`销量${a}辆`));
      expect(titleKey(`销量${a.toLocaleString('en-US')}辆`)).not.toBe(titleKey(`销量${b}辆`));
    }),
    { numRuns: 1000 },
  );
});

test('a key holds no space, no control character and no upper-case Latin letter', () => {
  fc.assert(
    fc.property(title, (text) => {
      expect(titleKey(text)).not.toMatch(/[\s\p{Cc}A-Z]/u);
    }),
  );
});

test('a title of a hundred thousand characters has its key in linear time', () => {
  for (const unit of ['1,', '1-', '○', '二○', '…', '（', '記者', 'a+', '.1', '－', '🀄', '́']) {
    const startedAt = performance.now();
    titleKey(unit.repeat(100_000 / unit.length));
    // Twenty times what it takes: a quadratic step would need minutes.
    expect(performance.now() - startedAt, unit).toBeLessThan(5000);
  }
});
