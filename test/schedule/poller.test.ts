import { describe, expect, test, vi } from 'vitest';
import { failed } from '../../src/fetch/outcome.ts';
import { StoreError } from '../../src/model/errors.ts';
import type { Source } from '../../src/model/source.ts';
import type { RefreshTools } from '../../src/pipeline/refresh.ts';
import { createPoller, type PollerSettings } from '../../src/schedule/poller.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { reports } from '../support/news.ts';
import { documentOf, newsroom, type Newsroom } from '../support/newsroom.ts';

const settings: PollerSettings = { concurrency: 16, perHost: 1, minIntervalMs: 60_000 };

/** Sources of the ids given, each on a host of its own. */
const apart = (ids: readonly string[]): Record<string, Partial<Source>> =>
  Object.fromEntries(ids.map((id) => [id, {}]));
const together = (ids: readonly string[]): Record<string, Partial<Source>> =>
  Object.fromEntries(ids.map((id) => [id, { location: { kind: 'http', url: `https://one.example/${id}` } }]));
const ids = (count: number) => Array.from({ length: count }, (_, number) => `s${number}`);

/** A network that notes what is asked of it, and answers when it is told to. */
function network() {
  const asked: string[] = [];
  const open = new Map<string, () => void>();
  let most = 0;
  let isHeld = false;
  let notify: () => void = () => undefined;
  const fetch: RefreshTools['fetch'] = async ({ id }) => {
    asked.push(id);
    const answered = new Promise<void>((resolve) => open.set(id, resolve));
    most = Math.max(most, open.size);
    notify();
    if (isHeld) await answered;
    open.delete(id);
    return documentOf(reports(1));
  };
  const made = (count: number) =>
    new Promise<void>((resolve) => {
      notify = () => {
        if (asked.length >= count) resolve();
      };
      notify();
    });
  const release = (id: string) => open.get(id)?.();
  return {
    fetch,
    asked,
    /** The greatest number of requests at once. */
    most: () => most,
    hold: () => {
      isHeld = true;
    },
    release,
    /** Resolves when so many requests were made in all. */
    made,
    /** Answers all of them one by one, each when so many wait. */
    answerAll: async (total: number, waiting: number) => {
      for (let at = 0; at < total; at++) {
        await made(Math.min(at + waiting, total));
        release(asked[at] ?? '');
      }
    },
  };
}

const all = ({ source }: Newsroom, names: readonly string[]) => names.map(source);

describe('a pass', () => {
  test('polls what is due, tells of each, and gives the outcomes', async () => {
    const names = ids(3);
    await using room = await newsroom(apart(names));
    const { fetch, asked } = network();
    const poller = createPoller(all(room, names), { ...room.tools(), fetch }, settings);
    const told: string[] = [];
    const outcomes = await poller.pass(all(room, names), { force: false, onDone: ({ id }) => told.push(id) });
    expect(asked.toSorted()).toEqual(names);
    expect(told.toSorted()).toEqual(names);
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(['fetched', 'fetched', 'fetched']);
  });

  test('polls nothing early, after a restart neither, unless it is forced to', async () => {
    const names = ids(3);
    await using room = await newsroom(apart(names));
    const { fetch, asked } = network();
    const pass = (force: boolean) =>
      createPoller(all(room, names), { ...room.tools(), fetch }, settings).pass(all(room, names), { force });
    await pass(false);
    await room.restart();
    room.clock.pass(14);
    expect((await pass(false)).size).toBe(0);
    expect(asked).toHaveLength(3);
    expect((await pass(true)).size).toBe(3);
    room.clock.pass(16);
    expect((await pass(false)).size).toBe(3);
  });

  test('polls the named sources only', async () => {
    const names = ids(3);
    await using room = await newsroom(apart(names));
    const { fetch, asked } = network();
    const poller = createPoller(all(room, names), { ...room.tools(), fetch }, settings);
    await poller.pass([room.source('s1')], { force: false });
    expect(asked).toEqual(['s1']);
  });

  test('of nothing ends at once', async () => {
    await using room = await newsroom({});
    expect((await createPoller([], room.tools(), settings).pass([], { force: true })).size).toBe(0);
  });

  test('has at most so many requests under way', async () => {
    const names = ids(12);
    await using room = await newsroom(apart(names));
    const { fetch, hold, most, answerAll } = network();
    hold();
    const poller = createPoller(
      all(room, names),
      { ...room.tools(), fetch },
      { ...settings, concurrency: 3 },
    );
    const pass = poller.pass(all(room, names), { force: true });
    await answerAll(12, 3);
    expect((await pass).size).toBe(12);
    expect(most()).toBe(3);
  });

  test('has at most so many of them to one host', async () => {
    const names = ids(6);
    for (const perHost of [1, 2]) {
      await using room = await newsroom(together(names));
      const { fetch, hold, most, answerAll } = network();
      hold();
      const poller = createPoller(all(room, names), { ...room.tools(), fetch }, { ...settings, perHost });
      const pass = poller.pass(all(room, names), { force: true });
      await answerAll(6, perHost);
      expect((await pass).size).toBe(6);
      expect(most()).toBe(perHost);
    }
  });

  test('does not keep other hosts waiting for a slow one', async () => {
    const slow = ['slow1', 'slow2', 'slow3'];
    await using room = await newsroom({ ...together(slow), ...apart(['quick']) });
    const { fetch, asked, hold, release, made } = network();
    hold();
    const names = [...slow, 'quick'];
    const poller = createPoller(all(room, names), { ...room.tools(), fetch }, settings);
    const pass = poller.pass(all(room, names), { force: true });
    await made(2);
    expect(asked).toEqual(['slow1', 'quick']);
    release('quick');
    for (const [at, id] of slow.entries()) {
      release(id);
      await made(Math.min(at + 3, 4));
    }
    expect((await pass).size).toBe(4);
  });

  test('does not spare the disk', async () => {
    const names = ids(4);
    const file = { location: { kind: 'file', path: '/nowhere', roots: [] } } as const;
    await using room = await newsroom(Object.fromEntries(names.map((id) => [id, file])));
    const { fetch, hold, most, answerAll } = network();
    hold();
    const poller = createPoller(all(room, names), { ...room.tools(), fetch }, settings);
    const pass = poller.pass(all(room, names), { force: true });
    await answerAll(4, 4);
    await pass;
    expect(most()).toBe(4);
  });

  test('ends when its own polls are done, whatever else is under way', async () => {
    await using room = await newsroom(apart(['hanging', 'asked']));
    const { fetch, hold, made, release } = network();
    hold();
    const poller = createPoller(all(room, ['hanging', 'asked']), { ...room.tools(), fetch }, settings);
    const other = poller.pass([room.source('hanging')], { force: true });
    await made(1);
    const own = poller.pass([room.source('asked')], { force: true });
    await made(2);
    release('asked');
    expect([...(await own).keys()]).toEqual(['asked']);
    release('hanging');
    await other;
  });

  test('leaves a host alone from the answer on that asks for it', async () => {
    const names = ids(3);
    await using room = await newsroom({ ...together(names), ...apart(['free']) });
    const asked: string[] = [];
    const fetch: RefreshTools['fetch'] = ({ id }) => {
      asked.push(id);
      const tooMany = { ...failed('http-429', 'too many', 429), hints: { retryAfterMs: 3_600_000 } };
      return Promise.resolve(id === 'free' ? documentOf(reports(1)) : tooMany);
    };
    const sources = all(room, [...names, 'free']);
    const poller = createPoller(sources, { ...room.tools(), fetch }, settings);
    await poller.tick();
    await poller.drain();
    expect(asked.filter((id) => id !== 'free')).toHaveLength(1);
    expect(asked).toContain('free');
  });

  test('goes on asking while what was fetched is stored', async () => {
    const names = ids(4);
    await using room = await newsroom(apart(names));
    const { fetch, asked } = network();
    let open: (() => void) | undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const store = room.store();
    const write: typeof store.write = async (work) => {
      await opened;
      return store.write(work);
    };
    const tools = { ...room.tools(), fetch, store: { ...store, write } };
    const poller = createPoller(all(room, names), tools, { ...settings, concurrency: 1 });
    const pass = poller.pass(all(room, names), { force: true });
    await vi.waitUntil(() => asked.length === 4);
    open?.();
    expect((await pass).size).toBe(4);
  });

  test('survives what the store cannot do, and says so', async () => {
    const names = ids(2);
    await using room = await newsroom(apart(names));
    const store = room.store();
    const claim: typeof store.claim = (id, lease, dueAt) =>
      id === 's0'
        ? Promise.reject(new StoreError('store-full', 'store: the disk is full'))
        : store.claim(id, lease, dueAt);
    const { fetch } = network();
    const tools = { ...room.tools(), fetch, store: { ...store, claim } };
    const outcomes = await createPoller(all(room, names), tools, settings).pass(all(room, names), {
      force: true,
    });
    expect(outcomes.get('s0')).toMatchObject({ kind: 'failed', error: { code: 'store-full' } });
    expect(outcomes.get('s1')).toMatchObject({ kind: 'fetched' });
  });

  test('survives a defect in one source’s way, which leaves its claim to run out', async () => {
    const names = ids(2);
    await using room = await newsroom(apart(names));
    const fetch: RefreshTools['fetch'] = ({ id }) =>
      id === 's0' ? Promise.reject(new TypeError('a defect')) : Promise.resolve(documentOf(reports(1)));
    const poller = createPoller(all(room, names), { ...room.tools(), fetch }, settings);
    const outcomes = await poller.pass(all(room, names), { force: false });
    expect(outcomes.get('s0')).toMatchObject({ kind: 'failed', error: { code: 'internal' } });
    expect(outcomes.get('s1')).toMatchObject({ kind: 'fetched' });
    expect(await room.store().dueSources(names, room.clock.now())).toEqual([]);
  });
});

describe('a tick', () => {
  test('starts what is due, and goes on with the rest as there is room', async () => {
    const names = ids(5);
    await using room = await newsroom(apart(names));
    const { fetch, asked, hold, made, answerAll } = network();
    hold();
    const poller = createPoller(
      all(room, names),
      { ...room.tools(), fetch },
      { ...settings, concurrency: 2 },
    );
    await poller.tick();
    await made(2);
    await poller.tick();
    expect(asked).toHaveLength(2);
    await answerAll(5, 2);
    await poller.drain();
    expect(asked.toSorted()).toEqual(names);
  });

  test('leaves alone the hosts that asked for it', async () => {
    await using room = await newsroom({ ...together(['held']), ...apart(['free']) });
    await room
      .store()
      .write((transaction) => transaction.holdHost('one.example', new Date('2026-01-06T09:00:00Z')));
    const { fetch, asked } = network();
    const poller = createPoller(all(room, ['held', 'free']), { ...room.tools(), fetch }, settings);
    await poller.tick();
    await poller.drain();
    expect(asked).toEqual(['free']);
  });

  test('leaves a source alone for a while whose poll could not be saved', async () => {
    await using room = await newsroom({ a: {} });
    const { fetch, asked } = network();
    const store = room.store();
    const write = () => Promise.reject(new StoreError('store-full', 'store: the disk is full'));
    const tools = { ...room.tools(), fetch, store: { ...store, write } };
    const poller = createPoller([room.source('a')], tools, settings);
    await poller.pass([room.source('a')], { force: true });
    expect(asked).toEqual(['a']);
    // Its claim has run out, and the store still says that it is due.
    room.clock.pass(1);
    expect((await store.dueSources(['a'], room.clock.now())).map(({ id }) => id)).toEqual(['a']);
    await poller.tick();
    await poller.drain();
    expect(asked).toEqual(['a']);
  });

  test('does not fail where the store does', async () => {
    await using room = await newsroom({ a: {} });
    const store = {
      ...room.store(),
      dueSources: () => Promise.reject(new StoreError('store-locked', 'locked')),
    };
    await createPoller([room.source('a')], { ...room.tools(), store }, settings).tick();
  });
});

describe('draining', () => {
  test('ends what is under way, and starts nothing more', async () => {
    const names = ids(6);
    await using room = await newsroom(apart(names));
    const { fetch, asked, hold, release, made } = network();
    hold();
    const poller = createPoller(
      all(room, names),
      { ...room.tools(), fetch },
      { ...settings, concurrency: 2 },
    );
    const pass = poller.pass(all(room, names), { force: true });
    await made(2);
    const drained = poller.drain();
    for (const id of [...asked]) release(id);
    await drained;
    expect((await pass).size).toBe(2);
    await poller.tick();
    expect(asked).toHaveLength(2);
    expect((await room.store().counts()).items).toBe(2);
  });
});

describe('two pollers on one store', () => {
  test('never poll a source twice', async () => {
    const names = ids(40);
    await using room = await newsroom(apart(names));
    const one = network();
    const other = network();
    // A connection of its own, as another process has it.
    const second = openSqliteStore(room.path);
    const pass = ({ fetch }: ReturnType<typeof network>, store = room.store()) =>
      createPoller(all(room, names), { ...room.tools(), store, fetch }, settings).pass(all(room, names), {
        force: false,
      });
    const [first, rest] = await Promise.all([pass(one), pass(other, second)]);
    expect([...one.asked, ...other.asked].toSorted()).toEqual(names.toSorted());
    expect(first.size + rest.size).toBe(40);
    expect((await room.store().counts()).bySource.size).toBe(40);
    await second.close();
  });

  test('take over what the other left behind, when its claim has run out', async () => {
    await using room = await newsroom({ a: {} });
    const now = room.clock.now();
    await room.store().claim('a', { owner: 'killed', now, until: new Date(now.getTime() + 30_000) });
    const { fetch, asked } = network();
    const poller = createPoller([room.source('a')], { ...room.tools(), fetch }, settings);
    await poller.pass([room.source('a')], { force: true });
    expect(asked).toEqual([]);
    room.clock.pass(1);
    await poller.pass([room.source('a')], { force: false });
    expect(asked).toEqual(['a']);
  });
});
