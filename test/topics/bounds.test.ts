import { describe, expect, test } from 'vitest';
import { isBound } from '../../src/topics/bounds.ts';
import { finds } from './rules.ts';

/** The text with a bar at each bound within it. */
function cut(text: string): string {
  return Array.from(
    { length: text.length },
    (_, index) => (index > 0 && isBound(text, index) ? '|' : '') + text.charAt(index),
  ).join('');
}

describe('a Latin word ends', () => {
  test.each([
    ['where the script changes', 'AI眼镜', 'AI|眼|镜'],
    ['between letters and digits', 'MI455X', 'MI|455|X'],
    ['before a capital after a small letter', 'DreamworldAI', 'Dreamworld|AI'],
    ['where capitals give way to a capitalised word', 'AMDRyzen', 'AMD|Ryzen'],
    ['before a word that newsrooms glue to names', 'AMDCEO', 'AMD|CEO'],
    ['in full-width letters alike', 'ＡＭＤＣＥＯ', 'ＡＭＤ|ＣＥＯ'],
    ['at a hyphen or a space', 'a-b c', 'a|-|b| |c'],
  ])('%s', (_, text, expected) => {
    expect(cut(text)).toBe(expected);
  });

  test.each(['Dubai', 'DUBAI', 'Airbnb', 'GWh', 'GHz', 'CEOs', 'ÉCRAN', 'éclair', 'e\u0301clair'])(
    'nowhere within %s',
    (text) => {
      expect(cut(text)).toBe(text);
    },
  );
});

describe('a term of up to three Latin letters stands alone', () => {
  test.each([
    ['AI', 'AI眼镜'],
    ['AI', '抗AI情绪'],
    ['AI', 'DreamworldAI开放试玩'],
    ['AI', 'AIAgent平台上线'],
    ['AI', '新款ＡＩ音箱'],
    ['AMD', 'AMDCEO登台演讲'],
    ['CEO', 'AMDCEO登台演讲'],
    ['GPU', 'MI455GPU量产'],
    ['6G', '中国6G专利'],
    ['S&P 500', 'S&P 500指数'],
    ['A股', '两市A股'],
    ['X光', '做X光检查'],
  ])('%s is in %s', (term, title) => {
    expect(finds(term, title)).toBe(true);
  });

  test.each([
    ['AI', 'Dubai机场'],
    ['AI', 'DUBAI机场'],
    ['AI', 'Airbnb房东'],
    ['AMD', 'AMDX工具'],
    ['6G', '16G内存'],
    ['6G', '年产6GWh电芯'],
    ['H20', 'H200加速卡'],
    ['X光', 'MAX光盘'],
  ])('%s is not in %s', (term, title) => {
    expect(finds(term, title)).toBe(false);
  });
});

test('a longer Latin term is found within words', () => {
  expect(finds('NVIDIA', 'NVIDIACosmos发布')).toBe(true);
  expect(finds('coin', 'Bitcoins')).toBe(true);
});

test('bounds are found on the text as it was written, wherever folding moves them', () => {
  // `…` folds to three characters, `㎏` to two and `ﬁ` to two.
  expect(finds('AI', '等等…DreamworldAI来了')).toBe(true);
  expect(finds('AI', '…ＤＵＢＡＩ机场')).toBe(false);
  expect(finds('AI', '3㎏的AIX主机')).toBe(false);
  expect(finds('AMD', 'ﬁxed…AMDCEO')).toBe(true);
  expect(finds('AI', '🚀AI😀')).toBe(true);
});
