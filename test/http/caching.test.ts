import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Site } from '../support/site.ts';
import { lowerLater, openRiver } from './river.ts';

/** Conditional requests, codings and headers: RFC 9110, RFC 9111, and section 4 of the standards. */

let site: Site;

beforeAll(async () => {
  site = await openRiver();
});

afterAll(() => site[Symbol.asyncDispose]());

const paths = [
  '/feeds/all.atom',
  '/feeds/all.rss',
  '/feeds/all.json',
  '/feeds/topics/water.atom',
  '/feeds/sources/upper.json',
  '/feeds/topics/void.rss',
  '/feeds/incidents.atom',
  '/feeds/all.atom?limit=2',
  '/opml',
  '/opml?of=sources',
];

const url = '/feeds/all.atom';

async function etagOf(headers: Readonly<Record<string, string>> = {}): Promise<string> {
  return String((await site.get(url, headers)).headers.etag);
}

describe.each(paths)('%s', (path) => {
  test('has the headers of something public that is kept a while', async () => {
    const { statusCode, headers } = await site.get(path);
    expect(statusCode).toBe(200);
    expect(headers.etag).toMatch(/^"[\x21\x23-\x7e]+"$/);
    expect(headers['cache-control']).toMatch(
      /^public, max-age=\d+, stale-while-revalidate=\d+, stale-if-error=86400$/,
    );
    const maxAge = Number(/max-age=(\d+)/.exec(String(headers['cache-control']))?.[1]);
    expect(maxAge).toBeGreaterThanOrEqual(60);
    expect(maxAge).toBeLessThanOrEqual(900);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(headers['last-modified']).toBe(new Date(String(headers['last-modified'])).toUTCString());
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toBe("default-src 'none'");
    expect(headers['access-control-allow-origin']).toBe('*');
    const exposed = String(headers['access-control-expose-headers']).split(/, */);
    expect(exposed).toEqual(expect.arrayContaining(['ETag', 'Link', 'Retry-After']));
    expect(headers).not.toHaveProperty('set-cookie');
  });

  test('says when it last changed, which is not in the future', async () => {
    const { headers } = await site.get(path);
    expect(Date.parse(String(headers['last-modified']))).toBeLessThanOrEqual(Date.now());
  });

  test('is 304 without a body for whoever has it', async () => {
    const first = await site.get(path);
    const again = await site.get(path, { 'if-none-match': String(first.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
    for (const name of ['etag', 'cache-control', 'vary', 'date']) expect(again.headers).toHaveProperty(name);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(again.headers['cache-control']).toBe(first.headers['cache-control']);
    expect(again.headers).not.toHaveProperty('content-encoding');
  });

  test('is the same bytes in each coding, each with an ETag of its own', async () => {
    const identity = await site.get(path);
    const gzip = await site.get(path, { 'accept-encoding': 'gzip' });
    const br = await site.get(path, { 'accept-encoding': 'br' });
    expect(identity.headers).not.toHaveProperty('content-encoding');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(br.headers['content-encoding']).toBe('br');
    expect(gunzipSync(gzip.rawPayload)).toEqual(identity.rawPayload);
    expect(brotliDecompressSync(br.rawPayload)).toEqual(identity.rawPayload);
    expect(new Set([identity, gzip, br].map(({ headers }) => headers.etag)).size).toBe(3);
    expect(new Set([identity, gzip, br].map(({ headers }) => headers['last-modified'])).size).toBe(1);
    for (const { headers, rawPayload } of [identity, gzip, br]) {
      expect(headers.vary).toBe('Accept-Encoding');
      expect(Number(headers['content-length'])).toBe(rawPayload.length);
    }
  });
});

describe('Accept-Encoding', () => {
  test.each([
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['deflate', undefined],
    ['*', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['gzip;q=0, br;q=0', undefined],
    ['gzip;q=0, *', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br ; q=0 , gzip ; q=0.1', 'gzip'],
    ['identity;q=1, gzip;q=0.5, br;q=0.5', undefined],
    ['*;q=0', undefined],
    ['gzip;q=nonsense', undefined],
    [','.repeat(10_000), undefined],
  ])('%s', async (accepted, expected) => {
    const { statusCode, headers } = await site.get(url, { 'accept-encoding': accepted });
    expect(statusCode).toBe(200);
    expect(headers['content-encoding']).toBe(expected);
  });
});

describe('If-None-Match', () => {
  const status = async (tags: string, headers: Readonly<Record<string, string>> = {}) =>
    (await site.get(url, { 'if-none-match': tags, ...headers })).statusCode;

  test('matches in a list, as a weak tag, and as *', async () => {
    const etag = await etagOf();
    expect(await status(etag)).toBe(304);
    expect(await status(`"other", ${etag}`)).toBe(304);
    expect(await status(`${etag},"other"`)).toBe(304);
    expect(await status(`W/${etag}`)).toBe(304);
    expect(await status(`"other" , W/${etag} , "third"`)).toBe(304);
    expect(await status('*')).toBe(304);
  });

  test('is read as tags are written: a comma or a star within one is a part of it', async () => {
    expect(await status('"a,*,b"')).toBe(200);
    expect(await status('"x", *')).toBe(200);
    expect(await status('*, "x"')).toBe(200);
    expect(await status(' * ')).toBe(304);
    const etag = await etagOf();
    expect(await status(`"a,b" ,, W/"c" , ${etag}`)).toBe(304);
    expect(await status(`"a" nonsense ${etag}`)).toBe(200);
  });

  test('does not match another tag, nor what is no tag', async () => {
    const etag = await etagOf();
    expect(await status('"other"')).toBe(200);
    expect(await status('W/"other"')).toBe(200);
    expect(await status(etag.slice(1, -1))).toBe(200);
    expect(await status(`"x${etag.slice(1)}`)).toBe(200);
    expect(await status('')).toBe(200);
  });

  test('is of one coding', async () => {
    const gzip = { 'accept-encoding': 'gzip' };
    expect(await status(await etagOf(gzip), gzip)).toBe(304);
    expect(await status(await etagOf(), gzip)).toBe(200);
    expect(await status(await etagOf(gzip))).toBe(200);
  });

  test('goes before If-Modified-Since', async () => {
    const future = new Date(Date.now() + 86_400_000).toUTCString();
    expect(await status('"other"', { 'if-modified-since': future })).toBe(200);
    const past = 'Mon, 06 May 2024 00:00:00 GMT';
    expect(await status(await etagOf(), { 'if-modified-since': past })).toBe(304);
  });
});

describe('If-Modified-Since alone', () => {
  const status = async (since: string) => (await site.get(url, { 'if-modified-since': since })).statusCode;
  const modified = async () => Date.parse(String((await site.get(url)).headers['last-modified']));

  test('is 304 from the last change on', async () => {
    const at = await modified();
    expect(await status(new Date(at).toUTCString())).toBe(304);
    expect(await status(new Date(at + 1000).toUTCString())).toBe(304);
    expect(await status(new Date(at - 1000).toUTCString())).toBe(200);
    expect(await status('Mon, 06 May 2024 00:00:00 GMT')).toBe(200);
  });

  test('may come in the two old forms of a date, which are GMT', async () => {
    const at = new Date(await modified());
    const [, day = '', month = '', year = '', time = ''] = at.toUTCString().split(/[ ,]+/);
    const weekday = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][
      at.getUTCDay()
    ];
    const short = weekday?.slice(0, 3) ?? '';
    expect(await status(`${weekday ?? ''}, ${day}-${month}-${year.slice(2)} ${time} GMT`)).toBe(304);
    expect(await status(`${short} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`)).toBe(304);
    expect(await status('Monday, 06-May-24 00:00:00 GMT')).toBe(200);
    expect(await status('Mon May  6 00:00:00 2024')).toBe(200);
  });

  test.each([
    '',
    'yesterday',
    '0',
    '2099-01-01',
    '2099-01-01T00:00:00Z',
    'Mon, 99 Foo 2099 00:00:00 GMT',
    '9'.repeat(5000),
  ])('that is no HTTP date (%j) is ignored', async (since) => {
    expect(await status(since)).toBe(200);
  });
});

describe('a change', () => {
  test('gives the feeds that it touches another ETag, and their last change its time', async () => {
    await using river = await openRiver();
    const before = await river.get(url);
    const untouched = await river.get('/feeds/topics/gold.atom');
    await river.write('lower.xml', lowerLater);
    await river.read();
    const after = await river.get(url, { 'if-none-match': String(before.headers.etag) });
    expect(after.statusCode).toBe(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(Date.parse(String(after.headers['last-modified']))).toBeGreaterThanOrEqual(
      Date.parse(String(before.headers['last-modified'])),
    );
    const same = await river.get('/feeds/topics/gold.atom');
    expect(same.headers['last-modified']).toBe(untouched.headers['last-modified']);
  });
});

describe.each(['/', '/api', '/api/items', '/api/stories', '/api/sources', '/openapi.json'])(
  'what is made on request: %s',
  (path) => {
    test('is 304 for whoever has it, and the same bytes in each coding', async () => {
      const identity = await site.get(path);
      expect(identity.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
      expect(identity.headers.vary).toBe('Accept-Encoding');
      expect(identity.headers['x-content-type-options']).toBe('nosniff');
      expect(identity.headers['access-control-allow-origin']).toBe('*');
      const gzip = await site.get(path, { 'accept-encoding': 'gzip' });
      const br = await site.get(path, { 'accept-encoding': 'br' });
      expect(gunzipSync(gzip.rawPayload)).toEqual(identity.rawPayload);
      expect(brotliDecompressSync(br.rawPayload)).toEqual(identity.rawPayload);
      expect(new Set([identity, gzip, br].map(({ headers }) => headers.etag)).size).toBe(3);
      for (const { headers } of [identity, gzip, br]) {
        const accepted = headers['content-encoding'] ?? 'identity';
        const again = await site.get(path, {
          'accept-encoding': accepted,
          'if-none-match': String(headers.etag),
        });
        expect(again.statusCode).toBe(304);
        expect(again.rawPayload).toHaveLength(0);
        expect(again.headers.etag).toBe(headers.etag);
        expect(again.headers['cache-control']).toBe(headers['cache-control']);
      }
    });
  },
);

test.each(['/robots.txt', '/favicon.svg', '/api/topics'])('%s is 304 for whoever has it', async (path) => {
  const { headers } = await site.get(path);
  expect(headers.vary).toBe('Accept-Encoding');
  const again = await site.get(path, { 'if-none-match': String(headers.etag) });
  expect(again.statusCode).toBe(304);
});

describe('HEAD', () => {
  test.each([...paths, '/', '/api/items', '/healthz', '/robots.txt', '/favicon.svg'])(
    '%s is GET without the body',
    async (path) => {
      const get = await site.get(path);
      const head = await site.ask({ method: 'HEAD', url: path });
      expect(head.statusCode).toBe(200);
      expect(head.rawPayload).toHaveLength(0);
      const lasting = (headers: typeof get.headers) => ({
        ...headers,
        date: undefined,
        connection: undefined,
      });
      expect(lasting(head.headers)).toEqual(lasting(get.headers));
    },
  );

  test('is 304 as GET is', async () => {
    const head = await site.ask({ method: 'HEAD', url, headers: { 'if-none-match': await etagOf() } });
    expect(head.statusCode).toBe(304);
  });
});
