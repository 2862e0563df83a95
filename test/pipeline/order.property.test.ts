import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import type { DedupeMode } from '../../src/model/source.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { sweep } from '../support/sweep.ts';

/** Which stories reports end in does not depend on the order in which their sources are polled. */

const start = Date.parse('2026-01-06T08:00:00Z');
const hours = (count: number) => new Date(start + count * 3_600_000).toISOString();

const told = (source: string, changes: Parameters<typeof report>[1] = {}): Item =>
  report(1, { id: `urn:${source}:1`, url: `https://${source}.example/1`, ...changes });

/** The sources of each story's reports. */
const grouped = async (room: Newsroom) =>
  (await room.stories())
    .map(({ reports }) =>
      reports
        .map(({ source }) => source)
        .toSorted()
        .join(' '),
    )
    .toSorted();

const modes: Readonly<Record<string, { readonly dedupe?: DedupeMode }>> = {
  harbour: {},
  city: {},
  hills: {},
  links: { dedupe: 'url' },
  alone: { dedupe: 'none' },
};

test('reports of one title within one window end in one story, but those of sources that do not merge by title', async () => {
  const sources = Object.keys(modes);
  const times = fc.array(fc.option(fc.integer({ min: -47, max: 0 }), { nil: undefined }), {
    minLength: sources.length,
    maxLength: sources.length,
  });
  const order = fc.shuffledSubarray(sources, { minLength: sources.length });
  await fc.assert(
    fc.asyncProperty(order, times, fc.nat({ max: 60 }), async (polled, published, minutes) => {
      await using room = await newsroom(modes);
      for (const [at, source] of polled.entries()) {
        const time = published[at];
        await room.poll(source, [told(source, { published: time === undefined ? undefined : hours(time) })]);
        room.clock.pass(minutes);
      }
      expect(await grouped(room)).toEqual(['alone', 'city harbour hills', 'links']);
    }),
    { numRuns: 25 },
  );
});

test('a title and two of its cuts end in one story', async () => {
  const whole = '海港第七号泊位今晨恢复通航，首批货轮依次离港，引航站连夜试航三次没有发现问题';
  const titles: Readonly<Record<string, string>> = {
    harbour: whole,
    city: '海港第七号泊位今晨恢复通航，首批货轮依次离港，引航站连夜…',
    hills: '海港第七號泊位今晨恢復通航，首批貨輪依次離港，引航…',
    coast: `「${whole}」`,
  };
  const sources = Object.keys(titles);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(sources, { minLength: sources.length }), async (polled) => {
      await using room = await newsroom({ harbour: {}, city: {}, hills: {}, coast: {} });
      for (const source of polled) await room.poll(source, [told(source, { title: titles[source] })]);
      expect(await grouped(room)).toEqual(['city coast harbour hills']);
    }),
    { numRuns: 24 },
  );
});

test('a cut title that says something else takes no whole one along', async () => {
  const beginning = '海港第七号泊位今晨恢复通航，首批货轮依次离港';
  await using room = await newsroom({ harbour: {}, city: {}, hills: {} });
  await room.poll('harbour', [told('harbour', { title: `${beginning}，引航站连夜…` })]);
  await room.poll('city', [told('city', { title: `${beginning}，…` })]);
  await room.poll('hills', [told('hills', { title: `${beginning}，渔船还要再等两天才能出海` })]);
  expect(await grouped(room)).toEqual(['city harbour', 'hills']);
});

test('stories that are there are neither joined nor split by what comes between them in time', async () => {
  const sources = ['harbour', 'city', 'hills', 'coast'];
  const poll = fc.record({
    source: fc.constantFrom(...sources),
    hour: fc.integer({ min: -120, max: 0 }),
    number: fc.integer({ min: 1, max: 3 }),
    sweep: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(poll, { minLength: 3, maxLength: 10 }), async (polls) => {
      await using room = await newsroom({ harbour: {}, city: {}, hills: {}, coast: {} });
      let before = new Map<string, string>();
      for (const [at, { source, hour, number, sweep: isSwept }] of polls.entries()) {
        const id = `urn:${source}:${number}`;
        const url = `https://${source}.example/${number}`;
        await room.poll(source, [told(source, { id, url, published: hours(hour) })], { title: `第${at}版` });
        room.clock.pass(isSwept ? 3 * 24 * 60 : 10);
        if (isSwept) await sweep(room);
        const stories = await room.stories();
        const after = new Map(
          stories.flatMap((story) => story.reports.map(({ entryId }) => [entryId, story.id] as const)),
        );
        for (const [entryId, story] of before) expect(after.get(entryId) ?? story).toBe(story);
        before = after;
      }
    }),
    { numRuns: 20 },
  );
});
