import { describe, expect, test } from 'vitest';
import { scriptConverter } from '../../src/text/script.ts';

const toHans = await scriptConverter('hans');
const toHant = await scriptConverter('hant');

describe('a Chinese text becomes one of the other script', () => {
  test.each([
    ['海港開通夜航', '海港开通夜航'],
    ['艾米莉・勃朗特的小說', '艾米莉・勃朗特的小说'],
    ['長長的假期ー', '长长的假期ー'],
  ])('%s', (given, converted) => {
    expect(toHans.text(given)).toBe(converted);
  });

  test('and its language says so', () => {
    expect(toHans.language('zh-TW')).toBe('zh-Hans');
    expect(toHant.language('zh-CN')).toBe('zh-Hant');
    expect(toHans.language('ja')).toBe('ja');
  });
});

describe('a Japanese one stays as it is', () => {
  test.each(['東京の天気は晴れ', 'テレビ東京の經濟番組'])('%s', (given) => {
    expect(toHans.text(given)).toBe(given);
  });

  test('as a whole article, with its headings of kanji alone', () => {
    const html = '<h2>國際經濟</h2><p>東京の株式市場は、きょうも値上がりしました。</p>';
    expect(toHans.html(html)).toBe(html);
  });
});

test('one Japanese word leaves the rest of a Chinese article to be converted', () => {
  const html =
    '<p>海港開通夜航，首批貨輪依次離港，引航站連夜試航三次沒有發現問題。</p><p>店名是「海の家」。</p><p>長廊亦開放。</p>';
  expect(toHans.html(html)).toBe(
    '<p>海港开通夜航，首批货轮依次离港，引航站连夜试航三次没有发现问题。</p><p>店名是「海の家」。</p><p>长廊亦开放。</p>',
  );
});

test('code and addresses stay as they are', () => {
  const html =
    '<p>執行 <code>開啟</code></p><pre>開啟</pre><a href="https://a.example/開">https://a.example/開</a>';
  expect(toHans.html(html)).toBe(
    '<p>执行 <code>開啟</code></p><pre>開啟</pre><a href="https://a.example/開">https://a.example/開</a>',
  );
});
