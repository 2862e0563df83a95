import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOrigin, type Origin } from '../support/origin.ts';
import { openSite, type Site } from '../support/site.ts';

/** A URL that lets its bearer in is told to nobody, whatever is said of its source. */

const document = `<rss version="2.0"><channel><title>A</title><link>https://a.example/?token=SECRET</link>
<item><title>港口起重机恢复运转</title><guid isPermaLink="false">urn:a:1</guid></item></channel></rss>`;

let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  origin.on('/feed?token=SECRET', { status: 301, headers: { Location: '/moved?token=SECRET' } });
  origin.on('/moved?token=SECRET', { body: document });
  origin.on('/feed?page=2', { body: document });
});

afterAll(() => origin.close());

const open = (changes: object): Promise<Site> =>
  openSite(
    {
      fetch: { allow: ['127.0.0.1/32'] },
      sources: [
        { id: 'a', title: 'A', url: `${origin.url}/feed?token=SECRET`, ...changes },
        { id: 'b', title: 'B', url: `${origin.url}/feed?page=2`, dedupe: 'none' },
      ],
    },
    {},
  );

test('it makes its source private', async () => {
  await using site = await open({});
  expect((await site.get('/api/sources/a')).statusCode).toBe(404);
  expect((await site.get('/api/sources/b')).json()).toMatchObject({ url: `${origin.url}/feed?page=2` });
  expect((await site.get('/opml?of=sources')).body).toContain('/feed?page=2');
});

test.each([
  '/',
  '/opml',
  '/opml?of=sources',
  '/api/sources',
  '/api/sources/a',
  '/api/items',
  '/feeds/all.atom',
  '/feeds/sources/a.atom',
  '/feeds/sources/a.rss',
  '/feeds/sources/a.json',
  '/metrics',
])('of a source that is public all the same it is not in %s', async (path) => {
  await using site = await open({ private: false });
  const { statusCode, body } = await site.get(path);
  expect(statusCode).toBe(200);
  expect(body).not.toContain('SECRET');
});

test('of a source that is public all the same the place is told, and where it moved', async () => {
  await using site = await open({ private: false });
  expect((await site.get('/feeds/sources/a.atom')).body).toContain('港口起重机恢复运转');
  expect((await site.get('/api/sources/a')).json()).toMatchObject({
    url: `${origin.url}/feed?…`,
    movedTo: { from: `${origin.url}/feed?…`, to: `${origin.url}/moved?…` },
  });
});
