import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StoreError } from '../../src/model/errors.ts';
import type { PublishSettings } from '../../src/model/settings.ts';
import { createPublisher, type Publisher } from '../../src/pipeline/publisher.ts';
import { feedSpecs } from '../../src/publish/feed-spec.ts';
import type { Archive, Store } from '../../src/store/store.ts';
import { reports } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

/** Feeds that are rendered when somebody asks, while things change around them. */

const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
const topics = [{ ...none, id: 'ports', title: '港口', any: ['泊位'] }];
const ports = 'topics/ports';

const openRoom = () => newsroom({ harbour: {} }, { topics });

const harbour = (count: number) =>
  reports(count).map((item, at) => ({ ...item, id: `urn:harbour:${at + 1}` }));

/** A publisher that sees the store in another way. */
function publisherOf(
  room: Newsroom,
  seen: Partial<Store>,
  settings: Partial<PublishSettings> = {},
  titleOf = () => '来源',
): Publisher {
  const toldOf = () => ({
    title: titleOf(),
    feedId: 'urn:example:harbour',
    url: 'https://harbour.example/feed',
    republish: 'full' as const,
  });
  return createPublisher({
    store: { ...room.store(), ...seen },
    site: { title: '新闻', url: 'https://news.example', language: 'zh' },
    settings: {
      entries: 50,
      hours: 24,
      maxEntries: 500,
      content: 'full',
      maxContentBytes: 65_536,
      promo: false,
      sourceInTitle: 'none',
      ...settings,
    },
    specs: feedSpecs('新闻', topics, [], [room.source('harbour')]),
    topicTitle: (id) => id,
    now: room.clock.now,
    loadStale: () => Promise.resolve(new Map()),
    loadSources: () => Promise.resolve(new Map([['harbour', toldOf()]])),
  });
}

/** The store, but what is made of the topic waits while the gate is closed. */
function gated(store: Store) {
  const gate: { closed?: Promise<undefined> } = {};
  const seen: Partial<Store> = {
    tombstones: async (of) => {
      if (of.kind === 'story' && of.topic === 'ports') await gate.closed;
      return store.tombstones(of);
    },
  };
  const close = () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    gate.closed = promise;
    return () => {
      delete gate.closed;
      resolve(undefined);
    };
  };
  return { seen, close };
}

const textOf = async (publisher: Publisher, path: string) =>
  (await publisher.feed(path, 'atom'))?.identity.body.toString() ?? '';

const entriesIn = (text: string) => text.split('<entry>').length - 1;

test('what changes while a feed is rendered is in the next answer, and in memory at the next change', async () => {
  await using room = await openRoom();
  const { seen, close } = gated(room.store());
  const publisher = publisherOf(room, seen);
  await room.poll('harbour', harbour(1));
  await publisher.renew();
  const open = close();
  const early = textOf(publisher, ports);
  await turn();
  await room.poll('harbour', harbour(2));
  await publisher.renew();
  open();
  expect(entriesIn(await early)).toBe(1);
  expect(entriesIn(await textOf(publisher, ports))).toBe(2);

  const openAgain = close();
  await room.poll('harbour', harbour(3));
  const renewed = publisher.renew();
  await turn();
  openAgain();
  await renewed;
  expect(entriesIn(publisher.ready(ports, 'atom')?.identity.body.toString() ?? '')).toBe(3);
});

test('a feed that took longer than the next one leaves no trace in when that changed', async () => {
  await using room = await openRoom();
  const { seen, close } = gated(room.store());
  const publisher = publisherOf(room, seen);
  await room.poll('harbour', harbour(1));
  await publisher.renew();
  const open = close();
  const old = publisher.feed(ports, 'atom');
  await turn();
  room.clock.pass(0.1);
  await room.poll('harbour', harbour(2));
  await publisher.renew();
  const next = publisher.feed(ports, 'atom');
  room.clock.pass(0.1);
  open();
  const [late, fresh] = await Promise.all([old, next]);
  expect(late?.lastModified.getTime()).toBeLessThan(fresh?.lastModified.getTime() ?? 0);

  room.clock.pass(60);
  await room.restart();
  const after = publisherOf(room, {});
  await after.renew();
  expect(await after.feed(ports, 'atom')).toMatchObject({
    hash: fresh?.hash,
    lastModified: fresh?.lastModified,
  });
});

test('a feed in demand stays in memory when its source is told of in another way', async () => {
  await using room = await openRoom();
  let title = '旧名';
  const publisher = publisherOf(room, {}, {}, () => title);
  await room.poll('harbour', harbour(1));
  await publisher.renew();
  expect(await textOf(publisher, ports)).toContain('旧名');
  title = '新名';
  await publisher.renew();
  const ready = publisher.ready(ports, 'atom')?.identity.body.toString();
  expect(ready).toContain('新名');
  expect(ready).not.toContain('旧名');
});

test('a feed that is rendered while its source is told of in another way is rendered again', async () => {
  await using room = await openRoom();
  const { seen, close } = gated(room.store());
  let title = '旧名';
  const publisher = publisherOf(room, seen, {}, () => title);
  await room.poll('harbour', harbour(1));
  await publisher.renew();
  const open = close();
  const early = publisher.feed(ports, 'atom');
  await turn();
  title = '新名';
  await publisher.renew();
  open();
  await early;
  expect(await textOf(publisher, ports)).toContain('新名');
});

test('variants stay while nothing changes, also where a feed that nobody asks for has grown old', async () => {
  await using room = await openRoom();
  await room.poll('harbour', harbour(3));
  const publisher = publisherOf(room, {});
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
  let isFull = false;
  const unlessFull =
    <Given>(save: (given: Given) => Promise<void>) =>
    (given: Given) =>
      isFull ? Promise.reject(new StoreError('store-full', 'store: the disk is full')) : save(given);
  const publisher = publisherOf(
    room,
    { addArchives: unlessFull((archives: readonly Archive[]) => store.addArchives(archives)) },
    { entries: 5, hours: 0, maxEntries: 20 },
  );
  await room.poll('harbour', harbour(50));
  await publisher.renew();
  const before = await textOf(publisher, ports);
  room.clock.pass(10);
  await room.poll('harbour', harbour(150));
  isFull = true;
  await expect(publisher.renew()).rejects.toThrow('the disk is full');
  expect(await textOf(publisher, ports)).toBe(before);
  isFull = false;
  await publisher.renew();
  expect(await textOf(publisher, ports)).toContain('/archive/1.atom');
});

test.each(['all', ports])(
  '%s changed last when it did, though that could not be kept at once',
  async (path) => {
    await using room = await openRoom();
    const store = room.store();
    let isFull = false;
    const publisher = publisherOf(room, {
      saveFeedStates: (states) =>
        isFull
          ? Promise.reject(new StoreError('store-full', 'store: the disk is full'))
          : store.saveFeedStates(states),
    });
    await room.poll('harbour', harbour(1));
    await publisher.renew();
    await publisher.feed(ports, 'atom');
    room.clock.pass(0.5);
    await room.poll('harbour', harbour(2));
    isFull = true;
    await expect(publisher.renew()).rejects.toThrow('the disk is full');
    isFull = false;
    await publisher.renew();
    const before = await publisher.feed(path, 'atom');
    room.clock.pass(60);
    await room.restart();
    const after = publisherOf(room, {});
    await after.renew();
    expect(await after.feed(path, 'atom')).toMatchObject({
      hash: before?.hash,
      lastModified: before?.lastModified,
    });
  },
);

test.each(['all', ports, 'sources/harbour'])(
  'an archive of %s links to its neighbours as they are',
  async (path) => {
    await using room = await openRoom();
    await room.poll('harbour', harbour(150));
    const publisher = publisherOf(room, {}, { entries: 5, hours: 0, maxEntries: 20 });
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

    room.clock.pass(60);
    await room.poll('harbour', harbour(300).slice(100), { title: '只剩这些' });
    const now = room.clock.now();
    await room.store().retain({ before: now, maxItems: 1000, now });
    await publisher.renew();
    await archive(2);
    await publisher.feed(path, 'atom');
    expect(await archive(1)).toBeUndefined();
    expect(await archive(2)).not.toContain('prev-archive');
  },
);
