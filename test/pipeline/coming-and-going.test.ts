import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { report, reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';
import { sweep } from '../support/sweep.ts';

const day = 24 * 60;

describe('an item that leaves its document', () => {
  test('is kept, and is the same when it returns', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    const before = await room.item('harbour', 'report-1');
    room.clock.pass(30);
    await room.poll('harbour', reports(2, 2));
    expect(await room.items()).toHaveLength(3);
    room.clock.pass(30);
    await room.poll('harbour', reports(3));
    expect(await room.item('harbour', 'report-1')).toEqual(before);
  });

  test('is removed when it was not listed for long, and nothing else is', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    room.clock.pass(30);
    await room.poll('harbour', reports(2, 2));
    room.clock.pass(2 * day);
    expect(await sweep(room)).toBe(1);
    expect((await room.items()).map(({ item }) => item.id)).toEqual(['report-2', 'report-3']);
    expect(await room.stories()).toHaveLength(2);
  });

  test('returns after its removal as what it was, and not as news', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    room.clock.pass(30);
    await room.poll('harbour', [...reports(2, 2), report(4, { published: undefined })]);
    const timed = await room.item('harbour', 'report-1');
    const untimed = await room.item('harbour', 'report-4');
    room.clock.pass(30);
    await room.poll('harbour', reports(2, 2), { title: '海港' });
    room.clock.pass(2 * day);
    expect(await sweep(room)).toBe(2);

    await room.poll('harbour', [
      report(1, { published: '2026-01-08T00:00:00Z' }),
      ...reports(2, 2),
      report(4, { published: undefined }),
    ]);
    for (const { item, entryId, apiId, firstSeen, published, arrived } of [timed, untimed]) {
      const returned = await room.item('harbour', item.id ?? '');
      expect(returned).toMatchObject({ entryId, apiId, firstSeen });
      expect(returned.published).toEqual(published);
      expect(returned.arrived.getTime()).toBeLessThanOrEqual(
        Math.max(arrived.getTime(), firstSeen.getTime()),
      );
    }
    expect((await room.item('harbour', 'report-4')).sort.time).toEqual(untimed.sort.time);
  });

  test('keeps its id when it could not have it anew', async () => {
    await using room = await newsroom({ harbour: {}, thief: {} });
    const id = 'urn:example:harbour:1';
    await room.poll('harbour', [report(1, { id }), report(2)]);
    room.clock.pass(30);
    await room.poll('harbour', [report(2)]);
    room.clock.pass(2 * day);
    await sweep(room);
    await room.poll('thief', [report(7, { id, url: 'https://thief.example/7' })]);
    expect((await room.item('thief', id)).entryId).not.toBe(id);
    await room.poll('harbour', [report(1, { id }), report(2)]);
    expect((await room.item('harbour', id)).entryId).toBe(id);
  });
});

test('an item that is still listed is never removed, however old it is', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', reports(3));
  for (let week = 0; week < 20; week++) {
    room.clock.pass(7 * day);
    await room.poll('harbour', reports(3));
  }
  expect(await sweep(room)).toBe(0);
  expect(await room.store().retain({ before: room.clock.now(), maxItems: 1, now: room.clock.now() })).toBe(0);
  expect(await room.items()).toHaveLength(3);
});

test('an item’s age counts from when it was last listed, not from when its document was new', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', reports(2));
  for (let count = 0; count < 10; count++) {
    room.clock.pass(day);
    expect(await room.poll('harbour', reports(2))).toMatchObject({ kind: 'unchanged' });
  }
  room.clock.pass(60);
  await room.poll('harbour', [report(2)]);
  expect(await sweep(room)).toBe(0);
  room.clock.pass(day);
  expect(await sweep(room)).toBe(1);
});

test('the oldest go first where there are too many', async () => {
  await using room = await newsroom({ harbour: {} });
  for (let number = 1; number <= 6; number++) {
    await room.poll('harbour', reports(2, number));
    room.clock.pass(10);
  }
  const now = room.clock.now();
  expect(await room.store().retain({ before: new Date(0), maxItems: 4, now })).toBe(3);
  expect((await room.items()).map(({ item }) => item.id).sort()).toEqual([
    'report-4',
    'report-5',
    'report-6',
    'report-7',
  ]);
});

describe('a story whose first report is removed', () => {
  test('carries on under its id, shown by the best of those that are left', async () => {
    await using room = await newsroom({ harbour: {}, wire: {}, city: {}, hills: {} });
    await room.poll('harbour', [report(1), report(9)]);
    await room.poll('wire', [report(1, { id: 'w', url: undefined })]);
    await room.poll('hills', [report(1, { id: 'h', url: 'https://hills.example/1' })]);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' })]);
    const before = await room.story(report(1).title);
    expect(before.lead.source).toBe('harbour');
    room.clock.pass(30);
    await room.poll('harbour', [report(9)]);
    room.clock.pass(2 * day);
    expect(await sweep(room)).toBe(1);

    const after = await room.story(report(1).title);
    expect(after).toMatchObject({ id: before.id, published: before.published, updated: before.updated });
    expect(after.reports.map(({ source }) => source)).toEqual(['wire', 'hills', 'city']);
    // It has a link, and stands before hills in the configuration.
    expect(after.lead.source).toBe('city');
    expect(after.revision).toBeGreaterThan(before.revision);
  });

  test('moves by the edits of the next one, and never back', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1), report(9)]);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' })]);
    room.clock.pass(30);
    await room.poll('harbour', [report(9)]);
    room.clock.pass(2 * day);
    await sweep(room);
    const title = '海港第1号泊位推迟到明天恢复通航';
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1', title })]);
    expect((await room.story(title)).updated).toEqual(room.clock.now());
  });
});

test('a story that lost a further report is a changed story, for it names its reports', async () => {
  await using room = await newsroom({ harbour: {}, city: {} });
  await room.poll('harbour', [report(1)]);
  await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' }), report(2)]);
  const { revision } = await room.story(report(1).title);
  room.clock.pass(30);
  await room.poll('city', [report(2)]);
  room.clock.pass(2 * day);
  expect(await sweep(room)).toBe(1);
  const after = await room.story(report(1).title);
  expect(after.reports).toHaveLength(1);
  expect(after.revision).toBeGreaterThan(revision);
});

describe('an item is the same', () => {
  /** Polls a source twice and expects that nothing came in addition. */
  async function expectSame(first: readonly Item[], second: readonly Item[]): Promise<void> {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', first);
    const before = (await room.items()).map(({ entryId }) => entryId).sort();
    room.clock.pass(30);
    expect(await room.poll('harbour', second)).toMatchObject({ new: 0 });
    room.clock.pass(30);
    expect(await room.poll('harbour', second, { title: '海港' })).toMatchObject({ new: 0 });
    expect((await room.items()).map(({ entryId }) => entryId).sort()).toEqual(before);
  }

  test('when its guid changes and its URL does not', async () => {
    await expectSame([report(1), report(2)], [report(1, { id: 'other-1' }), report(2)]);
  });

  test('when the whole site changes its guids', async () => {
    await expectSame(
      reports(5),
      reports(5).map((item) => ({ ...item, id: `https://harbour.example/?p=${item.id ?? ''}` })),
    );
  });

  test('when its URL changes and its guid does not', async () => {
    await expectSame([report(1)], [report(1, { url: 'https://www.harbour.example/archive/1.html' })]);
  });

  test('when the site goes over to https and loses its slashes', async () => {
    await expectSame(
      [report(1, { id: undefined, url: 'http://harbour.example/reports/1/' })],
      [report(1, { id: undefined, url: 'https://harbour.example/reports/1?utm_source=rss' })],
    );
  });

  test('when it gets a guid that it did not have', async () => {
    await expectSame([report(1, { id: undefined })], [report(1)]);
    await expectSame([report(1, { id: undefined, url: undefined })], [report(1, { url: undefined })]);
  });

  test('when its guid is proved useless by another item', async () => {
    const same = { id: 'guid' };
    for (const url of [undefined, 'https://harbour.example/reports/1']) {
      await using room = await newsroom({ harbour: {} });
      await room.poll('harbour', [report(1, { ...same, url })]);
      for (const round of [1, 0, 0]) {
        room.clock.pass(30);
        const items = [report(2, same), report(1, { ...same, url })];
        expect(
          await room.poll('harbour', items, { title: `第${room.clock.now().getTime()}版` }),
        ).toMatchObject({
          new: round,
        });
      }
    }
  });

  test('when another item comes to its page', async () => {
    const page = { id: undefined, url: 'https://harbour.example/now' };
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1, page)]);
    for (const [items, added] of [
      [[report(2, page), report(1, page)], 1],
      [[report(1, page)], 0],
      [[report(2, page), report(1, page)], 0],
      [[report(3, page)], 1],
      [[report(4, page)], 1],
      [[report(4, page), report(3, page), report(2, page)], 0],
    ] as const) {
      room.clock.pass(30);
      expect(await room.poll('harbour', items, { title: `${room.clock.now().getTime()}` })).toMatchObject({
        new: added,
      });
    }
  });
});

describe('an item is another', () => {
  test('when it has the URL of one that is still listed', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1)]);
    const { url } = report(1);
    expect(await room.poll('harbour', [report(2, { url }), report(1)])).toMatchObject({ new: 1 });
  });

  test('when its source links everything to one page', async () => {
    await using room = await newsroom({ status: {} });
    const url = 'https://status.example/now';
    await room.poll('status', [report(1, { url }), report(2, { url })]);
    for (const number of [3, 4, 5]) {
      room.clock.pass(30);
      expect(await room.poll('status', [report(number, { url })])).toMatchObject({ new: 1 });
    }
    expect(await room.items()).toHaveLength(5);
  });

  test('when its source links everything to its front page', async () => {
    await using room = await newsroom({ status: {} });
    const url = 'https://status.example/';
    for (const number of [1, 2, 3]) {
      room.clock.pass(30);
      expect(await room.poll('status', [report(number, { url })])).toMatchObject({ new: 1 });
    }
  });
});

test('a source whose documents have no ids for a while does not forget those it had', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', [report(1)]);
  await room.poll('harbour', [report(2, { id: undefined })]);
  await room.poll('harbour', [report(3), report(1)]);
  expect((await room.item('harbour', 'report-3')).itemKey).toBe('id:report-3');
  expect(await room.items()).toHaveLength(3);
});
