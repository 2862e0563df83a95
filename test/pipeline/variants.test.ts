import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { FeedParameters } from '../../src/model/settings.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { createMadeOnRequest } from '../../src/pipeline/made-on-request.ts';
import { stoppedClock } from '../support/clock.ts';
import { report, reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

/** Feeds with parameters: what they hold, how they are made, and since when they are what they are. */

async function idsOf(publisher: Publisher, parameters: FeedParameters, path = 'all') {
  const variant = await publisher.feed(path, 'json', parameters);
  const { items } = JSON.parse(variant?.identity.body.toString() ?? '') as { items: { id: string }[] };
  return items.map(({ id }) => id);
}

const urns = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `urn:harbour:${from + at}`);

/** Thirty stories that arrived an hour after the first ten, which are too old to be held for their arrival. */
async function filled() {
  const room = await newsroom({ harbour: {} });
  const named = (count: number, first = 1) =>
    reports(count, first).map((item, at) => ({ ...item, id: `urn:harbour:${first + at}` }));
  await room.poll('harbour', named(10));
  room.clock.pass(25 * 60);
  const late = named(30, 11).map((item) => ({ ...item, published: '2026-01-07T08:30:00Z' }));
  await room.poll('harbour', [...late, ...named(10)]);
  const publisher = room.publisher({ entries: 5, hours: 24, maxEntries: 100 });
  await publisher.renew();
  return { ...room, publisher };
}

describe('a variant holds', () => {
  test('what its feed holds, where other texts alone are asked for', async () => {
    await using room = await filled();
    const plain = await idsOf(room.publisher, {});
    expect(plain.length).toBeGreaterThan(30);
    expect(await idsOf(room.publisher, { script: 'hans' })).toEqual(plain);
    expect(await idsOf(room.publisher, { content: 'none' })).toEqual(plain);
  });

  test('of what is searched for as much as a feed would: all of its hours, and at least its entries', async () => {
    await using room = await filled();
    expect(await idsOf(room.publisher, { q: '泊位' })).toEqual(urns(11, 30));
    // Number 3, 13, 23, 30 to 39: eleven in time.
    expect(await idsOf(room.publisher, { q: '3' })).toEqual(
      [...urns(13, 1), ...urns(23, 1), ...urns(30, 10)].sort(),
    );
    // None of the first ten arrived in time, and five are the least.
    expect(await idsOf(room.publisher, { q: '泊位', exclude: '1 2 3 4' })).toEqual(urns(5, 5));
    expect(await idsOf(room.publisher, { q: '泊位', limit: 35 })).toEqual([...urns(11, 30), ...urns(1, 5)]);
  });

  test('the tombstones of its feed', async () => {
    await using room = await filled();
    await room.store().takeDown('urn:harbour:11', room.clock.now());
    await room.publisher.renew();
    const variant = await room.publisher.feed('all', 'atom', { limit: 3 });
    const atom = variant?.identity.body.toString() ?? '';
    expect(atom).toContain('<at:deleted-entry ref="urn:harbour:11"');
    // It is not the feed's whole, which alone leads to its archives.
    expect(atom).not.toContain('prev-archive');
    const json = await room.publisher.feed('all', 'json', { limit: 3 });
    expect(JSON.parse(json?.identity.body.toString() ?? '')).not.toHaveProperty('next_url');
  });
});

describe('a variant changed last', () => {
  test('when its feed did, and not when it was rendered', async () => {
    await using room = await filled();
    const changedAt = room.clock.now();
    room.clock.pass(30);
    const lastModified = async (parameters: FeedParameters) =>
      (await room.publisher.feed('all', 'atom', parameters))?.lastModified;
    expect(await lastModified({ limit: 3 })).toEqual(changedAt);
    expect(await lastModified({ q: '泊位' })).toEqual(changedAt);
  });

  test('when it was another one before, whatever its feed did since', async () => {
    await using room = await filled();
    const lastModified = async (parameters: FeedParameters) =>
      (await room.publisher.feed('all', 'atom', parameters))?.lastModified;
    const before = await lastModified({ q: '第12号' });
    await lastModified({ limit: 1 });
    room.clock.pass(30);
    await room.poll('harbour', [report(99, { id: 'urn:harbour:99', published: '2026-01-07T09:10:00Z' })]);
    await room.publisher.renew();
    expect(await lastModified({ q: '第12号' })).toEqual(before);
    expect(await lastModified({ limit: 1 })).toEqual(room.clock.now());
  });
});

test('an archive changed last when it was rendered in these bytes first, before a restart too', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', reports(150));
  const settings = { entries: 5, hours: 0, maxEntries: 10 };
  const before = room.publisher(settings);
  await before.renew();
  const changedAt = (await before.archive('all', 1, 'atom'))?.lastModified;
  expect(changedAt).toEqual(room.clock.now());
  room.clock.pass(90);
  await room.restart();
  const after = room.publisher(settings);
  await after.renew();
  expect((await after.archive('all', 1, 'atom'))?.lastModified).toEqual(changedAt);
});

describe('what is made on request', () => {
  const madeTexts = (maxLength = 100) =>
    createMadeOnRequest<string>(
      maxLength,
      ({ length }) => length,
      () => new Date(),
    );

  test('is made once for all who ask for it', async () => {
    await using room = await filled();
    const asked = Array.from({ length: 10 }, () => room.publisher.feed('all', 'atom', { q: '泊位' }));
    const [first, ...others] = await Promise.all(asked);
    for (const other of others) expect(other).toBe(first);
  });

  test.each(['clear', 'outdate'] as const)(
    'is for those who asked before it changed (%s), and others get another',
    async (how) => {
      const made = madeTexts();
      const started = Promise.withResolvers<undefined>();
      const old = made.get('a', async () => {
        await started.promise;
        return 'before';
      });
      await turn();
      made[how]('a');
      const fresh = made.get('a', () => Promise.resolve('after'));
      started.resolve(undefined);
      expect(await old).toBe('before');
      expect(await fresh).toBe('after');
      expect(await made.get('a', () => Promise.resolve('never made'))).toBe('after');
    },
  );

  test('is made of what it was before it changed', async () => {
    const made = madeTexts();
    const append = (text: string) => made.get('a', (before = '') => Promise.resolve(before + text));
    expect(await append('1')).toBe('1');
    made.outdate('a');
    expect([made.here('a'), made.known('a')]).toEqual([undefined, '1']);
    const gate = Promise.withResolvers<undefined>();
    const second = made.get('a', async (before = '') => {
      await gate.promise;
      return `${before}2`;
    });
    await turn();
    // While it is being made it changes again: it is no answer for the next, but what that one is made of.
    made.outdate('a');
    gate.resolve(undefined);
    expect(await second).toBe('12');
    expect([made.here('a'), made.known('a')]).toEqual([undefined, '12']);
    expect(await append('3')).toBe('123');
    made.clear();
    expect(await append('4')).toBe('4');
  });

  test('is in demand for a minute after it was asked for', async () => {
    const clock = stoppedClock('2026-01-06T12:00:00Z');
    const made = createMadeOnRequest<string>(100, ({ length }) => length, clock.now);
    await made.get('a', () => Promise.resolve('a'));
    clock.pass(0.9);
    expect(made.isInDemand('a')).toBe(true);
    made.here('a');
    clock.pass(0.9);
    expect(made.isInDemand('a')).toBe(true);
    made.known('a');
    made.replace('a', 'a', 'b');
    clock.pass(0.1);
    expect([made.isInDemand('a'), made.here('a')]).toEqual([false, 'b']);
  });

  test('is not put in the place of one that was made since', async () => {
    const made = madeTexts(5);
    await made.get('a', () => Promise.resolve('old'));
    await made.get('b', () => Promise.resolve('bbbb'));
    await made.get('a', () => Promise.resolve('new'));
    made.replace('a', 'old', 'made of old');
    expect(made.here('a')).toBe('new');
  });

  test('is forgotten with what it was, also while it is being made', async () => {
    const made = madeTexts();
    const append = (text: string) => made.get('a', (before = '') => Promise.resolve(before + text));
    await append('1');
    made.outdate('a');
    const gate = Promise.withResolvers<undefined>();
    const late = made.get('a', async (before = '') => {
      await gate.promise;
      return `${before}2`;
    });
    await turn();
    made.forget('a');
    gate.resolve(undefined);
    expect(await late).toBe('12');
    expect(made.known('a')).toBeUndefined();
    expect(await append('3')).toBe('3');
  });

  test('is being made until the one that was begun last is done, whenever a forgotten one is', async () => {
    const made = madeTexts();
    const gates = [Promise.withResolvers<string>(), Promise.withResolvers<string>()] as const;
    const forgotten = made.get('a', () => gates[0].promise);
    await turn();
    made.forget('a');
    const next = made.get('a', () => gates[1].promise);
    await turn();
    gates[0].resolve('old');
    await forgotten;
    expect(made.isBeingMade('a')).toBe(true);
    gates[1].resolve('new');
    await next;
    expect([made.isBeingMade('a'), made.here('a')]).toEqual([false, 'new']);
  });

  test('is made one after the other however often it changes meanwhile, and what has not begun is shared', async () => {
    const made = madeTexts();
    const gate = Promise.withResolvers<undefined>();
    const begun: string[] = [];
    const ask = (name: string) =>
      made.get('a', async (before = '') => {
        begun.push(name);
        await gate.promise;
        return before + name;
      });
    const asked = [ask('1')];
    await turn();
    for (const name of ['2', '3', '4']) {
      made.outdate('a');
      asked.push(ask(name));
    }
    await turn();
    expect(begun).toEqual(['1']);
    gate.resolve(undefined);
    expect(await Promise.all(asked)).toEqual(['1', '12', '12', '12']);
    expect(begun).toEqual(['1', '2']);
    expect(made.here('a')).toBe('12');
  });

  test('is made with three others at once, and the rest waits in line', async () => {
    const made = madeTexts();
    const gate = Promise.withResolvers<undefined>();
    const begun: string[] = [];
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const asked = names.map((name) =>
      made.get(name, async () => {
        begun.push(name);
        if (name !== 'b') await gate.promise;
        return name;
      }),
    );
    await turn();
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
    gate.resolve(undefined);
    expect(await Promise.all(asked)).toEqual(names);
  });

  test('is made again for the next who asks where that failed', async () => {
    const made = madeTexts();
    await expect(made.get('a', () => Promise.reject(new Error('store: busy')))).rejects.toThrow('busy');
    expect(await made.get('a', () => Promise.resolve('b'))).toBe('b');
  });

  test('goes when there is no room, what was asked for longest ago first', async () => {
    const made = madeTexts(10);
    const ask = (name: string) => made.get(name, () => Promise.resolve(name.repeat(4)));
    await ask('a');
    await ask('b');
    made.here('a');
    made.known('b');
    await ask('c');
    const known = () => ['a', 'b', 'c', 'd'].filter((name) => made.known(name) !== undefined);
    expect(known()).toEqual(['a', 'c']);
    made.replace('a', 'aaaa', 'a');
    await ask('d');
    expect(known()).toEqual(['a', 'c', 'd']);
    made.replace('b', 'bbbb', 'b');
    expect(known()).toEqual(['a', 'c', 'd']);
  });
});

test('a search in many entries leaves the event loop to others', async () => {
  await using room = await newsroom({ harbour: {} });
  const text = '引航站說，清淤工程比計劃早兩天完成，夜裡又試航了三次，沒有發現問題。'.repeat(10);
  const many = Array.from({ length: 1000 }, (_, at) => report(at + 1, { content: `<p>${text}</p>` }));
  await room.poll('harbour', many);
  const publisher = room.publisher();
  await publisher.renew();
  let turns = 0;
  const search = publisher.feed('all', 'atom', { q: '清淤' });
  const isDone = search.then(() => true);
  while (!(await Promise.race([isDone, turn(false)]))) turns += 1;
  expect(await search).toBeDefined();
  // At least one for each fifty texts and one for each twenty entries.
  expect(turns).toBeGreaterThan(20);
});
