import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/publish/entry.ts';
import { headInScript, inScript } from '../../src/publish/in-script.ts';
import { scriptConverter } from '../../src/text/script.ts';

const toHans = await scriptConverter('hans');
const toHant = await scriptConverter('hant');

describe('an entry in another script', () => {
  test('has everything that readers see in it', () => {
    const entry: Entry = {
      id: 'https://lower.example/渡輪',
      url: 'https://lower.example/渡輪',
      title: '渡輪恢復通航',
      summary: '<p>渡輪今早復航</p>',
      content: '<p title="渡輪">渡輪今早復航</p>',
      language: 'zh-TW',
      rights: '下游晚報版權所有',
      authors: [{ name: '陳河', url: 'https://lower.example/陳河' }],
      contributors: [{ name: '劉海' }],
      categories: [{ term: '民生' }, { term: '時事' }, { term: 'water', label: '水災' }],
      source: { id: 'urn:lower', title: '下游晚報', rights: '保留一切權利' },
      reports: [
        {
          source: 'lower',
          sourceTitle: '下游晚報',
          entryId: 'urn:1',
          url: 'https://lower.example/渡輪',
          time: '2024-05-06T08:30:00Z',
          matched: 'first',
        },
      ],
    };
    expect(inScript(entry, toHans)).toEqual({
      id: 'https://lower.example/渡輪',
      url: 'https://lower.example/渡輪',
      title: '渡轮恢复通航',
      summary: '<p>渡轮今早复航</p>',
      content: '<p title="渡輪">渡轮今早复航</p>',
      language: 'zh-Hans',
      rights: '下游晚报版权所有',
      authors: [{ name: '陈河', url: 'https://lower.example/陳河' }],
      contributors: [{ name: '刘海' }],
      // What a term says is shown; the term itself tells categories apart and stays.
      categories: [{ term: '民生' }, { term: '時事', label: '时事' }, { term: 'water', label: '水灾' }],
      source: { id: 'urn:lower', title: '下游晚报', rights: '保留一切权利' },
      reports: [
        {
          source: 'lower',
          sourceTitle: '下游晚报',
          entryId: 'urn:1',
          url: 'https://lower.example/渡輪',
          time: '2024-05-06T08:30:00Z',
          matched: 'first',
        },
      ],
    });
  });

  test('keeps what is meant to the letter', () => {
    const kept = [
      '<pre>軟體</pre>',
      '<p><code>變數</code></p>',
      '<p>これは軟體です</p>',
      '<p>https://lower.example/渡輪</p>',
      '<p><a href="https://lower.example/渡輪">a</a></p>',
    ];
    for (const content of kept) expect(inScript({ content }, toHans).content).toBe(content);
    expect(inScript({ title: '見 https://lower.example/a 的圖' }, toHans).title).toBe(
      '见 https://lower.example/a 的图',
    );
    expect(inScript({ title: '圖https://lower.example/a圖' }, toHans).title).toBe(
      '图https://lower.example/a图',
    );
  });

  test('stays as it is where it is in another language', () => {
    const entry: Entry = { title: '東京都知事選挙', language: 'ja' };
    expect(inScript(entry, toHans)).toEqual(entry);
  });
});

test('a feed’s head in another script says so, and names the feed and its publisher in it', () => {
  expect(
    headInScript(
      {
        id: 'urn:简',
        title: '新闻 · 机器人',
        description: '每条只登一次',
        language: 'zh',
        selfUrl: 'https://river.example/feeds/机器人.atom',
        authors: [{ name: '新闻' }],
      },
      toHant,
    ),
  ).toEqual({
    id: 'urn:简',
    title: '新聞 · 機器人',
    description: '每條只登一次',
    language: 'zh-Hant',
    selfUrl: 'https://river.example/feeds/机器人.atom',
    authors: [{ name: '新聞' }],
  });
  expect(headInScript({ language: 'en' }, toHant).language).toBe('en');
});
