import { afterEach, describe, expect, test, vi } from 'vitest';
import { startClockwork } from '../../src/schedule/clockwork.ts';
import { createPoller } from '../../src/schedule/poller.ts';
import { reports } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

const dayMs = 86_400_000;
const sources = ['harbour', 'river', 'canal'];
const every10Minutes = { schedule: { kind: 'interval', everyMs: 600_000 } } as const;

/** A poller of a newsroom that tells how many requests it made. */
function poller(room: Newsroom) {
  let requests = 0;
  for (const id of sources) room.answer(id, reports(2));
  const tools = room.tools();
  const fetch: typeof tools.fetch = (source, last) => {
    requests += 1;
    return tools.fetch(source, last);
  };
  const made = createPoller(
    sources.map((id) => room.source(id)),
    { ...tools, fetch },
    { concurrency: 16, perHost: 1, minIntervalMs: 60_000 },
  );
  return {
    /** The requests of one look at what is due. */
    look: async () => {
      requests = 0;
      await made.pass(
        sources.map((id) => room.source(id)),
        { force: false },
      );
      return requests;
    },
  };
}

const open = () => newsroom(Object.fromEntries(sources.map((id) => [id, every10Minutes])));

describe('a clock that is put', () => {
  test.each([
    ['a year ahead', 365 * dayMs],
    ['a year back', -365 * dayMs],
    ['a day back', -dayMs],
  ])('%s makes each source read once, and no more until it is due', async (_, byMs) => {
    await using room = await open();
    const { look } = poller(room);
    expect(await look()).toBe(3);
    expect(await look()).toBe(0);
    const ids = (await room.items()).map(({ entryId }) => entryId);

    room.clock.pass(byMs / 60_000);
    expect(await look()).toBe(3);
    expect(await look()).toBe(0);
    room.clock.pass(9);
    expect(await look()).toBe(0);
    room.clock.pass(2);
    expect(await look()).toBe(3);
    expect((await room.items()).map(({ entryId }) => entryId)).toEqual(ids);
  });

  test('ahead and back again stops no source', async () => {
    await using room = await open();
    const { look } = poller(room);
    await look();
    room.clock.pass((365 * dayMs) / 60_000);
    await look();
    room.clock.pass((-365 * dayMs) / 60_000);
    expect(await look()).toBe(3);
  });
});

test('a restart polls nothing early', async () => {
  await using room = await open();
  expect(await poller(room).look()).toBe(3);
  await room.restart();
  room.clock.pass(9);
  expect(await poller(room).look()).toBe(0);
  room.clock.pass(2);
  expect(await poller(room).look()).toBe(3);
});

describe('the clockwork', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ['ahead', '2027-01-06T08:00:00Z'],
    ['back', '2025-01-06T08:00:00Z'],
  ])('ticks once a second when the clock is put a year %s', async (_, time) => {
    vi.useFakeTimers({ now: new Date('2026-01-06T08:00:00Z') });
    const tick = vi.fn(() => Promise.resolve());
    const stop = startClockwork({
      tick,
      pass: () => Promise.resolve(new Map()),
      drain: () => Promise.resolve(),
    });
    await vi.advanceTimersByTimeAsync(3000);
    expect(tick).toHaveBeenCalledTimes(4);
    vi.setSystemTime(new Date(time));
    await vi.advanceTimersByTimeAsync(3000);
    expect(tick).toHaveBeenCalledTimes(7);
    await stop();
    await vi.advanceTimersByTimeAsync(3000);
    expect(tick).toHaveBeenCalledTimes(7);
  });
});
