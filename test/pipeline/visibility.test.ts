import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

const titles = async (room: Newsroom) => (await room.stories()).map(({ lead }) => lead.item.title);

/** What the source's own feed holds. */
async function ownFeed(room: Newsroom, source: string): Promise<readonly (string | undefined)[]> {
  const query = { kind: 'items', source, since: new Date(0), least: 100, most: 100, promo: false } as const;
  const members = await room.store().feedMembers(query);
  const items = new Map(
    (await room.store().items(members.map(({ key }) => key))).map((item) => [item.key, item]),
  );
  return members.map(({ key }) => items.get(key)?.item.title);
}

const digest = (changes: Partial<Item> = {}): Item => ({
  id: 'digest-1',
  title: '晨报｜泊位通航；电池投产',
  url: 'https://morning.example/1',
  published: '2026-01-06T06:00:00Z',
  parts: [
    {
      title: '海港第1号泊位今晨恢复通航，首批货轮依次离港',
      url: 'https://harbour.example/reports/1',
      content: '<p>从略</p>',
    },
    { title: '没有链接的一条短讯，只在晨报里', content: '<p>从略</p>' },
    { title: '电池工厂本周开始试生产，首批送往海港', url: 'https://energy.example/2' },
  ],
  ...changes,
});

describe('an exploded digest', () => {
  test('is in its source’s feed, and its linked parts are so everywhere', async () => {
    await using room = await newsroom({ morning: { explode: true } });
    expect(await room.poll('morning', [digest()])).toMatchObject({ items: 1, new: 3 });
    const parts = ['海港第1号泊位今晨恢复通航，首批货轮依次离港', '电池工厂本周开始试生产，首批送往海港'];
    expect(await titles(room)).toEqual(parts);
    expect(await ownFeed(room, 'morning')).toEqual([digest().title, ...parts]);
  });

  test('gives its parts its time, and ids of their own', async () => {
    await using room = await newsroom({ morning: { explode: true } }, { authority: 'news.example.org,2026' });
    await room.poll('morning', [digest()]);
    const part = await room.story('电池工厂本周开始试生产，首批送往海港');
    expect(part.published).toEqual(new Date('2026-01-06T06:00:00Z'));
    expect(part.id).toMatch(/^tag:news\.example\.org,2026:morning\/[0-9a-f]{32}$/);
  });

  test('has the same parts when it is read again, even if their links were mended', async () => {
    await using room = await newsroom({ morning: { explode: true } });
    await room.poll('morning', [digest()]);
    const mended = (digest().parts ?? []).map((part) =>
      part.url ? { ...part, url: `${part.url}?from=digest` } : part,
    );
    room.clock.pass(30);
    expect(await room.poll('morning', [digest({ parts: mended })])).toMatchObject({ new: 0 });
    room.clock.pass(30);
    expect(await room.poll('morning', [report(5), digest({ parts: mended })])).toMatchObject({ new: 1 });
  });

  test('has parts that merge with others’ reports', async () => {
    await using room = await newsroom({ morning: { explode: true }, harbour: {} });
    await room.poll('morning', [digest()]);
    await room.poll('harbour', [report(1)]);
    const { reports } = await room.story('海港第1号泊位今晨恢复通航，首批货轮依次离港');
    expect(reports.map(({ source, matched }) => [source, matched])).toEqual([
      ['morning', 'first'],
      ['harbour', 'url'],
    ]);
  });

  test('does not take the place of an article of its own source that a part links to', async () => {
    await using room = await newsroom({ morning: { explode: true } });
    const article = report(1, { id: undefined });
    await room.poll('morning', [article]);
    room.clock.pass(30);
    await room.poll('morning', [digest()]);
    room.clock.pass(30);
    await room.poll('morning', [digest(), article]);
    const stored = (await room.items()).filter(({ item }) => item.url === article.url);
    expect(stored.map(({ item }) => item.content).sort()).toEqual([article.content, '<p>从略</p>'].sort());
  });
});

describe('a digest that was published whole before', () => {
  test('stays so, and is not published again in parts', async () => {
    await using room = await newsroom({ morning: {} });
    await room.poll('morning', [digest()]);
    await room.restart({ morning: { explode: true } });
    room.clock.pass(30);
    expect(await room.poll('morning', [digest()])).toMatchObject({ kind: 'fetched', new: 0 });
    expect(await titles(room)).toEqual([digest().title]);
    room.clock.pass(30);
    const next = digest({ id: 'digest-2', url: 'https://morning.example/2', title: '晨报｜次日' });
    await room.poll('morning', [next, digest()]);
    expect((await titles(room)).toSorted()).toEqual(
      [
        digest().title ?? '',
        '海港第1号泊位今晨恢复通航，首批货轮依次离港',
        '电池工厂本周开始试生产，首批送往海港',
      ].toSorted(),
    );
  });
});

describe('a teaser for a paid product', () => {
  const teaser = report(1, { promo: true });

  test('stays out of merged feeds, and in its source’s own', async () => {
    await using room = await newsroom({ wire: {} });
    await room.poll('wire', [teaser, report(2)]);
    expect(await titles(room)).toEqual([report(2).title]);
    expect(await ownFeed(room, 'wire')).toEqual([report(1).title, report(2).title]);
    expect(await room.store().listStories({ limit: 10, promo: true })).toHaveLength(2);
  });

  test('becomes a story as soon as somebody reports the same', async () => {
    await using room = await newsroom({ wire: {}, harbour: {} });
    await room.poll('wire', [teaser]);
    await room.poll('harbour', [report(1)]);
    expect((await room.story()).reports).toHaveLength(2);
  });
});

describe('a private source', () => {
  const secret = { private: true };

  test('is stored, and published nowhere', async () => {
    await using room = await newsroom({ secret });
    expect(await room.poll('secret', [report(1), report(2)])).toMatchObject({ new: 2 });
    expect((await room.store().counts()).items).toBe(2);
    expect(await room.stories()).toEqual([]);
    expect(await room.items()).toEqual([]);
    expect(await ownFeed(room, 'secret')).toEqual([]);
    expect(await room.store().listChanges(0, 10)).toEqual([]);
  });

  test.each([
    ['secret', 'harbour'],
    ['harbour', 'secret'],
  ])('merges with nobody: %s first', async (...order) => {
    await using room = await newsroom({ secret, harbour: {} });
    for (const source of order) await room.poll(source, [report(1, { id: source })]);
    expect((await room.story()).reports.map(({ source }) => source)).toEqual(['harbour']);
  });

  test('merges with nobody after it left the configuration either', async () => {
    await using room = await newsroom({ secret, harbour: {} });
    await room.poll('secret', [report(1)]);
    await room.restart({ harbour: {} });
    await room.poll('harbour', [report(1, { id: 'h' })]);
    expect((await room.story()).reports.map(({ source }) => source)).toEqual(['harbour']);
  });
});

describe('a source that becomes private', () => {
  const told = (source: string, changes: Partial<Item> = {}) =>
    report(1, { id: source, url: `https://${source}.example/1`, ...changes });

  async function merged(): Promise<Newsroom> {
    const room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [told('harbour'), report(2)]);
    await room.poll('city', [told('city')]);
    await room.restart({ harbour: { private: true }, city: {} });
    return room;
  }

  test('takes its reports out of public, and leaves the others’', async () => {
    await using room = await merged();
    const story = await room.story();
    expect(story.reports.map(({ source }) => source)).toEqual(['city']);
    expect(story.lead.source).toBe('city');
    expect(await ownFeed(room, 'harbour')).toEqual([]);
  });

  test('changes what is published', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1)]);
    const before = await room.store().revision();
    await room.restart({ harbour: { private: true } });
    expect(await room.store().revision()).toBeGreaterThan(before);
    await room.restart({ harbour: { private: true } });
    const after = await room.store().revision();
    await room.restart({ harbour: { private: true } });
    expect(await room.store().revision()).toBe(after);
  });

  test('comes back whole when it is public again', async () => {
    await using room = await merged();
    await room.restart({ harbour: {}, city: {} });
    const story = await room.story(report(1).title);
    expect(story.reports.map(({ source }) => source)).toEqual(['harbour', 'city']);
    expect(await room.stories()).toHaveLength(2);
    const changes = await room.store().listChanges(0, 100);
    expect(new Set(changes.map(({ revision }) => revision))).toHaveLength(changes.length);
  });

  test('does not show what was hidden before', async () => {
    await using room = await newsroom({ morning: { explode: true } });
    await room.poll('morning', [digest(), report(9, { promo: true })]);
    const before = await titles(room);
    await room.restart({ morning: { explode: true, private: true } });
    expect(await titles(room)).toEqual([]);
    await room.restart({ morning: { explode: true } });
    expect(await titles(room)).toEqual(before);
  });
});
