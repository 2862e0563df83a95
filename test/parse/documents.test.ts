import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../src/model/errors.ts';
import type { DocumentFormat, Item } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';

const documents: readonly { format: DocumentFormat; file: string; pieces: readonly string[] }[] = [
  {
    format: 'markdown-digest',
    file: 'markdown-digest.md',
    pieces: [
      '# 甲',
      '#',
      '> 开头',
      '## 节',
      '**题**',
      '[原文链接](https://example.org/p/1)',
      '文｜王明',
      '  * 一',
      '',
      '[**题**](https://example.org/n/1)',
    ],
  },
  {
    format: 'tag-page',
    file: 'tag-page.txt',
    pieces: ['#渡輪', '標題', '一句。 (來源)', '長'.repeat(201), '《書》', ''],
  },
  {
    format: 'stripped-rss',
    file: 'stripped-rss.txt',
    pieces: [
      '甲 https://example.org zh <![CDATA[ 题 ]]> https://example.org/1',
      '<![CDATA[ 题 ]]> https://example.org/2 开头',
      ']]>',
      '甲 Sat, 07 Feb 2026 06:08:07 +0800',
      '<![CDATA[',
      '正文',
      '  • 一',
      '',
    ],
  },
  {
    format: 'telegraph',
    file: 'telegraph.md',
    pieces: [
      '# 甲【乙】电报 - 2026-01-06',
      '> 统计周期：2026-01-06 05:30',
      '**[05:45]** 甲。',
      '**[00:00]** 【【乙】丙】丁',
      '**[99:00]** 甲',
      '**[05:45]** 【',
      '---',
      '',
    ],
  },
];

function read(format: DocumentFormat, document: Uint8Array | string): readonly Item[] | undefined {
  try {
    return parseFeed(Buffer.from(document), { format }).items;
  } catch (error) {
    if (error instanceof FeedParseError && error.line !== undefined) return undefined;
    throw error;
  }
}

describe.each(documents)('$format', ({ format, file, pieces }) => {
  const bytes = readFileSync(`test/fixtures/documents/${file}`);
  const whole = read(format, bytes) ?? [];

  test('any text is a feed or an error with a line', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void read(format, text)));
  });

  test('any bytes are a feed or an error with a line', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (document) => void read(format, document)));
  });

  test('any order of its own lines is a feed or an error with a line', () => {
    const lines = fc.array(fc.constantFrom(...pieces), { maxLength: 20 });
    fc.assert(
      fc.property(lines, (body) => {
        read(format, body.join('\n'));
        read(format, [pieces[0], ...body].join('\n'));
      }),
      { numRuns: 300 },
    );
  });

  test('cut at any byte, it gives no title the url or the time of another', () => {
    for (let end = 0; end < bytes.length; end++) {
      const items = read(format, bytes.subarray(0, end)) ?? [];
      for (const [index, item] of items.entries()) {
        const original = whole[index];
        // What is cut inside its text is the last item; only a title made of that text can be cut with it.
        const isWhole = index < items.length - 1 || item.title === original?.title;
        expect(isWhole || original?.content?.includes(item.title?.slice(0, -1) ?? '')).toBe(true);
        expect([item.url, item.column]).toEqual([original?.url, original?.column]);
        if (item.published !== undefined) expect(item.published).toBe(original?.published);
      }
    }
  });

  test('the other formats are none of its', () => {
    for (const other of documents) {
      if (other.format === format) continue;
      expect(read(format, readFileSync(`test/fixtures/documents/${other.file}`))).toBeUndefined();
    }
  });

  test('the same bytes give the same result', () => {
    expect(read(format, bytes)).toEqual(whole);
  });
});
