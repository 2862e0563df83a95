import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sourceFileSchema } from '../src/config/schema.ts';
import { titleKey } from '../src/identify/title-key.ts';
import type { Item, ParsedFeed } from '../src/model/feed.ts';
import { parseFeed } from '../src/normalize/parse-feed.ts';

/** The bundled sources: each sample reads as its folder says, and together they tell some stories twice. */

const feeds = join(import.meta.dirname, '..', 'feeds');

const folders = readdirSync(feeds, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

const hour = 3_600_000;

function source(id: string) {
  return sourceFileSchema.parse(parse(readFileSync(join(feeds, id, 'source.yaml'), 'utf8')));
}

function readSample(id: string): ParsedFeed {
  const { sample = '', format, timezone, language, columns } = source(id);
  const url = `https://${id}.example/`;
  return parseFeed(readFileSync(join(feeds, id, sample)), { url, format, timezone, language, columns });
}

function share(items: readonly Item[], has: (item: Item) => boolean): number {
  return items.filter(has).length / items.length;
}

describe.each(folders)('the sample of %s', (id) => {
  test('gives the items that stand in expected.json', () => {
    const expected = JSON.parse(readFileSync(join(feeds, id, 'expected.json'), 'utf8')) as {
      items: object[];
    };
    expect(readSample(id).items).toMatchObject(expected.items);
  });

  test('keeps what source.yaml promises', () => {
    const { minItems = 0, timed = 0, linked = 0 } = source(id).expect;
    const { items } = readSample(id);
    expect(items.length).toBeGreaterThanOrEqual(minItems);
    expect(share(items, (item) => item.published !== undefined)).toBeGreaterThanOrEqual(timed);
    expect(share(items, (item) => item.url !== undefined)).toBeGreaterThanOrEqual(linked);
  });

  test('leaves no URL relative', () => {
    const html = readSample(id).items.flatMap(({ summary = '', content = '' }) => [summary, content]);
    expect(html.join('\n')).not.toMatch(/\b(?:src|href)="(?!https?:)/);
  });
});

describe('the samples together', () => {
  const reports = () =>
    folders.flatMap((id) =>
      readSample(id).items.flatMap((item) =>
        item.title === undefined ? [] : [{ id, item, key: titleKey(item.title, item) }],
      ),
    );

  test('tell these stories more than once, across scripts, and no others', () => {
    const stories = Map.groupBy(reports(), ({ key }) => key);
    const shared = [...stories.values()]
      .filter((story) => story.length > 1)
      .map((story) => story.map(({ id }) => id).join(' + '));
    expect(shared.sort()).toEqual(
      [
        'capital-rss + harbor-rss + wire-telegraph', // 央行开展3650亿元逆回购操作
        'capital-rss + harbor-rss + ledger-json + wire-telegraph', // 现货黄金站上每盎司4260美元
        'capital-rss + harbor-rss + street-view', // 辰星半导体：首批12英寸高带宽存储芯片
        'capital-rss + ledger-json', // 养老储蓄试点期限延长至三年
        'capital-rss + harbor-rss', // 云杏生物口服降糖新药获批上市
        'harbor-rss + street-view', // 比特币跌破90000美元
        'harbor-rss + orbit-atom + wire-telegraph', // 星槎三号可重复使用火箭
        'ledger-json + orbit-atom', // 开源大模型“行云2.0”发布
        'ledger-json + street-view + wire-telegraph', // 远途汽车9月交付新车21406辆
        'morning-digest + tag-innovation', // 储能电池海外订单排到2027年
      ].sort(),
    );
  });

  test('lie within two days, so that the stories can merge', () => {
    const times = reports().flatMap(({ item }) =>
      item.published === undefined ? [] : [Date.parse(item.published)],
    );
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(48 * hour);
  });

  test('hold titles that look alike and stay apart', () => {
    const keys = (pattern: RegExp) =>
      new Set(
        reports()
          .filter(({ item }) => pattern.test(item.title ?? ''))
          .map(({ key }) => key),
      ).size;
    expect(keys(/^美联储12月维持利率不变的概率为8/)).toBe(2);
    expect(keys(/^澜芯发布KX-\d00推理芯片/)).toBe(2);
    expect(keys(/^广东：/)).toBe(2);
  });
});
