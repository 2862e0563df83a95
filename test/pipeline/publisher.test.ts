import { describe, expect, test } from 'vitest';
import type { FeedParameters } from '../../src/model/settings.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { feedFormats } from '../../src/publish/representation.ts';
import { report, reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
const topics = [
  { ...none, id: 'ports', title: '港口', any: ['泊位'] },
  { ...none, id: 'energy', title: '能源', any: ['电池'] },
];

interface JsonFeed {
  readonly feed_url: string;
  readonly items: readonly { readonly id: string; readonly title: string; readonly date_modified: string }[];
}

async function read(publisher: Publisher, path: string, parameters?: FeedParameters): Promise<JsonFeed> {
  const feed = await publisher.feed(path, 'json', parameters);
  return JSON.parse(feed?.identity.body.toString() ?? '') as JsonFeed;
}

const titles = ({ items }: JsonFeed) => items.map(({ title }) => title);

/** Everything that is served, byte for byte. */
function served(publisher: Publisher) {
  const names = publisher.specs.flatMap(({ path }) => feedFormats.map((format) => ({ path, format })));
  return Promise.all(
    names.map(async ({ path, format }) => {
      const feed = await publisher.feed(path, format);
      return {
        name: `${path}.${format}`,
        body: feed?.identity.body.toString(),
        etags: [feed?.identity.etag, feed?.gzip.etag, feed?.br.etag],
        lastModified: feed?.lastModified,
        link: feed?.link,
      };
    }),
  );
}

describe('a publisher', () => {
  test('is ready when the feed of all was rendered once, from an empty store too', async () => {
    await using room = await newsroom({ harbour: {} }, { topics });
    const publisher = room.publisher();
    expect(publisher.isReady()).toBe(false);
    expect(publisher.ready('all', 'atom')).toBeUndefined();
    await publisher.renew();
    expect(publisher.isReady()).toBe(true);
    expect(titles(await read(publisher, 'all'))).toEqual([]);
    expect(publisher.specs.map(({ path }) => path)).toEqual([
      'all',
      'topics/ports',
      'topics/energy',
      'sources/harbour',
    ]);
  });

  test('serves the same bytes and ETags after a restart', async () => {
    await using room = await newsroom({ harbour: {}, city: {} }, { topics });
    const before = room.publisher();
    await before.renew();
    await room.poll('harbour', [report(1), report(2), report(3, { published: undefined })]);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' })]);
    await before.renew();
    room.clock.pass(90);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1', content: '<p>更正</p>' })]);
    await before.renew();
    const served1 = await served(before);

    await room.restart();
    room.clock.pass(1);
    const after = room.publisher();
    await after.renew();
    expect(await served(after)).toEqual(served1);
  });

  test('serves the same bytes after a restart when a report of a story was removed', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const before = room.publisher();
    await room.poll('harbour', [report(1)]);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' }), report(2)]);
    await before.renew();
    room.clock.pass(30);
    await room.poll('city', [report(2)]);
    room.clock.pass(3 * 24 * 60);
    const now = room.clock.now();
    await room.store().retain({ before: new Date(now.getTime() - 1000), maxItems: 1000, now });
    await before.renew();
    const [all] = await served(before);
    expect(all?.body).not.toContain('city.example/1');
    await room.restart();
    const after = room.publisher();
    await after.renew();
    expect(await served(after)).toEqual(await served(before));
  });

  test('renews a feed when it changes, and no other', async () => {
    await using room = await newsroom({ harbour: {}, city: {} }, { topics });
    const publisher = room.publisher();
    await room.poll('harbour', [report(1)]);
    await publisher.renew();
    const feeds = async () => {
      const paths = publisher.specs.map(({ path }) => path);
      return new Map(
        await Promise.all(paths.map(async (path) => [path, await publisher.feed(path, 'atom')] as const)),
      );
    };
    const before = await feeds();

    room.clock.pass(10);
    await room.poll('city', [
      report(2, { id: 'c', url: 'https://city.example/2', title: '电池工厂本周开始试生产，首批送往仓库' }),
    ]);
    await publisher.renew();
    const changed = [...(await feeds())].filter(([path, feed]) => feed !== before.get(path));
    expect(changed.map(([path]) => path)).toEqual(['all', 'topics/energy', 'sources/city']);
    expect(publisher.ready('all', 'atom')?.lastModified).toEqual(room.clock.now());
    expect(publisher.ready('topics/ports', 'atom')?.lastModified).toEqual(
      before.get('topics/ports')?.lastModified,
    );
  });

  test.each(['sources/harbour', 'topics/ports'])(
    'keeps %s in memory from when it is asked for until it changes',
    async (path) => {
      await using room = await newsroom({ harbour: {}, city: {} }, { topics });
      const publisher = room.publisher();
      await room.poll('harbour', [report(1)]);
      await publisher.renew();
      expect(publisher.ready('all', 'json')).toBeDefined();
      expect(publisher.ready(path, 'json')).toBeUndefined();
      const [asked, again] = await Promise.all([publisher.feed(path, 'json'), publisher.feed(path, 'json')]);
      expect(again).toBe(asked);

      room.clock.pass(10);
      const battery = { title: '电池工厂本周开始试生产，首批送往仓库' };
      await room.poll('city', [report(2, { id: 'c', url: 'https://city.example/2', ...battery })]);
      await publisher.renew();
      expect(publisher.ready(path, 'json')).toBe(asked);

      room.clock.pass(10);
      await room.poll('harbour', [report(3)]);
      await publisher.renew();
      expect(publisher.ready(path, 'json')).toBeUndefined();
      expect(titles(await read(publisher, path))).toEqual([report(1).title, report(3).title]);
      expect((await publisher.feed(path, 'json'))?.lastModified).toEqual(room.clock.now());
    },
  );

  test('renders a feed at once when it changes where somebody asks for it all the time', async () => {
    await using room = await newsroom({ harbour: {} }, { topics });
    const publisher = room.publisher();
    await room.poll('harbour', [report(1)]);
    await publisher.renew();
    await publisher.feed('topics/ports', 'json');
    for (const number of [2, 3]) {
      room.clock.pass(0.5);
      await room.poll('harbour', [report(number)]);
      await publisher.renew();
      const ready = publisher.ready('topics/ports', 'json')?.identity.body.toString() ?? '';
      expect(titles(JSON.parse(ready) as JsonFeed)).toContain(report(number).title);
      room.clock.pass(0.9);
      publisher.noteAsked('topics/ports');
    }
  });

  test('tells of a feed as soon as it is another, while the others are still rendered', async () => {
    await using room = await newsroom({ harbour: {} }, { topics });
    const told: (readonly [all: boolean, ports: boolean])[] = [];
    const has = (path: string): boolean =>
      publisher.ready(path, 'atom')?.identity.body.includes(report(2).title ?? '') === true;
    const publisher = room.publisher({}, { onChange: () => told.push([has('all'), has('topics/ports')]) });
    await room.poll('harbour', [report(1)]);
    await publisher.renew();
    await publisher.feed('topics/ports', 'atom');
    await room.poll('harbour', [report(2)]);
    told.splice(0);
    await publisher.renew();
    expect(told).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
  });

  test('renews nothing when nothing has changed', async () => {
    await using room = await newsroom({ harbour: {} }, { topics });
    const publisher = room.publisher();
    await room.poll('harbour', reports(3));
    await publisher.renew();
    const before = await served(publisher);
    const [feed] = publisher.specs.map(({ path }) => publisher.ready(path, 'atom'));
    room.clock.pass(10);
    await room.poll('harbour', reports(3), { title: '又一版' });
    await publisher.renew();
    expect(await served(publisher)).toEqual(before);
    expect(publisher.ready('all', 'atom')).toBe(feed);
  });

  test('says of a feed that it was updated when its newest entry was', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1), report(2, { updated: '2026-01-06T07:45:00Z' })]);
    room.clock.pass(500);
    const publisher = room.publisher();
    await publisher.renew();
    const atom = publisher.ready('all', 'atom')?.identity.body.toString() ?? '';
    expect(/<updated>([^<]*)<\/updated>/.exec(atom)?.[1]).toBe('2026-01-06T07:45:00Z');
  });

  test('never stops serving while it renews', async () => {
    await using room = await newsroom({ harbour: {} });
    const publisher = room.publisher();
    await room.poll('harbour', reports(3));
    await publisher.renew();
    await room.poll('harbour', reports(4));
    const renewal = publisher.renew();
    expect(publisher.isReady()).toBe(true);
    expect((await read(publisher, 'all')).items).toHaveLength(3);
    await renewal;
    expect((await read(publisher, 'all')).items).toHaveLength(4);
  });

  test('gives feeds ids that depend on neither the site’s address nor its entries', async () => {
    await using room = await newsroom({ harbour: {} }, { authority: 'news.example.org,2026' });
    const publisher = room.publisher();
    await publisher.renew();
    const idOf = (path: string) =>
      /<id>([^<]*)<\/id>/.exec(publisher.ready(path, 'atom')?.identity.body.toString() ?? '')?.[1];
    const [all, source] = [idOf('all'), idOf('sources/harbour')];
    expect(all).toMatch(/^tag:news\.example\.org,2026:/);
    expect(source).not.toBe(all);
    await room.poll('harbour', reports(3));
    await publisher.renew();
    expect(idOf('all')).toBe(all);
  });
});

describe('a feed holds', () => {
  test('all that arrived in its hours, however many that are', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(1));
    room.clock.pass(60);
    await room.poll('harbour', reports(21));
    const publisher = room.publisher({ entries: 5, hours: 24 });
    await publisher.renew();
    expect((await read(publisher, 'all')).items).toHaveLength(21);
  });

  test('nothing twice, in the order of time', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [
      report(1, { published: '2026-01-06T05:00:00Z' }),
      report(2, { published: '2026-01-06T06:00:00Z' }),
    ]);
    await room.poll('city', [
      report(3, { id: 'c', url: 'https://city.example/3', published: '2026-01-06T05:30:00Z' }),
    ]);
    const publisher = room.publisher();
    await publisher.renew();
    expect(titles(await read(publisher, 'all'))).toEqual([report(2).title, report(3).title, report(1).title]);
  });

  test('one entry for all reports of a story, and each report in its own source’s feed', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1)]);
    await room.poll('city', [
      report(1, {
        id: 'urn:city:1',
        url: 'https://city.example/1',
        title: '海港第1号泊位今晨恢復通航，首批貨輪依次離港',
      }),
    ]);
    const publisher = room.publisher();
    await publisher.renew();
    const { id } = await room.story();
    expect((await read(publisher, 'all')).items.map((item) => item.id)).toEqual([id]);
    expect((await read(publisher, 'sources/harbour')).items.map((item) => item.id)).toEqual([id]);
    expect((await read(publisher, 'sources/city')).items).toMatchObject([
      { id: 'urn:city:1', title: '海港第1号泊位今晨恢復通航，首批貨輪依次離港' },
    ]);
  });

  test('no private source, and has no feed of it', async () => {
    await using room = await newsroom({ secret: { private: true } });
    await room.poll('secret', reports(2));
    const publisher = room.publisher();
    await publisher.renew();
    expect(titles(await read(publisher, 'all'))).toEqual([]);
    expect(publisher.ready('sources/secret', 'atom')).toBeUndefined();
  });

  test('teasers where they are wanted only', async () => {
    await using room = await newsroom({ wire: {} });
    await room.poll('wire', [report(1, { promo: true }), report(2)]);
    for (const [promo, count] of [
      [false, 1],
      [true, 2],
    ] as const) {
      const publisher = room.publisher({ promo });
      await publisher.renew();
      expect((await read(publisher, 'all')).items).toHaveLength(count);
      expect((await read(publisher, 'sources/wire')).items).toHaveLength(2);
    }
  });
});

describe('a feed with parameters', () => {
  async function filled() {
    const room = await newsroom({ harbour: {}, city: {} }, { topics });
    await room.poll('harbour', reports(8));
    await room.poll('city', [
      report(2, { id: 'c2', url: 'https://city.example/2' }),
      report(9, { id: 'c9', url: 'https://city.example/9', title: '电池工厂本周开始试生产，首批送往仓库' }),
    ]);
    const publisher = room.publisher({ entries: 3, hours: 0 });
    await publisher.renew();
    return { ...room, rendered: publisher };
  }

  test('gives the first so many of all that is retained', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    const all = await room.stories();
    for (const limit of [1, 5, 9]) {
      const { items } = await read(publisher, 'all', { limit });
      expect(items.map(({ id }) => id)).toEqual(all.slice(0, limit).map(({ id }) => id));
    }
    expect((await read(publisher, 'all', { limit: 500 })).items).toHaveLength(9);
  });

  test('gives the stories of any of these topics', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    expect((await read(publisher, 'all', { topics: ['energy'], limit: 50 })).items).toHaveLength(1);
    expect((await read(publisher, 'all', { topics: ['ports', 'energy'], limit: 50 })).items).toHaveLength(9);
  });

  test('gives the stories that any of these sources reported', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    const ofCity = await read(publisher, 'all', { sources: ['city'], limit: 50 });
    expect(titles(ofCity)).toEqual([report(2).title, '电池工厂本周开始试生产，首批送往仓库']);
    expect((await read(publisher, 'all', { sources: ['city', 'harbour'], limit: 50 })).items).toHaveLength(9);
  });

  test('is one feed whatever the order of its parameters', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    const one = await publisher.feed('all', 'atom', {
      topics: ['energy', 'ports'],
      sources: ['harbour', 'city'],
    });
    const other = await publisher.feed('all', 'atom', {
      sources: ['city', 'harbour'],
      topics: ['ports', 'energy', 'ports'],
    });
    expect(other).toBe(one);
  });

  test('is renewed with the store', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    expect((await read(publisher, 'all', { limit: 100 })).items).toHaveLength(9);
    room.clock.pass(10);
    await room.poll('harbour', reports(9));
    await publisher.renew();
    expect((await read(publisher, 'all', { limit: 100 })).items).toHaveLength(10);
  });

  test('has another id than the feed itself, unless it is only shorter', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    const idOf = async (parameters: FeedParameters) => {
      const variant = await publisher.feed('all', 'atom', parameters);
      return /<id>([^<]*)<\/id>/.exec(variant?.identity.body.toString() ?? '')?.[1];
    };
    const own = /<id>([^<]*)<\/id>/.exec(publisher.ready('all', 'atom')?.identity.body.toString() ?? '')?.[1];
    expect(await idOf({ limit: 2 })).toBe(own);
    expect(await idOf({ topics: ['energy'] })).not.toBe(own);
  });

  test('of a path that is not there is nothing', async () => {
    await using room = await filled();
    const publisher = room.rendered;
    expect(await publisher.feed('topics/other', 'atom', { limit: 5 })).toBeUndefined();
    expect(await publisher.feed('__proto__', 'atom', { limit: 5 })).toBeUndefined();
  });
});
