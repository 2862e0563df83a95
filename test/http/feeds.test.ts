import { parseFeed as feedsmith } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { Site } from '../support/site.ts';
import { lowerLater, openRiver, siteUrl, titles } from './river.ts';

/** The feeds and what they hold: contract 3 and 6. */

let site: Site;

beforeAll(async () => {
  site = await openRiver();
});

afterAll(() => site[Symbol.asyncDispose]());

const { ferry, tender, reserve, price, night } = titles;

/** The titles of a feed, in its order, as feedsmith reads them; its status where that is not 200. */
async function titlesOf(url: string, of: Site = site): Promise<readonly (string | undefined)[]> {
  const { statusCode, body } = await of.get(url);
  if (statusCode !== 200) return [String(statusCode)];
  const { format, feed } = feedsmith(body);
  if (format === 'atom') return (feed.entries ?? []).map(({ title }) => title?.value);
  return (feed.items ?? []).map(({ title }) => title);
}

const holds: readonly (readonly [string, readonly string[]])[] = [
  ['all', [ferry, tender, reserve, price, night]],
  ['topics/water', [ferry, tender]],
  ['topics/gold', [reserve, price]],
  ['topics/void', []],
  ['sources/upper', [ferry, tender, reserve]],
  ['sources/lower', ['沿江三城水位回落，渡輪恢復通航', price, night]],
];

describe('each feed holds its stories, newest first, once', () => {
  test.each(holds)('%s', async (path, expected) => {
    for (const format of ['atom', 'rss', 'json'])
      expect(await titlesOf(`/feeds/${path}.${format}`), format).toEqual(expected);
  });
});

describe('a feed', () => {
  test.each([
    ['atom', 'application/atom+xml; charset=utf-8', 'atom'],
    ['rss', 'application/rss+xml; charset=utf-8', 'rss'],
    ['json', 'application/feed+json', 'json'],
  ])('as %s has its media type and is of its format', async (format, mediaType, detected) => {
    for (const [path] of holds) {
      const { statusCode, headers, body } = await site.get(`/feeds/${path}.${format}`);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toBe(mediaType);
      expect(feedsmith(body).format).toBe(detected);
    }
  });

  test('has an id of its own, made from its path', async () => {
    const ids = await Promise.all(
      holds.map(async ([path]) => parseFeed((await site.get(`/feeds/${path}.atom`)).rawPayload).feed.id),
    );
    expect(new Set(ids).size).toBe(holds.length);
    for (const id of ids) expect(id).toMatch(/^tag:river\.example,2024:/);
  });

  test('links to itself in its document and in its Link header', async () => {
    for (const [path] of holds) {
      for (const format of ['atom', 'rss', 'json']) {
        const { headers, rawPayload } = await site.get(`/feeds/${path}.${format}`);
        const url = `${siteUrl}/feeds/${path}.${format}`;
        expect(parseFeed(rawPayload).feed.selfUrl).toBe(url);
        expect(headers.link).toContain(`<${url}>; rel="self"`);
        expect(headers.link).toContain(`<${siteUrl}/>; rel="alternate"`);
      }
    }
  });

  test('was updated when its newest entry was, and never now', async () => {
    expect(parseFeed((await site.get('/feeds/all.atom')).rawPayload).feed.updated).toBe(
      '2024-05-06T08:00:00Z',
    );
    expect(parseFeed((await site.get('/feeds/topics/gold.atom')).rawPayload).feed.updated).toBe(
      '2024-05-06T06:00:00Z',
    );
  });
});

describe('an entry', () => {
  const entries = async (path: string) => parseFeed((await site.get(path)).rawPayload).items;

  test('keeps the id of its source', async () => {
    expect((await entries('/feeds/all.atom')).map(({ id }) => id)).toEqual([
      'tag:upper.example,2024:1',
      'tag:upper.example,2024:2',
      'tag:upper.example,2024:3',
      'tag:lower.example,2024:4',
      'tag:lower.example,2024:5',
    ]);
  });

  test('keeps the time of its source', async () => {
    expect((await entries('/feeds/all.atom')).map(({ published }) => published)).toEqual([
      '2024-05-06T08:00:00Z',
      '2024-05-06T07:00:00Z',
      '2024-05-06T06:00:00Z',
      '2024-05-06T05:00:00Z',
      '2024-05-06T04:00:00Z',
    ]);
  });

  test('names its source where nobody is named', async () => {
    const [first] = await entries('/feeds/all.atom');
    expect(first?.authors).toEqual([{ name: '上游' }]);
  });

  test('tells where it came from, with its rights', async () => {
    const [, , , fourth] = await entries('/feeds/all.atom');
    expect(fourth?.source).toMatchObject({
      id: 'urn:lower',
      title: '下游',
      homepage: 'https://lower.example/',
      rights: '© 下游晚報',
    });
  });

  test('has its source’s categories and its topics', async () => {
    const [first] = await entries('/feeds/all.atom');
    expect(first?.categories).toEqual([
      { term: '民生' },
      { term: 'water', scheme: 'urn:tributary:topics', label: '水' },
    ]);
  });

  test('without a link of its own leads to its page here, which is there', async () => {
    const last = (await entries('/feeds/all.atom')).at(-1);
    expect(last?.url).toMatch(/^https:\/\/river\.example\/items\/[0-9a-f]{16}$/);
    const page = await site.get((last?.url ?? '').slice(siteUrl.length));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('凌晨四點');
  });

  test('told by several names the others, in each format', async () => {
    const { body } = await site.get('/feeds/all.atom');
    expect(body).toContain(
      '<link rel="related" href="https://lower.example/1" title="下游 · 2024-05-06 08:30"/>',
    );
    const { items } = JSON.parse((await site.get('/feeds/all.json')).body) as {
      items: { _tributary: { reports?: { source: string; matched: string }[] } }[];
    };
    expect(items[0]?._tributary.reports).toMatchObject([
      { source: 'upper', matched: 'first' },
      { source: 'lower', matched: 'title' },
    ]);
    expect(items[1]?._tributary.reports).toBeUndefined();
  });

  test('is never merged in its own source’s feed', async () => {
    const { body } = await site.get('/feeds/sources/lower.atom');
    expect(body).toContain('https://lower.example/1');
    expect(body).not.toContain('https://upper.example/');
  });
});

describe('feed parameters', () => {
  test.each([
    ['limit=2', [ferry, tender]],
    ['limit=500', [ferry, tender, reserve, price, night]],
    ['topic=gold', [reserve, price]],
    ['topic=gold&topic=water', [ferry, tender, reserve, price]],
    ['topic=gold&limit=1', [reserve]],
    ['topic=void', []],
    // A story matches by any of its reports.
    ['source=lower', [ferry, price, night]],
    ['source=upper&source=lower', [ferry, tender, reserve, price, night]],
    ['source=lower&topic=gold', [price]],
    // And is left out by any of them.
    ['exclude-source=lower', [tender, reserve]],
    ['exclude-source=upper&exclude-source=lower', []],
    // Terms are literal and folded: script, case and width do not matter.
    ['q=%E6%B8%A1%E8%BC%AA', [ferry]],
    ['q=%E9%BB%84%E9%87%91', [reserve, price]],
    ['q=.*', []],
    ['exclude=%E9%BB%84%E9%87%91', [ferry, tender, night]],
  ])('?%s', async (query, expected) => {
    expect(await titlesOf(`/feeds/all.atom?${query}`)).toEqual(expected);
    expect(await titlesOf(`/feeds/all.json?${query}`)).toEqual(expected);
  });

  test('work on topics and on sources', async () => {
    expect(await titlesOf('/feeds/topics/water.atom?limit=1')).toEqual([ferry]);
    expect(await titlesOf('/feeds/topics/water.atom?source=lower')).toEqual([ferry]);
    expect(await titlesOf('/feeds/sources/upper.atom?limit=1')).toEqual([ferry]);
    expect(await titlesOf('/feeds/sources/upper.atom?topic=gold')).toEqual([reserve]);
  });

  test.each([
    ['a parameter that is unknown', '/feeds/all.atom?utm_source=x&fbclid=y', '/feeds/all.atom'],
    ['an unknown one beside a known one', '/feeds/all.atom?x=1&limit=2', '/feeds/all.atom?limit=2'],
    [
      'the order of parameters',
      '/feeds/all.atom?limit=2&source=lower&source=upper',
      '/feeds/all.atom?source=upper&source=lower&limit=2',
    ],
    ['a value twice', '/feeds/all.atom?source=lower&source=lower', '/feeds/all.atom?source=lower'],
  ])('%s splits no cache', async (_, url, same) => {
    const [a, b] = [await site.get(url), await site.get(same)];
    expect(a.statusCode).toBe(200);
    expect(a.headers.etag).toBe(b.headers.etag);
    expect(a.headers.link).toBe(b.headers.link);
    expect(a.body).toBe(b.body);
  });

  test('that change what a feed is change its id; limit does not', async () => {
    const id = async (query: string) =>
      parseFeed((await site.get(`/feeds/all.atom${query}`)).rawPayload).feed.id;
    expect(await id('?limit=2')).toBe(await id(''));
    expect(await id('?topic=gold')).not.toBe(await id(''));
    expect(await id('?topic=gold&source=upper')).toBe(await id('?source=upper&topic=gold'));
  });

  test('content=none and content=summary leave out what is not asked for', async () => {
    const [, , , full] = parseFeed((await site.get('/feeds/all.atom')).rawPayload).items;
    expect(full?.content).toBe('<p>每克突破七百元。</p>');
    const { body: none } = await site.get('/feeds/all.atom?content=none');
    expect(none).not.toContain('每克突破七百元');
    expect(none).not.toContain('今晨全部复航');
    const { body: summary } = await site.get('/feeds/all.atom?content=summary');
    expect(summary).toContain('今晨全部复航');
  });

  test('script=hans and script=hant show every text in one script', async () => {
    const { body: hans } = await site.get('/feeds/all.atom?script=hans');
    expect(hans).toContain('黄金价格再创新高，首饰店门前排长队');
    expect(hans).not.toContain('黃金價格');
    const { body: hant } = await site.get('/feeds/all.atom?script=hant');
    expect(hant).toContain('沿江三城水位回落，渡輪恢復通航');
    expect(hant).not.toContain('渡轮');
    // Addresses and ids are not text.
    expect(hans).toContain('tag:lower.example,2024:4');
  });
});

describe('a private source', () => {
  test('has no feed', async () => {
    expect(await titlesOf('/feeds/sources/secret.atom')).toEqual(['404']);
    expect(await titlesOf('/feeds/all.atom?source=secret')).toEqual(['404']);
  });

  test('is told of nowhere', async () => {
    const paths = [
      ...holds.flatMap(([path]) => ['atom', 'rss', 'json'].map((format) => `/feeds/${path}.${format}`)),
      '/feeds/incidents.atom',
      '/',
      '/opml',
      '/opml?of=sources',
      '/api/items?limit=500',
      '/api/items?since=0',
      '/api/stories',
      '/api/sources',
      '/api/topics',
      '/healthz',
      '/metrics',
      '/openapi.json',
    ];
    for (const path of paths) {
      const { body } = await site.get(path);
      expect(body.toLowerCase(), path).not.toMatch(/secret|confidential|不得公开/);
    }
  });

  test('is told of nowhere when it breaks down', async () => {
    await using broken = await openRiver();
    await broken.write('secret.xml', 'no feed at all');
    await broken.write('upper.xml', 'no feed at all');
    for (let times = 0; times < 4; times += 1) await broken.read();
    const { body } = await broken.get('/feeds/incidents.atom');
    expect(body).toContain('<entry>');
    expect(body.toLowerCase()).not.toMatch(/secret|confidential/);
  });
});

describe('what a request may say of the site changes nothing', () => {
  test.each([
    ['host', 'evil.example'],
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'http'],
    ['x-forwarded-for', '10.0.0.1'],
    ['x-forwarded-prefix', '/evil'],
    ['forwarded', 'host=evil.example;proto=http'],
    ['x-original-url', '/feeds/sources/secret.atom'],
  ])('%s', async (name, value) => {
    for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json', '/opml', '/', '/api/items']) {
      const [plain, told] = [await site.get(path), await site.get(path, { [name]: value })];
      expect(told.body).toBe(plain.body);
      expect(told.headers.etag).toBe(plain.headers.etag);
      expect(told.headers.link).toBe(plain.headers.link);
    }
  });
});

describe('over time', () => {
  test('reading unchanged documents again changes no byte and no header', async () => {
    await using river = await openRiver();
    const paths = holds.flatMap(([path]) =>
      ['atom', 'rss', 'json'].map((format) => `/feeds/${path}.${format}`),
    );
    const look = () =>
      Promise.all(
        paths.map(async (path) => {
          const { body, headers } = await river.get(path);
          return [body, headers.etag, headers['last-modified']];
        }),
      );
    const before = await look();
    await river.read();
    expect(await look()).toEqual(before);
  });

  test('a new story comes into the feeds that it is of, and into no other', async () => {
    await using river = await openRiver();
    const etag = async (path: string) => (await river.get(path)).headers.etag;
    const paths = ['all', 'topics/water', 'sources/lower', 'topics/gold', 'topics/void', 'sources/upper'];
    const before = await Promise.all(paths.map((path) => etag(`/feeds/${path}.atom`)));
    await river.write('lower.xml', lowerLater);
    await river.read();
    const after = await Promise.all(paths.map((path) => etag(`/feeds/${path}.atom`)));
    expect(after.map((tag, at) => tag !== before[at])).toEqual([true, true, true, false, false, false]);
    expect((await titlesOf('/feeds/all.atom', river))[0]).toBe('水位再度上漲，渡輪第二次停航');
    expect((await titlesOf('/feeds/all.atom?limit=1', river))[0]).toBe('水位再度上漲，渡輪第二次停航');
  });

  test('a source that breaks changes no byte and no status of the news', async () => {
    await using river = await openRiver();
    const before = await river.get('/feeds/all.atom');
    await river.write('lower.xml', '<html><title>502 Bad Gateway</title></html>');
    await river.read();
    const after = await river.get('/feeds/all.atom');
    expect(after.statusCode).toBe(200);
    expect(after.body).toBe(before.body);
    expect(after.headers.etag).toBe(before.headers.etag);
  });

  test('a source that breaks is named in a header of the feeds that it is in, a private one nowhere', async () => {
    await using river = await openRiver();
    const stale = async (path: string) => (await river.get(`/feeds/${path}`)).headers['tributary-stale'];
    expect(await stale('all.atom')).toBeUndefined();
    await river.write('lower.xml', '<html><title>502 Bad Gateway</title></html>');
    await river.write('secret.xml', '<html><title>502 Bad Gateway</title></html>');
    await river.read();
    const header = /^lower; ?since="?\d{4}-\d\d-\d\dT[^,]*Z"?$/;
    for (const path of ['all.atom', 'all.json', 'sources/lower.rss'])
      expect(await stale(path), path).toMatch(header);
    // Of the water the lower source tells the ferry's story too, though not first.
    for (const path of ['topics/water.atom', 'all.atom?source=lower', 'all.atom?script=hans'])
      expect(await stale(path), path).toMatch(header);
    for (const path of ['sources/upper.atom', 'topics/void.atom', 'all.atom?exclude-source=lower'])
      expect(await stale(path), path).toBeUndefined();
  });
});
