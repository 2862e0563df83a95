import { expect, test } from 'vitest';
import { createWriter } from '../../bench/seeded.ts';
import type { Item } from '../../src/model/feed.ts';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';
import { serverOf } from '../support/newsroom-server.ts';
import {
  allPages,
  archiveReader,
  buriedIn,
  changesReader,
  entriesOf,
  get,
  pollingReader,
  wholeChain,
  type Entries,
} from './consumers.ts';

/** Random changes; `CHANGES=10000 SEED=7 npx vitest run test/reliability/consumers.test.ts` makes more and others. */
const changes = Number(process.env['CHANGES'] ?? 1000);

const sources = ['harbour', 'city', 'hills'] as const;

/** What a document lists at most; what falls out of it may be removed some days later. */
const listed = 25;

/** So many items are kept beside what is listed. */
const keptItems = 300;

const seed = Number(process.env['SEED'] ?? 20_260_106);

/** The world that is reported on: what each source lists now, and what it ever listed. */
function createWorld(random: ReturnType<typeof createWriter>) {
  const documents = new Map<string, readonly Item[]>(sources.map((id) => [id, []]));
  const ever = new Map<string, Item[]>(sources.map((id) => [id, []]));
  let stories = 0;
  const pick = <Value>(values: readonly Value[]): Value | undefined => values[random.whole(values.length)];
  const own = (source: string, number: number): Item =>
    report(number, {
      id: `urn:${source}:${number}`,
      url: `https://${source}.example/${number}`,
      published: undefined,
    });
  const list = (source: string, item: Item): void => {
    const others = (documents.get(source) ?? []).filter(({ id }) => id !== item.id);
    documents.set(source, [item, ...others].slice(0, listed));
    const known = ever.get(source) ?? [];
    ever.set(source, [...known.filter(({ id }) => id !== item.id), item]);
  };

  const kinds: readonly ((source: string) => void)[] = [
    // A new story, twice as often as anything else.
    (source) => list(source, own(source, ++stories)),
    (source) => list(source, own(source, ++stories)),
    // A story that another source may have told already.
    (source) => list(source, own(source, Math.max(1, stories - random.whole(10)))),
    // An edit of something that is listed, and one of something old that is listed once more.
    (source) => edit(source, pick(documents.get(source) ?? [])),
    (source) => edit(source, pick(ever.get(source) ?? [])),
    // Something comes back as it was, whether it is still kept or not.
    (source) => {
      const old = pick(ever.get(source) ?? []);
      if (old) list(source, old);
    },
  ];
  const edit = (source: string, item: Item | undefined): void => {
    if (item) list(source, { ...item, content: `<p>${random.words(30)}</p>` });
  };

  return {
    documentOf: (source: string) => documents.get(source) ?? [],
    change: (source: string) => pick(kinds)?.(source),
    pick,
  };
}

test(
  `whoever polls, follows or walks has the same after ${changes} random changes and some restarts`,
  { timeout: 600_000 },
  async () => {
    const random = createWriter(seed);
    const world = createWorld(random);
    await using room = await newsroom(Object.fromEntries(sources.map((id) => [id, {}])));
    const start = () => {
      const publisher = room.publisher({ entries: 10, hours: 6, maxEntries: 40 });
      return { publisher, server: serverOf(room, publisher, sources) };
    };
    let { publisher, server } = start();
    const poller = pollingReader('all');
    const sourcePoller = pollingReader('sources/city');
    const walker = archiveReader('all');
    const sourceWalker = archiveReader('sources/city');
    const follower = changesReader();
    // A reader cannot know what was removed for its age alone, and keeps it.
    const aged = { all: new Set<string>(), city: new Set<string>(), items: new Set<string>() };

    const storyIds = async () => new Set((await room.stories()).map(({ id }) => id));
    const itemIds = async (of?: string) =>
      new Set(
        (await room.items())
          .filter(({ source }) => of === undefined || source === of)
          .map(({ entryId }) => entryId),
      );
    const sweep = async (): Promise<void> => {
      const now = room.clock.now();
      const before = { all: await storyIds(), city: await itemIds('city'), items: await itemIds() };
      const old = new Date(now.getTime() - 2 * 86_400_000);
      await room.store().retain({ before: old, maxItems: keptItems, now });
      const after = { all: await storyIds(), city: await itemIds('city'), items: await itemIds() };
      for (const id of before.all) if (!after.all.has(id)) aged.all.add(id);
      for (const id of before.city) if (!after.city.has(id)) aged.city.add(id);
      for (const id of before.items) if (!after.items.has(id)) aged.items.add(id);
    };
    const takeDown = async (): Promise<void> => {
      const item = world.pick(await room.items());
      if (item) await room.store().takeDown(item.entryId, room.clock.now());
    };
    const restart = async (): Promise<void> => {
      await server.close();
      await room.restart();
      ({ publisher, server } = start());
    };

    const without = (has: Entries, gone: ReadonlySet<string>, wanted: Entries): Entries =>
      new Map([...has].filter(([id]) => wanted.has(id) || !gone.has(id)));
    const expectSame = (has: Entries, wanted: Entries, name: string): void => {
      expect([...has.keys()].toSorted(), name).toEqual([...wanted.keys()].toSorted());
      for (const [id, entry] of wanted) expect(has.get(id), `${name}: ${id}`).toBe(entry);
    };
    /** What was removed and comes back is no news: only the archives are sure to tell of it. */
    const expectNews = (has: Entries, wanted: Entries, name: string): void => {
      const news = [...wanted.keys()].filter((id) => has.has(id) || !aged.items.has(id));
      expect([...has.keys()].toSorted(), name).toEqual(news.toSorted());
    };
    const compare = async (): Promise<void> => {
      await publisher.renew();
      for (const reader of [poller, sourcePoller, walker, sourceWalker, follower]) await reader.visit(server);
      const all: Entries = new Map(entriesOf(await get(server, '/feeds/all.atom?limit=500')));
      const city: Entries = new Map(entriesOf(await get(server, '/feeds/sources/city.atom?limit=500')));
      expect(new Set(all.keys())).toEqual(await storyIds());
      expect(new Set(city.keys())).toEqual(await itemIds('city'));
      expectNews(without(poller.entries, aged.all, all), all, poller.name);
      expectNews(without(sourcePoller.entries, aged.city, city), city, sourcePoller.name);
      expectSame(without(walker.entries, aged.all, all), all, walker.name);
      expectSame(without(sourceWalker.entries, aged.city, city), city, sourceWalker.name);
      expectSame(await wholeChain(server, 'all'), all, 'one that never came before');
      expect(await allPages(server, 'all'), 'one that follows next_url').toEqual(new Set(all.keys()));
      expect(await allPages(server, 'sources/city')).toEqual(new Set(city.keys()));
      expect(new Set(follower.entries.keys()), follower.name).toEqual(await itemIds());
      expect(new Set(follower.entries.values()), follower.name).toEqual(new Set(all.keys()));
    };

    for (const source of sources) await room.poll(source, world.documentOf(source), { title: '开始' });
    for (let done = 1; done <= changes; done += 1) {
      room.clock.pass(random.whole(20));
      const source = world.pick(sources) ?? 'city';
      world.change(source);
      await room.poll(source, world.documentOf(source), { title: `第${done}版` });
      if (random.whole(40) === 0) await takeDown();
      if (done % 60 === 0) await sweep();
      if (random.whole(150) === 0) await restart();
      if (random.whole(6) === 0) {
        await publisher.renew();
        for (const reader of [poller, sourcePoller, follower]) await reader.visit(server);
      }
      if (random.whole(130) === 0) await compare();
    }
    await compare();

    // The changes were of every kind.
    expect((await room.store().archives('all')).length).toBeGreaterThan(2);
    expect(aged.all.size).toBeGreaterThan(50);
    expect(buriedIn(await get(server, '/feeds/all.atom')).length).toBeGreaterThan(5);
    expect((await room.stories()).filter(({ reports }) => reports.length > 1).length).toBeGreaterThan(5);
    await server.close();
  },
);
