import { expect, onTestFinished, test } from 'vitest';
import { StoreError } from '../../src/model/errors.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import type { Archive, Store } from '../../src/store/store.ts';
import { collectGarbage } from '../../src/http/collect-garbage.ts';
import { reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

/** Feeds that are rendered when somebody asks, while things change around them. */

const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
const topics = [{ ...none, id: 'ports', title: '港口', any: ['泊位'] }];
const ports = 'topics/ports';

const openRoom = () => newsroom({ harbour: {} }, { topics });

const harbour = (count: number) =>
  reports(count).map((item, at) => ({ ...item, id: `urn:harbour:${at + 1}` }));

/** Few entries, so that most stand in archives. */
const short = { entries: 5, hours: 0, maxEntries: 20 };

/** A publisher whose topic was asked for and waits half made until it is let go on; then `answer` comes. */
async function halfMade(titleOf?: () => string) {
  const room = await openRoom();
  onTestFinished(() => room[Symbol.asyncDispose]());
  const store = room.store();
  const gate = Promise.withResolvers<undefined>();
  const asked = Promise.withResolvers<undefined>();
  let isFirst = true;
  const seen: Partial<Store> = {
    tombstones: async (of) => {
      if (of.kind === 'story' && of.topic === 'ports' && isFirst) {
        isFirst = false;
        asked.resolve(undefined);
        await gate.promise;
      }
      return store.tombstones(of);
    },
  };
  const publisher = room.publisher({}, { seen, ...(titleOf && { titleOf }) });
  await room.poll('harbour', harbour(1));
  await publisher.renew();
  const answer = publisher.feed(ports, 'atom');
  await asked.promise;
  return { room, publisher, answer, goOn: () => gate.resolve(undefined) };
}

/** Rejects what is saved while the disk is full. */
function diskThatFills() {
  const disk = { isFull: false };
  const unlessFull =
    <Given>(save: (given: Given) => Promise<void>) =>
    (given: Given) =>
      disk.isFull ? Promise.reject(new StoreError('store-full', 'store: the disk is full')) : save(given);
  return { disk, unlessFull };
}

type FeedStates = Parameters<Store['saveFeedStates']>[0];

const textOf = async (publisher: Publisher, path: string) =>
  (await publisher.feed(path, 'atom'))?.identity.body.toString() ?? '';

const entriesIn = (text: string) => text.split('<entry>').length - 1;

test('what changes while a feed is rendered is in the next answer', async () => {
  const { room, publisher, answer, goOn } = await halfMade();
  await room.poll('harbour', harbour(2));
  await publisher.renew();
  goOn();
  expect(entriesIn((await answer)?.identity.body.toString() ?? '')).toBe(1);
  expect(entriesIn(await textOf(publisher, ports))).toBe(2);
});

test('a feed that changed while it was rendered is in memory at the next change, for it is in demand', async () => {
  const { room, publisher, answer, goOn } = await halfMade();
  await room.poll('harbour', harbour(2));
  await publisher.renew();
  goOn();
  await answer;
  expect(publisher.ready(ports, 'atom')).toBeUndefined();
  await room.poll('harbour', harbour(3));
  await publisher.renew();
  expect(entriesIn(publisher.ready(ports, 'atom')?.identity.body.toString() ?? '')).toBe(3);
});

test('a feed that took longer than the next one leaves no trace in when that changed', async () => {
  const { room, publisher, answer, goOn } = await halfMade();
  room.clock.pass(0.1);
  await room.poll('harbour', harbour(2));
  await publisher.renew();
  const next = publisher.feed(ports, 'atom');
  room.clock.pass(0.1);
  goOn();
  const [late, fresh] = await Promise.all([answer, next]);
  expect(late?.lastModified.getTime()).toBeLessThan(fresh?.lastModified.getTime() ?? 0);

  room.clock.pass(60);
  await room.restart();
  const after = room.publisher();
  await after.renew();
  const { hash, lastModified } = fresh ?? {};
  expect(await after.feed(ports, 'atom')).toMatchObject({ hash, lastModified });
});

test('a feed in demand stays in memory when its source is told of in another way', async () => {
  await using room = await openRoom();
  let title = '旧名';
  const publisher = room.publisher({}, { titleOf: () => title });
  await room.poll('harbour', harbour(1));
  await publisher.renew();
  expect(await textOf(publisher, ports)).toContain('旧名');
  title = '新名';
  await publisher.renew();
  const ready = publisher.ready(ports, 'atom')?.identity.body.toString();
  expect(ready).toContain('新名');
  expect(ready).not.toContain('旧名');
});

test('a feed that is rendered while its source is told of in another way is rendered again at once', async () => {
  let title = '旧名';
  const { room, publisher, answer, goOn } = await halfMade(() => title);
  title = '新名';
  await publisher.renew();
  room.clock.pass(0.1);
  const { hash, lastModified } = (await publisher.feed(ports, 'atom')) ?? {};
  room.clock.pass(0.1);
  goOn();
  expect((await answer)?.identity.body.toString()).toContain('旧名');
  expect(publisher.ready(ports, 'atom')?.identity.body.toString()).toContain('新名');

  room.clock.pass(60);
  await room.restart();
  const after = room.publisher({}, { titleOf: () => title });
  await after.renew();
  expect(await after.feed(ports, 'atom')).toMatchObject({ hash, lastModified });
});

test('only what is new is rendered when a feed has changed, as long as it is in memory', async () => {
  await using room = await openRoom();
  const loaded: number[] = [];
  const store = room.store();
  const stories: Store['stories'] = (keys) => {
    loaded.push(...keys);
    return store.stories(keys);
  };
  // The feed of all holds only one of the topic's entries.
  const publisher = room.publisher({ entries: 1, hours: 0, maxEntries: 50 }, { seen: { stories } });
  await room.poll('harbour', harbour(20));
  await publisher.renew();
  await publisher.feed(ports, 'atom');
  expect(loaded).toHaveLength(20);
  room.clock.pass(10);
  await room.poll('harbour', harbour(21));
  collectGarbage();
  await publisher.renew();
  expect(entriesIn(await textOf(publisher, ports))).toBe(21);
  expect(loaded).toHaveLength(21);
});

test('variants stay while nothing changes, also where a feed that nobody asks for has grown old', async () => {
  await using room = await openRoom();
  await room.poll('harbour', harbour(3));
  const publisher = room.publisher();
  await publisher.renew();
  await publisher.feed(ports, 'atom');
  room.clock.pass(25 * 60);
  await publisher.renew();
  const search = await publisher.feed('all', 'atom', { q: '泊位' });
  for (let look = 0; look < 3; look++) {
    room.clock.pass(0.5);
    await publisher.renew();
    expect(await publisher.feed('all', 'atom', { q: '泊位' })).toBe(search);
  }
});

test('while the disk is full a feed is served as it was', async () => {
  await using room = await openRoom();
  const store = room.store();
  const { disk, unlessFull } = diskThatFills();
  const addArchives = unlessFull((archives: readonly Archive[]) => store.addArchives(archives));
  const publisher = room.publisher(short, { seen: { addArchives } });
  await room.poll('harbour', harbour(50));
  await publisher.renew();
  const before = await textOf(publisher, ports);
  room.clock.pass(10);
  await room.poll('harbour', harbour(150));
  disk.isFull = true;
  await expect(publisher.renew()).rejects.toThrow('the disk is full');
  expect(await textOf(publisher, ports)).toBe(before);
  disk.isFull = false;
  await publisher.renew();
  expect(await textOf(publisher, ports)).toContain('/archive/1.atom');
});

test.each(['all', ports])(
  '%s changed last when it did, though that could not be kept at once',
  async (path) => {
    await using room = await openRoom();
    const store = room.store();
    const { disk, unlessFull } = diskThatFills();
    const saveFeedStates = unlessFull((states: FeedStates) => store.saveFeedStates(states));
    const publisher = room.publisher({}, { seen: { saveFeedStates } });
    await room.poll('harbour', harbour(1));
    await publisher.renew();
    await publisher.feed(ports, 'atom');
    room.clock.pass(0.5);
    await room.poll('harbour', harbour(2));
    disk.isFull = true;
    await expect(publisher.renew()).rejects.toThrow('the disk is full');
    disk.isFull = false;
    await publisher.renew();
    const { hash, lastModified } = (await publisher.feed(path, 'atom')) ?? {};
    room.clock.pass(60);
    await room.restart();
    const after = room.publisher();
    await after.renew();
    expect(await after.feed(path, 'atom')).toMatchObject({ hash, lastModified });
  },
);

test.each(['all', ports, 'sources/harbour'])(
  'an archive of %s links to its neighbours as they are',
  async (path) => {
    await using room = await openRoom();
    await room.poll('harbour', harbour(150));
    const publisher = room.publisher(short);
    const archive = async (number: number) =>
      (await publisher.archive(path, number, 'atom'))?.identity.body.toString();
    await publisher.renew();
    await publisher.feed(path, 'atom');
    room.clock.pass(60);
    await room.poll('harbour', harbour(300));
    await publisher.renew();
    // Somebody walks the archives before anybody asks for the feed, which seals another.
    await archive(1);
    await publisher.feed(path, 'atom');
    expect(await archive(1)).toMatch(/rel="next-archive" href="[^"]*\/archive\/2\.atom"/);
    expect(await archive(2)).toMatch(/rel="prev-archive" href="[^"]*\/archive\/1\.atom"/);

    // The second archive loses the one before it and gets one behind it, both when somebody asks for the feed.
    room.clock.pass(60);
    await room.poll('harbour', harbour(400).slice(100), { title: '只剩这些' });
    const now = room.clock.now();
    await room.store().retain({ before: now, maxItems: 1000, now });
    await publisher.renew();
    await archive(2);
    await publisher.feed(path, 'atom');
    expect(await archive(1)).toBeUndefined();
    const second = await archive(2);
    expect(second).not.toContain('prev-archive');
    expect(second).toMatch(/rel="next-archive" href="[^"]*\/archive\/3\.atom"/);
  },
);
