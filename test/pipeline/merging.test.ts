import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import type { Story } from '../../src/model/story.ts';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

/** The same story as `report(number)`, told by another source. */
const told = (by: string, number: number, changes: Parameters<typeof report>[1] = {}): Item =>
  report(number, { id: `${by}-${number}`, url: `https://${by}.example/${number}`, ...changes });

const sourcesOf = ({ reports }: Story) => reports.map(({ source }) => source);

describe('two reports of one title', () => {
  test.each([
    ['harbour', 'city'],
    ['city', 'harbour'],
  ])('are one story, %s first', async (first, second) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll(first, [told(first, 1)]);
    room.clock.pass(3);
    await room.poll(second, [told(second, 1, { title: '海港第１號泊位今晨恢復通航　首批貨輪依次離港！' })]);

    const story = await room.story();
    expect(sourcesOf(story)).toEqual([first, second]);
    expect(story.reports.map(({ matched }) => matched)).toEqual(['first', 'title']);
    expect(story.id).toBe((await room.item(first, `${first}-1`)).entryId);
    // Both have a link: the one that stands first in the configuration is shown.
    expect(story.lead.source).toBe('harbour');
  });

  test('of one source are two', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [told('a', 1), told('b', 1)]);
    expect(await room.stories()).toHaveLength(2);
    await room.poll('harbour', [told('c', 1)]);
    expect(await room.stories()).toHaveLength(3);
  });

  test('that come together in one document never share a story', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 1)]);
    await room.poll('city', [told('a', 1), told('b', 1)]);
    expect((await room.stories()).map(({ reports }) => reports.length).sort()).toEqual([1, 2]);
  });
});

describe('the window', () => {
  test.each([
    ['2026-01-06T07:00:00Z', 1],
    ['2026-01-06T07:00:01Z', 2],
    ['2026-01-02T07:00:00Z', 1],
    ['2026-01-02T06:59:59Z', 2],
  ])('of 48 hours around the first report holds %s', async (published, count) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 1, { published: '2026-01-04T07:00:00Z' })]);
    await room.poll('city', [told('city', 1, { published })]);
    expect(await room.stories()).toHaveLength(count);
  });

  test.each([
    [48 * 60, 1],
    [48 * 60 + 1, 2],
  ])('goes by first sight where a report has no time: %d minutes', async (minutes, count) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 1, { published: undefined })]);
    room.clock.pass(minutes);
    await room.poll('city', [told('city', 1, { published: '2026-01-06T07:00:00Z' })]);
    expect(await room.stories()).toHaveLength(count);
  });

  test('goes by the first sight that was kept, for an item that returns', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const untimed = told('harbour', 1, { published: undefined });
    await room.poll('harbour', [untimed, told('harbour', 2)]);
    await room.poll('harbour', [told('harbour', 2)]);
    room.clock.pass(10 * 24 * 60);
    const now = room.clock.now();
    await room.store().retain({ before: now, maxItems: 1_000_000, now });
    await room.poll('city', [told('city', 1, { published: undefined })]);
    await room.poll('harbour', [untimed, told('harbour', 2)]);
    expect(await room.stories()).toHaveLength(3);
  });
});

describe('equal URLs', () => {
  const url = 'https://agency.example/news/77?utm_source=feed';

  test('merge whatever the time and the title', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [
      told('harbour', 1, { url: 'http://agency.example/news/77/', published: '2024-01-01T00:00:00Z' }),
    ]);
    await room.poll('city', [told('city', 2, { url })]);
    expect((await room.story()).reports.map(({ matched }) => matched)).toEqual(['first', 'url']);
  });

  test('do not where one source links several items to the page, whichever comes first', async () => {
    const page = 'https://agency.example/live';
    const several = [told('city', 2, { url: page }), told('city', 3, { url: page })];
    const one = [told('harbour', 1, { url: page })];
    for (const [first, second] of [
      [
        ['city', several],
        ['harbour', one],
      ],
      [
        ['harbour', one],
        ['city', several],
      ],
    ] as const) {
      await using room = await newsroom({ harbour: {}, city: {} });
      await room.poll(first[0], first[1]);
      await room.poll(second[0], second[1]);
      expect(await room.stories()).toHaveLength(3);
    }
  });

  test('do not where they are a site’s root', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 1, { url: 'https://agency.example/' })]);
    await room.poll('city', [told('city', 2, { url: 'https://agency.example' })]);
    expect(await room.stories()).toHaveLength(2);
  });
});

describe('what a source’s `dedupe` allows', () => {
  test.each([
    ['title', 1],
    ['url', 2],
    ['none', 2],
  ] as const)('%s, for equal titles', async (dedupe, count) => {
    for (const order of [
      ['harbour', 'city'],
      ['city', 'harbour'],
    ]) {
      await using room = await newsroom({ harbour: { dedupe }, city: {} });
      for (const source of order) await room.poll(source, [told(source, 1)]);
      expect(await room.stories()).toHaveLength(count);
    }
  });

  test.each([
    ['title', 1],
    ['url', 1],
    ['none', 2],
  ] as const)('%s, for equal URLs', async (dedupe, count) => {
    const url = 'https://agency.example/news/77';
    for (const order of [
      ['harbour', 'city'],
      ['city', 'harbour'],
    ]) {
      await using room = await newsroom({ harbour: { dedupe }, city: {} });
      for (const [number, source] of order.entries())
        await room.poll(source, [told(source, number, { url })]);
      expect(await room.stories()).toHaveLength(count);
    }
  });
});

describe('a title says too little to merge by', () => {
  test.each([
    ['when it is short', '今日要闻'],
    ['when it is damaged', '海港第\uFFFD号泊位今晨恢复通航，首批货轮依次离港'],
    ['when there is none', undefined],
  ])('%s', async (_, title) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const content = title === undefined ? undefined : '<p>从略</p>';
    await room.poll('harbour', [told('harbour', 1, { title, content })]);
    await room.poll('city', [told('city', 1, { title, content })]);
    expect(await room.stories()).toHaveLength(2);
  });
});

test('untitled items merge by their first sentence', async () => {
  await using room = await newsroom({ harbour: {}, city: {} });
  const content = '海港第七号泊位今晨恢复通航，首批货轮依次离港。其余从略。';
  await room.poll('harbour', [told('harbour', 1, { title: undefined, content })]);
  await room.poll('city', [told('city', 1, { title: undefined, content: `<p>${content}</p><p>另讯。</p>` })]);
  expect((await room.story()).reports).toHaveLength(2);
});

test('a source’s column is no part of the story', async () => {
  await using room = await newsroom({ harbour: {}, city: {} });
  const { title = '' } = report(1);
  await room.poll('harbour', [told('harbour', 1)]);
  await room.poll('city', [told('city', 1, { title: `城市晨读｜${title}`, column: '城市晨读' })]);
  expect((await room.story()).reports).toHaveLength(2);
});

describe('a title that one source uses again for another text', () => {
  const title = '海港泊位与航道限行信息一览';
  const day = (number: number) => ({
    title,
    content: `<p>第${number}天的限行安排有变化</p>`,
    published: `2026-01-0${number}T01:00:00Z`,
  });

  test('merges within its day alone from then on', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 6, day(6)), told('harbour', 5, day(5))]);
    await room.poll('city', [told('city', 5, day(5)), told('city', 6, day(6)), told('city', 4, day(4))]);
    const stories = await room.stories();
    expect(stories.map((story) => [story.published?.getUTCDate(), sourcesOf(story)])).toEqual([
      [6, ['harbour', 'city']],
      [5, ['harbour', 'city']],
      [4, ['city']],
    ]);
  });

  test('is found out across polls, and what is merged stays', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 5, day(5))]);
    await room.poll('city', [told('city', 6, day(6))]);
    expect(await room.stories()).toHaveLength(1);
    room.clock.pass(30);
    await room.poll('harbour', [told('harbour', 6, day(6)), told('harbour', 5, day(5))]);
    // The new one is of the same source as the story’s first report, and begins a story.
    expect((await room.stories()).map(sourcesOf)).toEqual([['harbour'], ['harbour', 'city']]);
    room.clock.set('2026-01-07T02:00:00Z');
    await room.poll('city', [told('city', 7, day(7)), told('city', 6, day(6))]);
    expect(await room.stories()).toHaveLength(3);
  });

  test('does not recur by being posted twice without a text', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const bare = { ...day(5), content: undefined };
    await room.poll('harbour', [told('a', 1, bare), told('b', 2, bare)]);
    await room.poll('city', [told('city', 1, { ...bare, published: '2026-01-04T15:00:00Z' })]);
    expect((await room.stories()).map(({ reports }) => reports.length).sort()).toEqual([1, 2]);
  });

  test('is found out where an edit gives an item the title of another', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const before = { ...day(6), title: '海港船期表今日尚未公布，请稍后再来查看' };
    await room.poll('harbour', [told('a', 5, day(5)), told('b', 6, before)]);
    room.clock.pass(30);
    await room.poll('harbour', [told('a', 5, day(5)), told('b', 6, day(6))]);
    await room.poll('city', [told('city', 4, day(4))]);
    expect(await room.stories()).toHaveLength(3);
  });

  test('does not recur by being posted twice with one text', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const text = day(5);
    await room.poll('harbour', [told('a', 1, text), told('b', 2, text)]);
    await room.poll('city', [told('city', 1, { ...text, published: '2026-01-04T15:00:00Z' })]);
    expect((await room.stories()).map(({ reports }) => reports.length).sort()).toEqual([1, 2]);
  });
});

describe('a title that its source cut', () => {
  const whole = '海港引航站说清淤工程比计划早两天完成，夜里又试航三次，没有发现问题';
  const cut = '海港引航站说清淤工程比计划早两天完成，夜里又…';

  test.each([
    [whole, cut],
    [cut, whole],
  ])('merges in either order: %s', async (first, second) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour', 1, { title: first })]);
    await room.poll('city', [told('city', 1, { title: second })]);
    expect((await room.story()).reports.map(({ matched }) => matched)).toEqual(['first', 'cut-title']);
  });

  test('stays alone where two stories begin with it', async () => {
    await using room = await newsroom({ harbour: {}, city: {}, hills: {} });
    await room.poll('harbour', [told('harbour', 1, { title: whole })]);
    await room.poll('city', [told('city', 1, { title: `${cut.slice(0, -1)}发现一处浅点` })]);
    await room.poll('hills', [told('hills', 1, { title: cut })]);
    expect(await room.stories()).toHaveLength(3);
  });

  test('is no bridge between two whole titles', async () => {
    await using room = await newsroom({ harbour: {}, city: {}, hills: {} });
    await room.poll('hills', [told('hills', 1, { title: cut })]);
    await room.poll('harbour', [told('harbour', 1, { title: whole })]);
    await room.poll('city', [told('city', 1, { title: `${cut.slice(0, -1)}发现一处浅点` })]);
    expect((await room.stories()).map(sourcesOf).toSorted()).toEqual([['city'], ['hills', 'harbour']]);
  });
});

describe('a story’s id, published and updated', () => {
  test('are those of its first report, and stay when an earlier one joins', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('city', [told('city', 1)]);
    const before = await room.story();
    room.clock.pass(3);
    await room.poll('harbour', [
      told('harbour', 1, { published: '2026-01-06T05:00:00Z', updated: '2026-01-06T07:59:00Z' }),
    ]);
    const after = await room.story();
    expect(after.reports).toHaveLength(2);
    expect(after).toMatchObject({ id: before.id, published: before.published, updated: before.updated });
    expect(after.sort).toEqual(before.sort);
  });
});

describe('a story is shown by', () => {
  const sources = { harbour: {}, city: {}, hills: {} };

  test('a report with a link, before one of a source that stands earlier', async () => {
    await using room = await newsroom(sources);
    await room.poll('harbour', [told('harbour', 1, { url: undefined })]);
    await room.poll('hills', [told('hills', 1)]);
    expect((await room.story()).lead.source).toBe('hills');
  });

  test('the source that stands first, before the longer text', async () => {
    await using room = await newsroom(sources);
    await room.poll('hills', [told('hills', 1, { content: '<p>长</p>'.repeat(100) })]);
    await room.poll('city', [told('city', 1)]);
    expect((await room.story()).lead.source).toBe('city');
  });

  test('what it was shown by ten minutes after its first report, whoever joins later', async () => {
    for (const [minutes, lead] of [
      [10, 'harbour'],
      [11, 'city'],
    ] as const) {
      await using room = await newsroom(sources);
      await room.poll('city', [told('city', 1)]);
      room.clock.pass(minutes);
      await room.poll('harbour', [told('harbour', 1)]);
      const story = await room.story();
      expect(story.reports).toHaveLength(2);
      expect(story.lead.source).toBe(lead);
    }
  });

  test('its own words, as they are edited', async () => {
    await using room = await newsroom(sources);
    await room.poll('harbour', [told('harbour', 1)]);
    await room.poll('city', [told('city', 1)]);
    room.clock.pass(90);
    await room.poll('harbour', [told('harbour', 1, { content: '<p>更正</p>' })]);
    expect((await room.story()).lead.item.content).toBe('<p>更正</p>');
  });
});

test('the topics of a story are those of all its reports', async () => {
  const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
  const topics = [
    { ...none, id: 'ports', title: '港口', any: ['泊位'] },
    { ...none, id: 'city', title: '城市', sources: ['city'] },
  ];
  await using room = await newsroom({ harbour: {}, city: {} }, { topics });
  await room.poll('harbour', [told('harbour', 1)]);
  await room.poll('city', [told('city', 1)]);
  expect((await room.story()).topics.toSorted()).toEqual(['city', 'ports']);
});
