import fc from 'fast-check';
import { Converter } from 'opencc-js/cn2t';
import { describe, expect, test } from 'vitest';
import { createWriter } from '../../bench/seeded.ts';
import { titleKey } from '../../src/identify/title-key.ts';
import type { Item } from '../../src/model/feed.ts';
import type { TopicRule } from '../../src/model/topic.ts';
import { replay } from '../../src/pipeline/replay.ts';
import { feedFormats } from '../../src/publish/representation.ts';
import { compileRules } from '../../src/pipeline/rules.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

const traditional = Converter({ from: 'cn', to: 't' }) as (text: string) => string;

const words = (text: string) => text.split(' ');
const places = words('海港 河湾 北岭 南原 东湖 西山 新城 古镇 长滩 双桥');
const bodies = words('交通局 气象台 图书馆 电力公司 渔业协会 铁路集团 水务局 博物馆 农科院 检疫站');
const acts = words('公布 发布 上调 下调 启动 暂停 扩建 检修 验收 招标');
const things = words(
  '季度报告 航线计划 储能电站 观测数据 供水方案 列车时刻 展览名录 渔船补贴 种子目录 桥梁工程',
);

/** Distinct headlines of a seed: who, what, how much and when. */
function headlines(count: number, seed: number): readonly string[] {
  const { whole } = createWriter(seed);
  const one = (of: readonly string[]) => of[whole(of.length)] ?? '';
  const found = new Set<string>();
  while (found.size < count) {
    const amount = [`${whole(1000) / 10}%`, `${whole(9000) + 1000}万元`, `${whole(100)}.${whole(100)}亿元`][
      whole(3)
    ];
    const change = ['增长', '下降', '增至', '-'][whole(4)];
    const day = `${whole(12) + 1}月${whole(28) + 1}日`;
    found.add(`${one(places)}${one(bodies)}${day}${one(acts)}${one(things)}，${change} ${amount}`);
  }
  return [...found];
}

/** The same headline as another desk sets it: Traditional characters, other marks and widths. */
function reset(title: string): string {
  const wide = title.replace(/[0-9%]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
  return `「${traditional(wide).replace('，', ' —— ')}」`;
}

test.each([1, 2] as const)('100,000 distinct headlines have as many keys of version %d', (version) => {
  const titles = headlines(100_000, 7);
  expect(new Set(titles.map((title) => titleKey(title, { version }))).size).toBe(100_000);
});

test('1,000 stories in two scripts and settings, in another order, are 1,000 stories of two reports', async () => {
  await using room = await newsroom({ harbour: {}, city: {} });
  const titles = headlines(1000, 11);
  const items = titles.map((title, at) => report(at, { title, url: `https://harbour.example/${at}` }));
  const others = titles.map((title, at) =>
    report(at, { title: reset(title), id: `city-${at}`, url: `https://city.example/${at}` }),
  );
  await room.poll('harbour', items);
  await room.poll('city', others.toReversed());
  const stories = await room.stories();
  expect(stories).toHaveLength(1000);
  expect(stories.filter(({ reports }) => reports.length === 2)).toHaveLength(1000);
});

test('reports of one title within one window are one story, in any order and however they are polled', async () => {
  const sources = ['harbour', 'city', 'port', 'river'] as const;
  const plan = fc.record({
    order: fc.shuffledSubarray([...sources], { minLength: 3 }),
    // Minutes before the first poll; undefined where the source gives no time.
    minutes: fc.array(fc.option(fc.integer({ min: 0, max: 48 * 60 - 60 }), { nil: undefined }), {
      minLength: 4,
      maxLength: 4,
    }),
    pauses: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 4, maxLength: 4 }),
    alone: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ order, minutes, pauses, alone }) => {
      await using room = await newsroom(Object.fromEntries(sources.map((id) => [id, {}])));
      const start = room.clock.now().getTime();
      for (const [turn, id] of order.entries()) {
        room.clock.pass(pauses[turn] ?? 0);
        const before = minutes[turn];
        const published = before === undefined ? undefined : new Date(start - before * 60_000).toISOString();
        const shared = report(1, { id, url: `https://${id}.example/1`, published });
        const filler = report(100 + turn, { id: `${id}-2`, url: `https://${id}.example/2` });
        // A poll of its own, or one with other news.
        if (alone[turn] === true) await room.poll(id, [filler]);
        await room.poll(id, alone[turn] === true ? [shared, filler] : [filler, shared]);
      }
      const stories = await room.stories();
      const sizes = stories.map(({ reports }) => reports.length).sort((a, b) => b - a);
      expect(sizes).toEqual([order.length, ...order.map(() => 1)]);
    }),
    { numRuns: 25 },
  );
}, 60_000);

describe('look-alikes stay apart', () => {
  test.each([
    ['a percentage', '前三季度净利同比增长81.7%', '前三季度净利同比增长82.8%'],
    ['a date', '河湾航线1/21起恢复每日两班', '河湾航线12/1起恢复每日两班'],
    ['a sign', '海港物流指数最新一期-5.2%', '海港物流指数最新一期5.2%'],
    ['a currency', '新版船票定价为每张$5起售', '新版船票定价为每张£5起售'],
    ['a language', '图书馆开设C#程序设计夜校课程', '图书馆开设C程序设计夜校课程'],
    ['a unit of number', '双桥工程总投资增至两亿元', '双桥工程总投资增至2亿元'],
    ['a colon', '水务局：检修期间正常供水', '水务局检修期间暂停供水'],
  ])('by %s', async (_, a, b) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1, { title: a })]);
    await room.poll('city', [report(1, { title: b, id: 'c', url: 'https://city.example/1' })]);
    expect(await room.stories()).toHaveLength(2);
  });
});

describe('a digest in parts', () => {
  const [byUrl, byTitle] = ['https://harbour.example/reports/1', report(2).title ?? ''];
  const digest: Item = {
    id: 'evening',
    title: '晚报｜海港两则新闻',
    column: '晚报',
    url: 'https://city.example/evening',
    content: '<p>海港两则新闻。</p>',
    published: '2026-01-06T07:30:00Z',
    parts: [
      { title: '泊位恢复通航', url: byUrl, content: '<p>泊位今晨恢复通航。</p>' },
      { title: byTitle, url: 'https://city.example/flash/2', content: '<p>另一则。</p>' },
    ],
  };
  const feedOf = async (
    publisher: ReturnType<Awaited<ReturnType<typeof newsroom>>['publisher']>,
    path: string,
  ) => String((await publisher.feed(path, 'json'))?.identity.body);

  test('merges them with the same story elsewhere by URL and by title, and stays in its source feed', async () => {
    await using room = await newsroom({ harbour: {}, city: { explode: true } });
    await room.poll('harbour', [report(1), report(2)]);
    await room.poll('city', [digest]);
    const stories = await room.stories();
    expect(stories.map(({ reports }) => reports.map(({ matched }) => matched)).sort()).toEqual([
      ['first', 'title'],
      ['first', 'url'],
    ]);
    const publisher = room.publisher();
    await publisher.renew();
    expect(await feedOf(publisher, 'all')).not.toContain(digest.title);
    expect(await feedOf(publisher, 'sources/city')).toContain(digest.title);
  });

  test('a teaser for a paid product stays out of the merged feed', async () => {
    await using room = await newsroom({ harbour: {} });
    const teaser = report(3, { promo: true });
    await room.poll('harbour', [report(1), teaser]);
    const publisher = room.publisher();
    await publisher.renew();
    expect(await feedOf(publisher, 'all')).not.toContain(teaser.title);
    expect(await feedOf(publisher, 'sources/harbour')).toContain(teaser.title);
  });
});

test('a changed topic rule touches only what it must', async () => {
  const rule = (id: string, any: readonly string[]): TopicRule => ({
    id,
    title: id,
    any,
    strong: [],
    all: [],
    none: [],
    sources: [],
    examples: [],
    counterexamples: [],
  });
  const old = [rule('ports', ['泊位']), rule('rail', ['列车'])];
  const changed = [rule('ports', ['泊位']), rule('rail', ['列车', '时刻表'])];
  await using room = await newsroom({ harbour: {}, city: {} }, { topics: old });
  await room.poll('harbour', [report(1), report(2)]);
  await room.poll('city', [
    report(3, { title: '铁路集团公布春季时刻表，夜间班次略有增加', id: 'c', url: 'https://city.example/1' }),
  ]);
  const sources = [room.source('harbour'), room.source('city')];
  const decide = (topics: readonly TopicRule[]) =>
    replay(
      room.store(),
      { rules: compileRules(topics, sources), topics, sources, keyVersion: 1 },
      room.clock.now,
    );
  await decide(old);
  const publisher = room.publisher();
  await publisher.renew();
  const untouched = ['topics/ports', 'sources/harbour'];
  const served = () =>
    Promise.all(
      untouched.flatMap((path) =>
        feedFormats.map(async (format) => {
          const feed = await publisher.feed(path, format);
          return [feed?.identity.body, feed?.lastModified];
        }),
      ),
    );
  const revisions = async () =>
    new Map((await room.items()).map(({ entryId, revision }) => [entryId, revision]));
  const before = { served: await served(), revisions: await revisions() };

  expect(await decide(changed)).toBe(1);
  await publisher.renew();
  expect(await served()).toEqual(before.served);
  const moved = (await room.items()).filter(
    ({ entryId, revision }) => before.revisions.get(entryId) !== revision,
  );
  expect(moved.map(({ source }) => source)).toEqual(['city']);
  expect(String((await publisher.feed('topics/rail', 'atom'))?.identity.body)).toContain('春季时刻表');
});

describe('two sources that put their columns and names beside one title', () => {
  const feed = (title: string) =>
    Buffer.from(
      `<rss version="2.0"><channel><title>海港</title><link>https://a.example/</link><description>海</description><item><title>${title}</title><link>https://a.example/1</link></item></channel></rss>`,
    );

  test.each<[string, readonly string[]]>([
    ['海港第七号泊位恢复通航 - 新浪财经', ['新浪财经']],
    ['海港第七号泊位恢复通航 - 新浪财经', [' - 新浪财经']],
    ['海港第七号泊位恢复通航_新浪财经_新浪网', ['新浪财经', '新浪网']],
    ['海港第七号泊位恢复通航【盘前必读】', ['盘前必读']],
    ['【盤前必讀】海港第七號泊位恢復通航', ['盘前必读']],
    ['３６氪独家｜海港第七号泊位恢复通航 | 36氪', ['36氪独家', '36氪']],
    ['财联社1月6日电，【盘前必读】海港第七号泊位恢复通航', ['盘前必读']],
  ])('tell one story: %s', async (title, columns) => {
    await using room = await newsroom({ harbour: { columns }, city: {} });
    await room.poll('harbour', parseFeed(feed(title), { columns }).items);
    await room.poll('city', [report(1, { title: '海港第七号泊位恢复通航', url: 'https://city.example/1' })]);
    expect((await room.story()).reports.map(({ matched }) => matched)).toEqual(['first', 'title']);
  });
});
