import { describe, expect, test } from 'vitest';
import { languageTag } from '../../src/normalize/language.ts';
import { chineseScript, correctScript } from '../../src/normalize/script.ts';

test.each([
  ['en-us', 'en-US'],
  ['ZH_hans_cn', 'zh-Hans-CN'],
  ['zh-CN', 'zh-CN'],
  [' de ', 'de'],
  ['es-419', 'es-419'],
  ['English', undefined],
  ['', undefined],
  ['N/A', undefined],
  ['zh CN', undefined],
])('the tag %j is %j', (written, tag) => {
  expect(languageTag(written)).toBe(tag);
});

const simplified = '这个问题还没有结论，专家认为发展机会仍然很多，经济学家对此表示关注。';
const traditional = '這個問題還沒有結論，專家認為發展機會仍然很多，經濟學家對此表示關注。';

describe('the script of the text', () => {
  test('is told where it shows', () => {
    expect(chineseScript(simplified)).toBe('Hans');
    expect(chineseScript(traditional)).toBe('Hant');
    expect(chineseScript('山水人口')).toBeUndefined();
    expect(chineseScript(simplified + traditional)).toBeUndefined();
  });

  test.each([
    ['zh-CN', traditional, 'zh-Hant'],
    ['zh-TW', simplified, 'zh-Hans'],
    ['zh-Hans', traditional, 'zh-Hant'],
    ['zh-TW', traditional, 'zh-TW'],
    ['zh-CN', simplified, 'zh-CN'],
    ['zh', traditional, 'zh'],
    ['ja', traditional, 'ja'],
    ['zh-CN', '短', 'zh-CN'],
  ])('%s is corrected only where it contradicts', (tag, text, corrected) => {
    expect(correctScript(tag, text)).toBe(corrected);
  });
});
