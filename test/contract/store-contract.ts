import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { untouched, type SourceState } from '../../src/model/source.ts';
import type { FeedQuery, ItemEdit, ItemFilter, NewItem, Store, StoryQuery } from '../../src/store/store.ts';
import { insert, newItem } from './stored-news.ts';

/** One store for the time of a test. */
export interface Engine {
  /** Opens the store; called again, it is the same store after a restart. */
  readonly open: () => Promise<Store>;
  /** Removes it, when it is closed. */
  readonly remove: () => PromiseLike<void>;
}

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 6, 12) + minutes * 60_000);
const sources = ['a', 'b', 'c'].map((id) => ({ id, title: `来源${id}`, private: false }));
/** Tombstones of all times. */
const buried = { after: 0, through: Number.MAX_SAFE_INTEGER, least: 0 };
const everything: StoryQuery = { limit: 100, promo: true };
const long = new Date(0);
const merged: FeedQuery = { kind: 'stories', since: long, least: 100, most: 100, promo: false };

async function dueIds(store: Store, among: readonly string[], now: Date): Promise<readonly string[]> {
  return (await store.dueSources(among, now)).map(({ id }) => id);
}

/** What every engine has to do, told by what can be asked of it. */
export function describeStore(name: string, create: () => Promise<Engine>): void {
  let engine: Engine;
  let store: Store;

  const reopen = async (): Promise<void> => {
    await store.close();
    store = await engine.open();
  };

  beforeEach(async () => {
    engine = await create();
    store = await engine.open();
    await store.registerSources(sources);
  });

  afterEach(async () => {
    await store.close();
    await engine.remove();
  });

  const lease = (owner: string, minutes: number) => ({ owner, now: at(minutes), until: at(minutes + 2) });
  const save = (id: string, changes: Partial<SourceState>, nextPollAt: Date) =>
    store.write((transaction) => transaction.saveSource(id, { ...untouched, ...changes }, nextPollAt));
  const storyIds = async (query: Partial<StoryQuery> = {}) =>
    (await store.listStories({ ...everything, ...query })).map(({ id }) => id.slice('urn:example:'.length));
  const itemIds = async (query: ItemFilter = {}) =>
    (await store.listItems({ limit: 100, ...query })).map(({ entryId }) =>
      entryId.slice('urn:example:'.length),
    );
  const memberKeys = async (query: FeedQuery) => (await store.feedMembers(query)).map(({ key }) => key);

  const editOf = (key: number, changes: Partial<ItemEdit> = {}): ItemEdit => {
    const { itemKey, itemJson, titleKey, keyVersion, cut, damaged, topics, updated } = newItem(1);
    return { key, itemKey, itemJson, titleKey, keyVersion, cut, damaged, topics, updated, ...changes };
  };

  describe(`${name}: a store`, () => {
    test('is founded once, with an id and an authority that stay', async () => {
      const { founding } = store;
      expect(founding.installId).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      await reopen();
      expect(store.founding).toEqual(founding);
    });

    test('has everything that was committed after a restart', async () => {
      await insert(store, newItem(1, { topics: ['ai'] }), newItem(2));
      await save('a', { documents: 1, idsUseful: true }, at(10));
      const before = [
        await store.listItems({ limit: 9 }),
        await store.listStories(everything),
        await store.sources(),
      ];
      const revision = await store.revision();
      await reopen();
      expect([
        await store.listItems({ limit: 9 }),
        await store.listStories(everything),
        await store.sources(),
      ]).toEqual(before);
      expect(await store.revision()).toBe(revision);
    });

    test('keeps notes by their names', async () => {
      expect(await store.note('rules')).toBeUndefined();
      await store.setNote('rules', '一');
      await store.setNote('rules', '二');
      await reopen();
      expect(await store.note('rules')).toBe('二');
    });

    test('keeps what each feed was when it last changed', async () => {
      const state = { hash: 'a'.repeat(64), revision: 7, changedAt: at(1) };
      await store.saveFeedStates(new Map([['all.atom', state]]));
      await store.saveFeedStates(new Map([['all.rss', { ...state, revision: 8 }]]));
      await store.saveFeedStates(new Map([['all.atom', { ...state, revision: 9 }]]));
      expect(await store.feedStates()).toEqual(
        new Map([
          ['all.atom', { ...state, revision: 9 }],
          ['all.rss', { ...state, revision: 8 }],
        ]),
      );
    });
  });

  describe(`${name}: a transaction`, () => {
    test('that throws leaves nothing behind', async () => {
      const attempt = store.write(async (transaction) => {
        await transaction.insertItems([newItem(1, { topics: ['ai'] })]);
        await transaction.markRecurring(['早报']);
        await transaction.saveSource('a', { ...untouched, documents: 9 }, at(99));
        throw new Error('the power went');
      });
      await expect(attempt).rejects.toThrow('the power went');
      expect(await store.revision()).toBe(0);
      expect(await itemIds()).toEqual([]);
      expect(await storyIds()).toEqual([]);
      expect((await store.source('a'))?.state).toEqual(untouched);
      const recurring = await store.write((transaction) => transaction.recurringKeys(['早报']));
      expect(recurring.size).toBe(0);
    });

    test('does not hinder the next one by failing', async () => {
      await expect(store.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await insert(store, newItem(1));
      expect(await itemIds()).toEqual(['a:1']);
    });

    test('runs alone: those that are asked for together stand in a line', async () => {
      const order: string[] = [];
      const work = (label: string) =>
        store.write(async (transaction) => {
          order.push(`${label} begins`);
          await transaction.recurringKeys([]);
          await new Promise((resolve) => setImmediate(resolve));
          order.push(`${label} ends`);
        });
      await Promise.all([work('first'), work('second')]);
      expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    });

    test('is seen by readers when it is committed, and not before', async () => {
      await store.write(async (transaction) => {
        await transaction.insertItems([newItem(1)]);
        expect(await itemIds()).toEqual([]);
        expect(await store.revision()).toBe(0);
      });
      expect(await itemIds()).toEqual(['a:1']);
    });

    test('gives what its work gave', async () => {
      expect(await store.write(() => Promise.resolve('done'))).toBe('done');
    });
  });

  describe(`${name}: a source`, () => {
    test('is known when it is registered, and due at once', async () => {
      expect(await store.source('a')).toMatchObject({
        id: 'a',
        title: '来源a',
        private: false,
        state: untouched,
      });
      expect(await store.source('z')).toBeUndefined();
      expect((await store.sources()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect([...(await dueIds(store, ['a', 'b', 'z'], at(0)))].sort()).toEqual(['a', 'b']);
    });

    test('keeps its state when it is registered again, under another title', async () => {
      await save(
        'a',
        { documents: 3, feed: { format: 'rss-2.0', encoding: 'utf-8', title: '海港' } },
        at(10),
      );
      await store.registerSources([{ id: 'a', title: '新名', private: false }]);
      expect(await store.source('a')).toMatchObject({
        title: '新名',
        nextPollAt: at(10),
        state: { documents: 3 },
      });
      expect((await store.sources()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    });

    test('is due from its time on, the longest waiting first, of those that are asked for', async () => {
      await save('a', {}, at(10));
      await save('b', {}, at(5));
      await save('c', {}, at(20));
      expect(await dueIds(store, ['a', 'b', 'c'], at(9))).toEqual(['b']);
      expect(await dueIds(store, ['a', 'b', 'c'], at(10))).toEqual(['b', 'a']);
      expect(await dueIds(store, ['a', 'c'], at(30))).toEqual(['a', 'c']);
    });

    test('is claimed by one owner at a time', async () => {
      expect(await store.claim('a', lease('one', 0))).toEqual(untouched);
      expect(await store.claim('a', lease('two', 1))).toBeUndefined();
      await reopen();
      expect(await dueIds(store, ['a'], at(1))).toEqual([]);
    });

    test('is free again when its claim has run out', async () => {
      await store.claim('a', lease('one', 0));
      expect(await dueIds(store, ['a'], at(2))).toEqual(['a']);
      expect(await store.claim('a', lease('two', 2))).toEqual(untouched);
      expect(await store.claim('a', lease('one', 3))).toBeUndefined();
    });

    test('is free again when its state is saved', async () => {
      await store.claim('a', lease('one', 0));
      await save('a', { documents: 1 }, at(1));
      expect(await store.claim('a', lease('two', 1))).toMatchObject({ documents: 1 });
    });

    test('cannot be claimed before it is due, unless it does not matter', async () => {
      await save('a', {}, at(10));
      expect(await store.claim('a', lease('one', 5), at(5))).toBeUndefined();
      expect(await store.claim('a', lease('one', 5))).toBeDefined();
      await save('a', {}, at(10));
      expect(await store.claim('a', lease('one', 10), at(10))).toBeDefined();
    });

    test('stays claimed as long as its owner renews the claim, and nobody else can', async () => {
      await store.claim('a', lease('one', 0));
      await store.renewLeases(['a', 'b'], { owner: 'two', until: at(60) });
      await store.renewLeases(['a', 'b'], { owner: 'one', until: at(4) });
      expect(await store.claim('a', lease('two', 3))).toBeUndefined();
      expect(await store.claim('b', lease('two', 3))).toBeDefined();
      expect(await store.claim('a', lease('two', 4))).toBeDefined();
    });

    test('is due again when the clock that planned it ran a year ahead, and once', async () => {
      const year = 365 * 24 * 60;
      await store.claim('a', lease('one', year));
      await save('a', { lastPollAt: at(year).toISOString() }, at(year + 10));
      expect(await dueIds(store, ['a'], at(0))).toEqual(['a']);
      expect(await store.claim('a', lease('one', 0), at(0))).toBeDefined();
      await save('a', { lastPollAt: at(0).toISOString() }, at(10));
      expect(await dueIds(store, ['a'], at(1))).toEqual([]);
    });

    test('that is not known cannot be claimed', async () => {
      expect(await store.claim('z', lease('one', 0))).toBeUndefined();
    });

    test('gives one of many that claim it at once the claim', async () => {
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, number) => store.claim('a', lease(`owner-${number}`, 0), at(0))),
      );
      expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    });
  });

  describe(`${name}: an item`, () => {
    test('is stored with all that was decided, and begins a story', async () => {
      const given = newItem(1, {
        urlKey: 'https://a.example/1',
        topics: ['ai', 'chips'],
        item: { title: '港口，第1号消息', url: 'https://a.example/1', content: '<p>一</p>' },
      });
      const [key = 0] = await insert(store, given);
      const [item] = await store.items([key]);
      const { source, itemKey, entryId, apiId, titleKey, titleHash, urlKey, topics } = given;
      expect(item).toEqual({
        key,
        source,
        itemKey,
        entryId,
        apiId,
        titleKey,
        titleHash,
        urlKey,
        topics,
        firstSeen: given.firstSeen,
        published: given.published,
        updated: given.updated,
        sort: given.sort,
        arrived: given.arrived,
        revision: 1,
        story: key,
        matched: 'first',
        item: JSON.parse(given.itemJson) as Item,
      });
      const [story] = await store.stories([key]);
      expect(story).toMatchObject({
        id: entryId,
        topics,
        updated: given.updated,
        sort: given.sort,
        lead: item,
      });
      expect(story?.reports).toEqual([item]);
    });

    test('without a time stands after all that have one', async () => {
      const { published, ...untimed } = newItem(1, { sort: { rank: 0, position: 0 }, arrived: long });
      expect(published).toBeDefined();
      await insert(store, untimed, newItem(2, { sort: { time: new Date(0), rank: 9, position: 9 } }));
      expect(await itemIds()).toEqual(['a:2', 'a:1']);
      expect((await store.listItems({ limit: 9 })).at(-1)?.sort).toEqual({ rank: 0, position: 0 });
    });

    test('joins a story, whose reports stand in the order they came', async () => {
      const [story = 0] = await insert(store, newItem(1));
      await insert(store, newItem(1, { source: 'b', story, matched: 'title' }));
      await insert(store, newItem(1, { source: 'c', story, matched: 'url' }));
      const [found] = await store.stories([story]);
      expect(found?.reports.map(({ source, matched }) => [source, matched])).toEqual([
        ['a', 'first'],
        ['b', 'title'],
        ['c', 'url'],
      ]);
      expect(await storyIds()).toEqual(['a:1']);
    });

    test('is found by its API id, its entry id, its title key and its URL key', async () => {
      const urlKey = 'https://a.example/1';
      const given = newItem(1, { urlKey });
      const [key = 0] = await insert(store, given, newItem(2));
      expect((await store.itemByApiId(given.apiId))?.key).toBe(key);
      expect((await store.itemByEntryId(given.entryId))?.key).toBe(key);
      expect((await store.itemsByTitle(given.titleKey)).map((item) => item.key)).toEqual([key]);
      expect((await store.itemsByUrl(urlKey)).map((item) => item.key)).toEqual([key]);
      expect(await store.itemByApiId('0'.repeat(16))).toBeUndefined();
      expect(await store.itemByEntryId('urn:example:nobody')).toBeUndefined();
    });

    test('is found by how its title key begins, in the order of the keys', async () => {
      const keys = ['海港泊位通航', '海港泊位', '海港', '港口'];
      await insert(store, ...keys.map((titleKey, at) => newItem(at + 1, { titleKey })));
      const found = async (limit: number) =>
        (await store.itemsByBeginning('海港泊位', limit)).map(({ titleKey }) => titleKey);
      expect(await found(9)).toEqual(['海港泊位', '海港泊位通航']);
      expect(await found(1)).toEqual(['海港泊位']);
    });

    test('is known in its source by its key and by its URL', async () => {
      const urlKey = 'https://a.example/1';
      const [key = 0] = await insert(store, newItem(1, { urlKey, visibility: 'promo' }), newItem(2));
      await insert(store, newItem(1, { source: 'b', urlKey }));
      const known = (itemKeys: readonly string[], urlKeys: readonly string[]) =>
        store.write((transaction) => transaction.knownItems('a', itemKeys, urlKeys));
      for (const [itemKeys, urlKeys] of [
        [['id:1', 'id:9'], []],
        [[], [urlKey]],
        [['id:1'], [urlKey]],
      ] as const) {
        expect(await known(itemKeys, urlKeys)).toMatchObject([
          { key, itemKey: 'id:1', urlKey, visibility: 'promo', itemJson: newItem(1).itemJson },
        ]);
      }
      expect(await known([], [])).toEqual([]);
    });

    test('is edited, and nothing but what an edit may change is changed', async () => {
      const [key = 0] = await insert(store, newItem(1, { topics: ['ai'], urlKey: 'https://a.example/1' }));
      const [before] = await store.items([key]);
      const edit = editOf(key, {
        itemKey: 'id:new',
        itemJson: '{"title":"更正"}',
        titleKey: '更正',
        titleHash: 'b'.repeat(64),
        topics: ['chips'],
        updated: at(60),
      });
      await store.write(async (transaction) => {
        await transaction.updateItems([edit]);
        await transaction.updateStories([{ key, topics: ['chips'] }]);
      });
      const { urlKey, ...others } = before ?? {};
      expect(urlKey).toBeDefined();
      expect(await store.items([key])).toEqual([
        {
          ...others,
          itemKey: 'id:new',
          item: { title: '更正' },
          titleKey: '更正',
          titleHash: 'b'.repeat(64),
          topics: ['chips'],
          updated: at(60),
          revision: 2,
        },
      ]);
      expect(await itemIds({ topics: ['chips'] })).toEqual(['a:1']);
      expect(await itemIds({ topics: ['ai'] })).toEqual([]);
    });

    test('with names like __proto__ is an item like any other', async () => {
      const item = JSON.parse('{"title":"constructor","__proto__":{"x":1}}') as Item;
      const [key = 0] = await insert(
        store,
        newItem(1, { itemKey: 'id:__proto__', titleKey: 'constructor', item }),
      );
      const [stored] = await store.items([key]);
      expect(JSON.stringify(stored?.item)).toBe(JSON.stringify(item));
    });

    test('keeps every character of its texts', async () => {
      const content = '<p>第一行\n第二行\t𠮷野家 🀄 e\u0301 \u0000 “引号”\u2028</p>';
      const [key = 0] = await insert(store, newItem(1, { item: { title: '文', content } }));
      expect((await store.items([key]))[0]?.item.content).toBe(content);
    });
  });

  describe(`${name}: a story`, () => {
    test('takes over what joining and edited reports change', async () => {
      const [story = 0] = await insert(store, newItem(1, { topics: ['ai'], visibility: 'promo' }));
      const [other = 0] = await insert(store, newItem(1, { source: 'b', story, matched: 'title' }));
      const change = { key: story, lead: other, topics: ['ai', 'chips'], visibility: 'shown' as const };
      await store.write((transaction) => transaction.updateStories([change]));
      const [found] = await store.stories([story]);
      expect(found).toMatchObject({
        lead: { key: other },
        topics: ['ai', 'chips'],
        updated: newItem(1).updated,
      });
      expect(await storyIds({ promo: false, topics: ['chips'] })).toEqual(['a:1']);
    });

    test('keeps what a change does not name', async () => {
      const [story = 0] = await insert(store, newItem(1, { topics: ['ai'] }));
      await store.write((transaction) => transaction.updateStories([{ key: story, topics: [] }]));
      expect((await store.stories([story]))[0]).toMatchObject({
        lead: { key: story },
        updated: newItem(1).updated,
      });
      expect(await storyIds({ promo: false })).toEqual(['a:1']);
      expect(await storyIds({ topics: ['ai'] })).toEqual([]);
    });

    test('is never updated backwards', async () => {
      const [story = 0] = await insert(store, newItem(1));
      for (const updated of [at(60), at(-60)])
        await store.write((transaction) => transaction.updateStories([{ key: story, topics: [], updated }]));
      expect((await store.stories([story]))[0]?.updated).toEqual(at(60));
    });
  });

  describe(`${name}: reports that a person moves`, () => {
    /** Story 1 of the sources a and b, story 2 of the source c. */
    beforeEach(async () => {
      const [story = 0] = await insert(store, newItem(1, { topics: ['ai'] }));
      await insert(store, newItem(1, { source: 'b', story, matched: 'title', topics: ['chips'] }));
      await insert(store, newItem(2, { source: 'c', topics: ['ev'] }));
    });

    const reports = async () =>
      (await store.listStories(everything)).map(({ id, topics, lead, reports: all }) => ({
        id,
        topics: topics.toSorted(),
        lead: lead.source,
        reports: all.map(({ source }) => source),
      }));

    test('into a story of their own go under their own id', async () => {
      await store.write((transaction) => transaction.moveReports([{ items: [2] }], at(9)));
      expect(await reports()).toEqual(
        expect.arrayContaining([
          { id: 'urn:example:a:1', topics: ['ai'], lead: 'a', reports: ['a'] },
          { id: 'urn:example:b:1', topics: ['chips'], lead: 'b', reports: ['b'] },
          { id: 'urn:example:c:2', topics: ['ev'], lead: 'c', reports: ['c'] },
        ]),
      );
      expect(await reports()).toHaveLength(3);
    });

    test('into another story leave none behind where they were all', async () => {
      await store.write((transaction) => transaction.moveReports([{ items: [3], story: 1 }], at(9)));
      expect(await reports()).toEqual([
        { id: 'urn:example:a:1', topics: ['ai', 'chips', 'ev'], lead: 'a', reports: ['a', 'b', 'c'] },
      ]);
      expect(await storyIds({ topics: ['ev'] })).toEqual(['a:1']);
    });

    test('leave a tombstone of the story that is gone, until something bears its id again', async () => {
      await store.write((transaction) => transaction.moveReports([{ items: [3], story: 1 }], at(9)));
      const tombstone = { id: 'urn:example:c:2', at: at(9) };
      expect(await store.tombstones({ ...buried, kind: 'story' })).toEqual([tombstone]);
      expect(await store.tombstones({ ...buried, kind: 'story', topic: 'ev' })).toEqual([tombstone]);
      expect(await store.tombstones({ ...buried, kind: 'item', source: 'c' })).toEqual([]);
      await store.write((transaction) => transaction.moveReports([{ items: [3] }], at(10)));
      expect(await store.tombstones({ ...buried, kind: 'story' })).toEqual([]);
    });

    test('change what is published, for good', async () => {
      const before = await store.revision();
      await store.write((transaction) => transaction.moveReports([{ items: [2] }], at(9)));
      expect(await store.revision()).toBeGreaterThan(before);
      const told = await reports();
      await reopen();
      expect(await reports()).toEqual(told);
    });
  });

  describe(`${name}: what could take a report`, () => {
    const candidates = (
      titles: readonly { titleKey: string; cut: boolean }[],
      urlKeys: readonly string[] = [],
    ) =>
      store.write(async (transaction) =>
        (await transaction.mergeCandidates(titles, urlKeys)).map(
          ({ source, titleKey }) => `${source} ${titleKey}`,
        ),
      );
    const titled = (titleKey: string, cut = false) => ({ titleKey, cut });

    test('is every story with the title, with all of its reports', async () => {
      const [story = 0] = await insert(store, newItem(1), newItem(2));
      await insert(store, newItem(9, { source: 'b', story, matched: 'url' }));
      expect(await candidates([titled(newItem(9).titleKey)])).toEqual([
        `a ${newItem(1).titleKey}`,
        `b ${newItem(9).titleKey}`,
      ]);
    });

    test('is every story with the URL, unless several items of its source have it', async () => {
      const urlKey = 'https://a.example/1';
      await insert(store, newItem(1, { urlKey }));
      expect(await candidates([], [urlKey])).toEqual([`a ${newItem(1).titleKey}`]);
      await insert(store, newItem(2, { urlKey }));
      expect(await candidates([], [urlKey])).toEqual([]);
      const shared = await store.write((transaction) =>
        transaction.sharedUrls('a', [urlKey, 'https://a.example/2']),
      );
      expect(shared).toEqual(new Set([urlKey]));
      expect(await store.write((transaction) => transaction.sharedUrls('b', [urlKey]))).toEqual(new Set());
    });

    test('is, for a cut title, what begins with it', async () => {
      await insert(store, newItem(1, { titleKey: '海港泊位恢复通航' }), newItem(2, { titleKey: '海港泊位' }));
      expect(await candidates([titled('海港泊位恢复', true)])).toEqual(['a 海港泊位恢复通航']);
      expect(await candidates([titled('海港泊位恢复', false)])).toEqual([]);
    });

    test('is, for a whole title, every cut one that it begins with', async () => {
      await insert(
        store,
        newItem(1, { titleKey: '海港泊位恢复通航货', cut: true }),
        newItem(2, { titleKey: '海港泊位恢复通行无', cut: true }),
        newItem(3, { titleKey: '海港泊位恢复' }),
      );
      expect(await candidates([titled('海港泊位恢复通航货轮离港')])).toEqual(['a 海港泊位恢复通航货']);
    });

    test('is nothing of a private source', async () => {
      await store.registerSources([{ id: 'a', title: '来源a', private: true }]);
      await insert(store, newItem(1, { urlKey: 'https://a.example/1' }));
      expect(await candidates([titled(newItem(1).titleKey)], ['https://a.example/1'])).toEqual([]);
    });

    test('treats characters that mean something to a pattern as text', async () => {
      await insert(store, newItem(1, { titleKey: '海港100%泊位_恢复' }));
      expect(await candidates([titled('海港100%', true)])).toEqual(['a 海港100%泊位_恢复']);
      expect(await candidates([titled('海港1%', true)])).toEqual([]);
    });
  });

  describe(`${name}: what is remembered for later`, () => {
    test('are titles that recur', async () => {
      await store.write(async (transaction) => {
        await transaction.markRecurring(['早报', '收评']);
        await transaction.markRecurring(['早报']);
        expect(await transaction.recurringKeys(['早报', '别的'])).toEqual(new Set(['早报']));
      });
      expect(await store.recurringTitles(['早报', '别的'])).toEqual(new Set(['早报']));
    });

    test('are the items of a title, within a source', async () => {
      await insert(store, newItem(1), newItem(2), newItem(1, { source: 'b' }));
      const { titleKey } = newItem(1);
      const found = await store.write((transaction) => transaction.itemsTitled('a', [titleKey, '别的']));
      expect(found).toMatchObject([{ itemKey: 'id:1', titleKey }]);
    });

    test('are the owners of entry ids, of removed items too', async () => {
      await insert(store, newItem(1), newItem(2, { source: 'b' }));
      await save('a', { documents: 2 }, at(0));
      await store.retain({ before: at(60), maxItems: 100, now: at(60) });
      const owners = await store.write((transaction) =>
        transaction.entryIdOwners(['urn:example:a:1', 'urn:example:b:2', 'urn:example:c:3']),
      );
      expect(owners).toEqual(
        new Map([
          ['urn:example:a:1', 'a'],
          ['urn:example:b:2', 'b'],
        ]),
      );
    });

    test('are hosts that asked to be left alone, until then', async () => {
      await store.write(async (transaction) => {
        await transaction.holdHost('a.example', at(10));
        await transaction.holdHost('a.example', at(5));
        await transaction.holdHost('b.example', at(2));
      });
      expect(await store.heldHosts(at(0))).toEqual(
        new Map([
          ['a.example', at(10)],
          ['b.example', at(2)],
        ]),
      );
      expect([...(await store.heldHosts(at(2))).keys()]).toEqual(['a.example']);
    });

    test('are incidents, one at a time of a source', async () => {
      const set = (kind: string | undefined, minutes: number, cause = '') =>
        store.write((transaction) =>
          transaction.setIncident('a', kind === undefined ? undefined : { kind, cause }, at(minutes)),
        );
      await set('unreachable', 0, 'timeout');
      await set('unreachable', 5, 'timeout again');
      expect(await store.incidents(9)).toMatchObject([
        { source: 'a', kind: 'unreachable', cause: 'timeout', openedAt: at(0) },
      ]);
      await set('blocked', 10);
      await set(undefined, 20);
      await set(undefined, 30);
      expect(await store.incidents(9)).toMatchObject([
        { kind: 'blocked', openedAt: at(10), closedAt: at(20) },
        { kind: 'unreachable', openedAt: at(0), closedAt: at(10) },
      ]);
      expect(await store.incidents(1)).toHaveLength(1);
    });

    test('are the last five documents of a source that were not published, newest first', async () => {
      for (let number = 0; number < 7; number++) {
        const bytes = Uint8Array.of(number, 255, 0);
        await store.write((transaction) =>
          transaction.keepDocument('a', { at: at(number), cause: '异样', bytes }),
        );
      }
      const kept = await store.keptDocuments('a');
      expect(kept.map(({ bytes }) => bytes[0])).toEqual([6, 5, 4, 3, 2]);
      expect(kept[0]).toMatchObject({ at: at(6), cause: '异样' });
      expect(Buffer.from(kept[0]?.bytes ?? []).toString('hex')).toBe('06ff00');
      expect(await store.keptDocuments('b')).toEqual([]);
    });

    test('are kept once, as they came last', async () => {
      await store.write(async (transaction) => {
        for (const [number, byte] of [1, 2, 1].entries())
          await transaction.keepDocument('a', { at: at(number), cause: '异样', bytes: Buffer.from([byte]) });
      });
      const kept = await store.keptDocuments('a');
      expect(kept.map((document) => [document.bytes[0], document.at])).toEqual([
        [1, at(2)],
        [2, at(1)],
      ]);
    });
  });

  describe(`${name}: lists`, () => {
    test('stand in the order of time, then of sources, then of documents', async () => {
      const sort = (minutes: number, rank: number, position: number) => ({
        sort: { time: at(minutes), rank, position },
      });
      await insert(
        store,
        newItem(1, sort(0, 1, 0)),
        newItem(2, sort(0, 0, 5)),
        newItem(3, sort(0, 0, 2)),
        newItem(4, sort(9, 7, 7)),
      );
      expect(await itemIds()).toEqual(['a:4', 'a:3', 'a:2', 'a:1']);
      expect(await storyIds()).toEqual(['a:4', 'a:3', 'a:2', 'a:1']);
    });

    test('go on from any place, without gaps and without doubles', async () => {
      const { published, ...untimed } = newItem(9, { sort: { rank: 0, position: 9 } });
      expect(published).toBeDefined();
      const same = { time: at(0), rank: 0, position: 0 };
      await insert(
        store,
        ...[1, 2, 3, 4].map((number) => newItem(number)),
        newItem(5, { sort: same }),
        newItem(6, { sort: same }),
        untimed,
      );
      const all = await store.listItems({ limit: 100 });
      expect(all).toHaveLength(7);
      for (const limit of [1, 2, 3]) {
        const items: typeof all = await pages((after) => store.listItems({ limit, ...after }), limit);
        expect(items).toEqual(all);
        const stories = await pages((after) => store.listStories({ limit, promo: true, ...after }), limit);
        expect(stories.map(({ key }) => key)).toEqual(all.map(({ key }) => key));
      }
    });

    test('are narrowed by source and by topic', async () => {
      await insert(store, newItem(1, { topics: ['ai'] }), newItem(2, { topics: ['ai', 'chips'] }));
      await insert(store, newItem(3, { source: 'b', topics: ['ai'] }));
      expect(await itemIds({ sources: ['a'] })).toEqual(['a:1', 'a:2']);
      expect(await itemIds({ topics: ['chips'] })).toEqual(['a:2']);
      expect(await itemIds({ sources: ['b'], topics: ['ai'] })).toEqual(['b:3']);
      expect(await itemIds({ topics: ['ai', 'chips'] })).toEqual(['a:1', 'a:2', 'b:3']);
      expect(await itemIds({ sources: ['a', 'b'], topics: ['chips'] })).toEqual(['a:2']);
      expect(await storyIds({ topics: ['ai'] })).toEqual(['a:1', 'a:2', 'b:3']);
      expect(await itemIds({ sources: ['z'] })).toEqual([]);
    });

    test('of stories leave out what is hidden, and teasers unless they are wanted', async () => {
      await insert(
        store,
        newItem(1, { visibility: 'hidden' }),
        newItem(2, { visibility: 'promo' }),
        newItem(3),
      );
      expect(await storyIds({ promo: false })).toEqual(['a:3']);
      expect(await storyIds({ promo: true })).toEqual(['a:2', 'a:3']);
    });

    test('count what is there', async () => {
      await insert(store, newItem(1, { topics: ['ai'] }), newItem(2, { topics: ['ai', 'chips'] }));
      await insert(store, newItem(3, { source: 'b' }));
      expect(await store.counts()).toEqual({
        items: 3,
        stories: 3,
        bySource: new Map([
          ['a', 2],
          ['b', 1],
        ]),
        byTopic: new Map([
          ['ai', 2],
          ['chips', 1],
        ]),
      });
    });

    test('of all items go on by their keys', async () => {
      const keys = await insert(store, newItem(3), newItem(1), newItem(2));
      expect((await store.itemsAfter(0, 2)).map(({ key }) => key)).toEqual(keys.slice(0, 2));
      expect((await store.itemsAfter(keys[1] ?? 0, 2)).map(({ key }) => key)).toEqual(keys.slice(2));
    });
  });

  describe(`${name}: a feed’s members`, () => {
    test('are all that arrived since a time, however many', async () => {
      await insert(store, ...[1, 2, 3, 4, 5].map((number) => newItem(number)));
      const query = { ...merged, since: at(-3), least: 1 };
      expect(await memberKeys(query)).toEqual([1, 2, 3]);
    });

    test('are at least so many, where there are', async () => {
      await insert(store, ...[1, 2, 3, 4, 5].map((number) => newItem(number)));
      expect(await memberKeys({ ...merged, since: at(60), least: 3 })).toEqual([1, 2, 3]);
      expect(await memberKeys({ ...merged, since: at(60), least: 9 })).toHaveLength(5);
    });

    test('are at most so many, whatever arrived, and even where more are asked for at least', async () => {
      await insert(store, ...[1, 2, 3, 4, 5].map((number) => newItem(number)));
      expect(await memberKeys({ ...merged, most: 2, least: 1 })).toEqual([1, 2]);
      expect(await memberKeys({ ...merged, since: at(60), most: 2, least: 4 })).toEqual([1, 2]);
    });

    test('include an old item that arrived late, in its place', async () => {
      await insert(store, newItem(1), newItem(2), newItem(3, { firstSeen: at(30), arrived: at(30) }));
      const query = { ...merged, since: at(20), least: 2 };
      expect(await memberKeys(query)).toEqual([1, 3]);
    });

    test('have the time they arrived and the revision of their last change', async () => {
      const [key = 0] = await insert(store, newItem(1));
      expect(await store.feedMembers(merged)).toEqual([
        { key, revision: 1, arrived: newItem(1).arrived, isHeld: true },
      ]);
      await store.write((transaction) => transaction.updateStories([{ key, topics: [] }]));
      expect(await store.feedMembers(merged)).toMatchObject([{ key, revision: 2 }]);
    });

    test('of topics and sources are stories, matched by any report', async () => {
      const [story = 0] = await insert(
        store,
        newItem(1, { topics: ['ai'] }),
        newItem(2, { topics: ['chips', 'ai'] }),
      );
      await insert(store, newItem(1, { source: 'b', story, matched: 'title' }), newItem(3, { source: 'c' }));
      const keys = (filter: Partial<FeedQuery>) => memberKeys({ ...merged, ...filter } as FeedQuery);
      expect(await keys({ topics: [['ai']] })).toEqual([1, 2]);
      expect(await keys({ topics: [['ai', 'chips']] })).toEqual([1, 2]);
      expect(await keys({ topics: [['ai'], ['chips']] })).toEqual([2]);
      expect(await keys({ sources: [['b']] })).toEqual([1]);
      expect(await keys({ sources: [['b', 'c']] })).toEqual([1, 4]);
      expect(await keys({ exceptSources: ['b'] })).toEqual([2, 4]);
      expect(await keys({ topics: [['ai']], sources: [['a']], exceptSources: ['b'] })).toEqual([2]);
      expect(await keys({ topics: [['none']] })).toEqual([]);
    });

    test('of a source are its own items, hidden ones and teasers too', async () => {
      await insert(
        store,
        newItem(1, { visibility: 'hidden', topics: ['ai'] }),
        newItem(2, { visibility: 'promo' }),
      );
      await insert(store, newItem(3, { source: 'b' }));
      const own = { kind: 'items', source: 'a', since: long, least: 9, most: 9, promo: false } as const;
      expect(await memberKeys(own)).toEqual([1, 2]);
      expect(await memberKeys({ ...own, topics: [['ai']] })).toEqual([1]);
    });

    test('are everything that is in no archive yet', async () => {
      await insert(store, ...[1, 2, 3, 4, 5].map((number) => newItem(number)));
      const few = { ...merged, since: at(60), least: 1 };
      const unsealed = { after: 3, most: 9 };
      expect((await store.feedMembers({ ...few, unsealed })).map(({ key, isHeld }) => [key, isHeld])).toEqual(
        [
          [1, true],
          [4, false],
          [5, false],
        ],
      );
      expect(await memberKeys({ ...few, unsealed: { after: 2, most: 2 } })).toEqual([1, 3, 4]);
      expect((await store.membersBetween(few, 1, 4, 2)).map(({ key }) => key)).toEqual([2, 3]);
    });

    test('are in no archive any more when they change', async () => {
      await insert(store, ...[1, 2, 3].map((number) => newItem(number, { topics: ['ai'] })));
      const queries: readonly FeedQuery[] = [
        merged,
        { ...merged, topics: [['ai']] },
        { ...merged, kind: 'items', source: 'a' },
      ];
      const sealed = async () =>
        Promise.all(
          queries.map(async (query) => (await store.membersBetween(query, 0, 3, 9)).map(({ key }) => key)),
        );
      expect(await sealed()).toEqual([
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
      ]);
      await store.write(async (transaction) => {
        await transaction.updateItems([editOf(2, { itemKey: 'id:2', topics: ['ai'] })]);
        await transaction.updateStories([{ key: 2, topics: ['ai'] }]);
      });
      expect(await sealed()).toEqual([
        [1, 3],
        [1, 3],
        [1, 3],
      ]);
      for (const query of queries)
        expect(await store.membersBetween(query, 3, 9, 9)).toMatchObject([
          { key: 2, bytes: Buffer.byteLength(newItem(1).itemJson) },
        ]);
    });

    test('each have a revision of their own, when several lose a report at once too', async () => {
      const stories = await insert(store, newItem(1), newItem(2));
      await insert(
        store,
        ...stories.map((story, at) => newItem(at + 1, { source: 'b', story, matched: 'title' })),
      );
      await save('a', { documents: 2 }, at(1));
      expect(await store.retain({ before: at(60), maxItems: 100, now: at(60) })).toBe(2);
      const revisions = (await store.feedMembers(merged)).map(({ revision }) => revision);
      expect(new Set(revisions).size).toBe(2);
      expect(Math.max(...revisions)).toBe(await store.revision());
    });
  });

  describe(`${name}: the revision`, () => {
    test('grows with what is visible, and with nothing else', async () => {
      const grows = async (work: () => Promise<unknown>): Promise<boolean> => {
        const before = await store.revision();
        await work();
        return (await store.revision()) > before;
      };
      expect(await grows(() => insert(store, newItem(1)))).toBe(true);
      expect(await grows(() => store.write((transaction) => transaction.updateItems([editOf(1)])))).toBe(
        true,
      );
      expect(
        await grows(() => store.write((transaction) => transaction.updateStories([{ key: 1, topics: [] }]))),
      ).toBe(true);
      expect(await grows(() => store.write((transaction) => transaction.markListed([1], 2, at(1))))).toBe(
        false,
      );
      expect(await grows(() => store.write((transaction) => transaction.keepListed('a', 2, at(1))))).toBe(
        false,
      );
      expect(await grows(() => store.write((transaction) => transaction.markRecurring(['早报'])))).toBe(
        false,
      );
      expect(await grows(() => save('a', { documents: 3 }, at(1)))).toBe(false);
      expect(await grows(() => store.claim('a', lease('one', 0)))).toBe(false);
      expect(await grows(() => store.registerSources(sources))).toBe(false);
      expect(await grows(() => store.saveFeedStates(new Map()))).toBe(false);
      expect(await grows(() => store.retain({ before: at(60), maxItems: 100, now: at(60) }))).toBe(true);
    });

    test('tells what changed after it', async () => {
      await insert(store, newItem(1, { topics: ['ai'] }));
      await insert(store, newItem(2, { source: 'b', topics: ['chips'] }));
      expect(await store.changesSince(0)).toEqual({
        revision: 2,
        stories: [
          { key: 1, topics: ['ai'] },
          { key: 2, topics: ['chips'] },
        ],
        sources: ['a', 'b'],
        removals: false,
        incidents: false,
      });
      expect(await store.changesSince(1)).toMatchObject({ stories: [{ key: 2 }], sources: ['b'] });
      expect(await store.changesSince(2)).toMatchObject({ stories: [], sources: [] });
    });

    test('orders the changes of items, and of removals among them', async () => {
      await insert(store, newItem(1), newItem(2), newItem(3));
      await save('a', { documents: 2 }, at(0));
      await store.write(async (transaction) => {
        await transaction.markListed([1, 3], 2, at(0));
        await transaction.updateItems([editOf(1)]);
      });
      await store.retain({ before: at(60), maxItems: 100, now: at(60) });
      const changes = await store.listChanges(0, 100);
      expect(changes.map(({ entryId, revision }) => [entryId.slice(-1), revision])).toEqual([
        ['3', 3],
        ['1', 4],
        ['2', 5],
      ]);
      expect(changes.at(-1)).toEqual({ entryId: 'urn:example:a:2', source: 'a', deleted: true, revision: 5 });
      expect(await store.listChanges(3, 1)).toEqual(changes.slice(1, 2));
      expect(await store.listChanges(5, 100)).toEqual([]);
    });
  });

  describe(`${name}: retention`, () => {
    const sweep = (before: Date, maxItems = 100) => store.retain({ before, maxItems, now: before });

    beforeEach(async () => {
      await insert(store, newItem(1, { topics: ['ai'] }), newItem(2), newItem(3));
      await save('a', { documents: 2 }, at(0));
      await store.write((transaction) => transaction.markListed([3], 2, at(0)));
    });

    test('removes what was last listed before a time and is not listed now', async () => {
      expect(await sweep(at(0))).toBe(0);
      expect(await sweep(at(1))).toBe(2);
      expect(await itemIds()).toEqual(['a:3']);
      expect(await storyIds({ topics: ['ai'] })).toEqual([]);
      expect(await store.counts()).toMatchObject({ items: 1, stories: 1 });
    });

    test('counts from when a document was last found unchanged', async () => {
      await store.write((transaction) => transaction.keepListed('a', 1, at(100)));
      expect(await sweep(at(100))).toBe(0);
      expect(await sweep(at(101))).toBe(2);
    });

    test('removes as many as are too many, and never what is listed', async () => {
      expect(await sweep(long, 2)).toBe(1);
      expect(await sweep(long, 1)).toBe(1);
      expect(await sweep(long, 0)).toBe(0);
      expect(await itemIds()).toEqual(['a:3']);
    });

    test('remembers what it removed for two years', async () => {
      await sweep(at(1));
      const removed = (keys: readonly string[]) =>
        store.write((transaction) => transaction.removedItems('a', keys, []));
      expect(await removed(['id:1', 'id:3'])).toMatchObject([
        {
          itemKey: 'id:1',
          entryId: 'urn:example:a:1',
          firstSeen: newItem(1).firstSeen,
          published: newItem(1).published,
        },
      ]);
      const year = 365 * 24 * 60;
      await sweep(at(2 * year - 60));
      expect(await removed(['id:1'])).toHaveLength(1);
      await sweep(at(2 * year + 60));
      expect(await removed(['id:1'])).toEqual([]);
    });

    test('remembers the removed by their URLs, their titles and their times', async () => {
      await insert(store, newItem(7, { urlKey: 'https://a.example/7', updated: at(-3) }));
      await sweep(at(1));
      const found = await store.write((transaction) =>
        transaction.removedItems('a', [], ['https://a.example/7']),
      );
      const { titleHash } = newItem(7);
      expect(found).toMatchObject([
        { itemKey: 'id:7', firstKey: 'id:7', urlKey: 'https://a.example/7', titleHash, updated: at(-3) },
      ]);
      const elsewhere = await store.write((transaction) =>
        transaction.removedItems('b', [], ['https://a.example/7']),
      );
      expect(elsewhere).toEqual([]);
    });

    test('removes many in many steps', async () => {
      await insert(store, ...Array.from({ length: 950 }, (_, number) => newItem(number + 10)));
      expect(await sweep(at(1))).toBe(952);
      expect(await itemIds()).toEqual(['a:3']);
      const changes = await store.listChanges(0, 2000);
      expect(new Set(changes.map(({ revision }) => revision))).toHaveLength(changes.length);
    });

    test('is told of when the source is private from then on, and not when it was before', async () => {
      await sweep(at(1));
      await store.registerSources([{ id: 'a', title: '来源a', private: true }]);
      const deleted = async () =>
        (await store.listChanges(0, 100)).map(({ entryId }) => entryId.slice(-1)).toSorted();
      expect(await deleted()).toEqual(['1', '2', '3']);
      await insert(store, newItem(4));
      await store.takeDown('urn:example:a:4', at(3));
      expect(await deleted()).toEqual(['1', '2', '3']);
    });

    test('forgets a removal when the item is there again', async () => {
      await sweep(at(1));
      await insert(store, newItem(1));
      expect(await store.write((transaction) => transaction.removedItems('a', ['id:1'], []))).toEqual([]);
      expect((await store.listChanges(0, 100)).filter((change) => 'deleted' in change)).toHaveLength(1);
    });
  });

  describe(`${name}: what waits for its turn`, () => {
    const waiting = (number: number, entryJson = `"${number}"`) => ({ itemKey: `id:${number}`, entryJson });
    const delay = (...numbers: readonly number[]) =>
      store.write((transaction) =>
        transaction.delayItems(
          'a',
          numbers.map((number) => waiting(number)),
        ),
      );
    const first = (limit: number) => store.write((transaction) => transaction.firstDelayed('a', limit));

    test('comes in its order, of its source, and is no visible change', async () => {
      await delay(3, 1);
      await store.write((transaction) => transaction.delayItems('b', [waiting(9)]));
      await delay(2);
      expect(await first(2)).toMatchObject([waiting(3), waiting(1)]);
      expect(await first(9)).toHaveLength(3);
      expect(await store.revision()).toBe(0);
    });

    test('keeps its place when its document tells of it anew', async () => {
      await delay(1, 2);
      await store.write((transaction) => transaction.delayItems('a', [waiting(1, '"edited"')]));
      expect(await first(9)).toMatchObject([waiting(1, '"edited"'), waiting(2)]);
    });

    test('waits no longer when it is released', async () => {
      await delay(1, 2);
      const [next] = await first(1);
      await store.write((transaction) => transaction.releaseDelayed(next ? [next.key] : []));
      await reopen();
      expect(await first(9)).toMatchObject([waiting(2)]);
    });

    test('is found by its key or its URL', async () => {
      await delay(1);
      await store.write((transaction) =>
        transaction.delayItems('a', [
          { ...waiting(2), urlKey: 'https://a.example/2', titleHash: 'f'.repeat(64) },
        ]),
      );
      const found = await store.write((transaction) =>
        transaction.delayedItems('a', ['id:1'], ['https://a.example/2']),
      );
      expect(found.map(({ itemKey }) => itemKey).toSorted()).toEqual(['id:1', 'id:2']);
    });

    test('is never more than two thousand items', async () => {
      await delay(...Array.from({ length: 2010 }, (_, number) => number));
      expect(await first(9999)).toHaveLength(2000);
      expect((await first(1))[0]).toMatchObject(waiting(0));
    });
  });

  describe(`${name}: the \`updated\` of an item`, () => {
    test('moves on from where it waits, when it moved long enough ago', async () => {
      const [key = 0] = await insert(store, newItem(1));
      const waits = { updated: at(1), movedAt: at(1), nextUpdated: at(20) };
      await store.write((transaction) => transaction.updateItems([editOf(key, waits)]));
      const due = (movedBefore: Date) =>
        store.write((transaction) => transaction.itemsToMove('a', movedBefore));
      expect(await due(at(0))).toEqual([]);
      const move = { key, story: key, updated: at(20) };
      expect(await due(at(1))).toEqual([move]);
      await store.write((transaction) => transaction.moveUpdated([move], at(61)));
      expect(await due(at(999))).toEqual([]);
      const known = await store.write((transaction) => transaction.knownItems('a', ['id:1'], []));
      expect(known).toMatchObject([{ updated: at(20), movedAt: at(61) }]);
      expect(known[0]?.nextUpdated).toBeUndefined();
    });
  });

  describe(`${name}: the key that an item was first known by`, () => {
    test('stays when the item is known by another', async () => {
      const [key = 0] = await insert(store, newItem(1));
      for (const itemKey of ['id:new', 'id:newer'])
        await store.write((transaction) => transaction.updateItems([editOf(key, { itemKey })]));
      const known = await store.write((transaction) => transaction.knownItems('a', ['id:newer'], []));
      expect(known).toMatchObject([{ itemKey: 'id:newer', firstKey: 'id:1' }]);
    });
  });

  describe(`${name}: what is taken down`, () => {
    test('is told of by the time in which it was, and by the newest', async () => {
      await insert(store, newItem(1), newItem(2), newItem(3));
      const revisions: number[] = [];
      for (const number of [1, 2, 3]) {
        await store.takeDown(`urn:example:a:${number}`, at(5));
        revisions.push(await store.revision());
      }
      const [first = 0, second = 0] = revisions;
      const told = async (after: number, through: number, least: number) =>
        (await store.tombstones({ ...buried, kind: 'story', after, through, least })).map(({ id }) =>
          id.slice(-1),
        );
      expect(await told(0, second, 0)).toEqual(['2', '1']);
      expect(await told(first, second, 0)).toEqual(['2']);
      expect(await told(second, Number.MAX_SAFE_INTEGER, 0)).toEqual(['3']);
      expect(await told(second, Number.MAX_SAFE_INTEGER, 2)).toEqual(['3', '2']);
    });

    test('is gone for good, and leaves a tombstone in every feed that held it', async () => {
      await insert(store, newItem(1, { topics: ['ai'] }), newItem(2));
      const before = await store.revision();
      expect(await store.takeDown('urn:example:a:1', at(5))).toBe(true);
      expect(await itemIds()).toEqual(['a:2']);
      expect(await store.revision()).toBeGreaterThan(before);
      const tombstone = { id: 'urn:example:a:1', at: at(5) };
      expect(await store.tombstones({ ...buried, kind: 'story' })).toEqual([tombstone]);
      expect(await store.tombstones({ ...buried, kind: 'story', topic: 'ai' })).toEqual([tombstone]);
      expect(await store.tombstones({ ...buried, kind: 'story', topic: 'chips' })).toEqual([]);
      expect(await store.tombstones({ ...buried, kind: 'item', source: 'a' })).toEqual([tombstone]);
      expect(await store.tombstones({ ...buried, kind: 'item', source: 'b' })).toEqual([]);
      expect(await store.write((transaction) => transaction.removedItems('a', ['id:1'], []))).toMatchObject([
        { takenDown: true },
      ]);
    });

    test('that is not there is nothing', async () => {
      expect(await store.takeDown('urn:example:nobody', at(5))).toBe(false);
      expect(await store.revision()).toBe(0);
    });

    test('leaves the story to its other reports', async () => {
      const [story = 0] = await insert(store, newItem(1));
      await insert(store, newItem(1, { source: 'b', story, matched: 'title' }));
      await store.takeDown('urn:example:a:1', at(5));
      const [left] = await store.stories([story]);
      expect(left?.reports.map(({ source }) => source)).toEqual(['b']);
      expect(await store.tombstones({ ...buried, kind: 'story' })).toEqual([]);
      expect(await store.tombstones({ ...buried, kind: 'item', source: 'a' })).toHaveLength(1);
    });
  });

  describe(`${name}: archives`, () => {
    const archive = (feed: string, number: number, through: number) => ({ feed, number, through });

    test('are kept by feed and number, and never changed', async () => {
      await store.addArchives([archive('all', 1, 100), archive('topics/ai', 1, 90)]);
      await store.addArchives([archive('all', 2, 200), archive('all', 1, 999)]);
      const all = [archive('all', 1, 100), archive('all', 2, 200)];
      expect(await store.archives()).toEqual([...all, archive('topics/ai', 1, 90)]);
      expect(await store.archives('all')).toEqual(all);
    });

    test('are dropped with what is remembered of them', async () => {
      await store.addArchives([archive('all', 1, 100), archive('all', 2, 200)]);
      const state = { hash: 'a', revision: 1, changedAt: at(0) };
      await store.saveFeedStates(
        new Map([
          ['all/archive/1.atom', state],
          ['all/archive/1.json', state],
          ['all/archive/2.atom', state],
        ]),
      );
      await store.dropArchives([archive('all', 1, 100)]);
      expect(await store.archives()).toEqual([archive('all', 2, 200)]);
      expect([...(await store.feedStates()).keys()]).toEqual(['all/archive/2.atom']);
    });
  });

  describe(`${name}: a private source`, () => {
    beforeEach(async () => {
      const [story = 0] = await insert(store, newItem(1, { topics: ['ai'] }), newItem(2));
      await insert(store, newItem(1, { source: 'b', story, matched: 'title', topics: ['chips'] }));
      await store.registerSources([{ id: 'a', title: '来源a', private: true }]);
    });

    test('is in no list and no feed', async () => {
      expect(await itemIds()).toEqual(['b:1']);
      expect(
        await memberKeys({ kind: 'items', source: 'a', since: long, least: 9, most: 9, promo: true }),
      ).toEqual([]);
      expect(await memberKeys(merged)).toEqual([1]);
      expect(await memberKeys({ ...merged, topics: [['ai']] })).toEqual([]);
    });

    test('is gone for who follows changes, without its name', async () => {
      const gone = (entryId: string, revision: number) => ({ entryId, deleted: true, revision });
      const changes = await store.listChanges(0, 100);
      expect(changes.map(({ source }) => source)).toEqual(['b', undefined, undefined]);
      expect(changes.slice(1)).toEqual([gone('urn:example:a:1', 4), gone('urn:example:a:2', 5)]);
      expect(await store.listChanges(4, 100)).toEqual(changes.slice(2));
    });

    test('tells nothing of what it does while it is private', async () => {
      await store.write((transaction) => transaction.updateItems([editOf(1)]));
      await insert(store, newItem(3));
      expect((await store.listChanges(0, 100)).map(({ revision }) => revision)).toEqual([3, 4, 5]);
    });

    test('is there again for who follows changes when it is public again', async () => {
      await store.registerSources([{ id: 'a', title: '来源a', private: false }]);
      const changes = await store.listChanges(5, 100);
      expect(changes.map(({ entryId }) => entryId)).toEqual(['urn:example:a:1', 'urn:example:a:2']);
      expect(changes.some((change) => 'deleted' in change)).toBe(false);
      expect((await store.listChanges(0, 100)).filter((change) => 'deleted' in change)).toEqual([]);
    });

    test('is there for who runs the program', async () => {
      expect(await itemIds({ sources: ['a'], withPrivate: true })).toEqual(['a:1', 'a:2']);
      const changes = await store.listChanges(0, 100, true);
      expect(changes.map(({ entryId }) => entryId)).toEqual([
        'urn:example:b:1',
        'urn:example:a:1',
        'urn:example:a:2',
      ]);
      expect(changes.some((change) => 'deleted' in change)).toBe(false);
    });

    test('leaves a story to its other reports', async () => {
      const [story] = await store.listStories(everything);
      expect(story).toMatchObject({ id: 'urn:example:a:1', topics: ['chips'], lead: { source: 'b' } });
      expect(story?.reports.map(({ source }) => source)).toEqual(['b']);
    });

    test('is there again when it is public again', async () => {
      await store.registerSources([{ id: 'a', title: '来源a', private: false }]);
      expect(await itemIds()).toEqual(['a:1', 'b:1', 'a:2']);
      expect(await memberKeys({ ...merged, topics: [['ai']] })).toEqual([1]);
      expect(await storyIds()).toEqual(['a:1', 'a:2']);
    });

    test('stays out of public with what it stores now', async () => {
      await insert(store, newItem(5));
      expect(await storyIds()).toEqual(['a:1']);
      expect(await memberKeys(merged)).toEqual([1]);
    });
  });
}

/** A whole list, page by page. */
async function pages<Row extends { readonly key: number; readonly sort: NewItem['sort'] }>(
  page: (cursor: { after?: Row }) => Promise<readonly Row[]>,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const next = await page(last ? { after: last } : {});
    expect(next.length).toBeLessThanOrEqual(limit);
    rows.push(...next);
    if (next.length === 0) return rows;
  }
}
