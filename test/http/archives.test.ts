import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Schema } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemaComplaints } from '../support/json-schema.ts';
import { testWith, xmllint, xmllintComplaints } from '../support/programs.ts';
import { openSite, type Site } from '../support/site.ts';

/** Archived feeds: RFC 5005, section 4, and section 3 of the standards. */

const siteUrl = 'https://river.example';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

function documentOf(items: readonly number[]): string {
  const item = (number: number) => {
    const date = new Date(Date.UTC(2024, 4, 6, 0, number)).toUTCString();
    return `<item><title>第${number}号堤段巡查记录今日发布</title><link>https://levee.example/${number}</link>
<guid isPermaLink="false">urn:levee:${number}</guid><pubDate>${date}</pubDate></item>`;
  };
  return `<rss version="2.0"><channel><title>Levee</title><link>https://levee.example/</link>${items.map(item).join('\n')}</channel></rss>`;
}

const openLevee = (count: number) =>
  openSite(
    {
      site: { url: siteUrl, title: 'River' },
      sources: [{ id: 'levee', title: 'Levee', url: 'file:levee.xml' }],
      publish: { entries: 20, hours: 24, maxEntries: 50 },
    },
    { 'levee.xml': documentOf(numbers(count)) },
  );

const idsOf = (atom: string) =>
  [...atom.matchAll(/<entry\b[^>]*>\s*<id>([^<]*)</g)].map(([, id]) => id ?? '');

const linkOf = (atom: string, rel: string) => new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(atom)?.[1];

/** The feed and its archives, from the newest to the oldest, by the links between them. */
async function chainOf(site: Site, path: string): Promise<readonly { url: string; atom: string }[]> {
  const chain: { url: string; atom: string }[] = [];
  let url: string | undefined = `${siteUrl}/feeds/${path}.atom`;
  while (url !== undefined && chain.length < 50) {
    const { statusCode, body } = await site.get(url.slice(siteUrl.length));
    expect(statusCode, url).toBe(200);
    chain.push({ url, atom: body });
    url = linkOf(body, 'prev-archive');
  }
  return chain;
}

interface JsonPage {
  readonly url: string;
  readonly feed: {
    readonly title: string;
    readonly feed_url: string;
    readonly next_url?: string;
    readonly items: readonly { readonly id: string }[];
  };
}

/** The JSON feed and what its `next_url` leads to, from the newest to the oldest. */
async function pagesOf(site: Site, path: string): Promise<readonly JsonPage[]> {
  const pages: JsonPage[] = [];
  let url: string | undefined = `${siteUrl}/feeds/${path}.json`;
  while (url !== undefined && pages.length < 50) {
    const { statusCode, body } = await site.get(url.slice(siteUrl.length));
    expect(statusCode, url).toBe(200);
    const feed = JSON.parse(body) as JsonPage['feed'];
    pages.push({ url, feed });
    url = feed.next_url;
  }
  return pages;
}

const jsonFeed = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'json-feed-1.1.schema.json'), 'utf8'),
) as Schema;

describe.each(['all', 'sources/levee'])('%s', (path) => {
  let site: Site;
  let chain: Awaited<ReturnType<typeof chainOf>>;
  let pages: Awaited<ReturnType<typeof pagesOf>>;

  beforeAll(async () => {
    site = await openLevee(430);
    chain = await chainOf(site, path);
    pages = await pagesOf(site, path);
  });

  afterAll(() => site[Symbol.asyncDispose]());

  test('and its archives hold everything that is kept', () => {
    expect(chain.length).toBeGreaterThanOrEqual(4);
    const ids = new Set(chain.flatMap(({ atom }) => idsOf(atom)));
    expect(ids).toEqual(new Set(numbers(430).map((number) => `urn:levee:${number}`)));
  });

  test('has archives of a hundred entries, that say so and lead to one another', () => {
    const [current, ...archives] = chain;
    expect(current?.atom).not.toMatch(/<(?:fh:)?archive\b/);
    for (const [index, { url, atom }] of archives.entries()) {
      expect(url).toMatch(new RegExp(`^${siteUrl}/feeds/${path}/archive/\\d+\\.atom$`));
      expect(idsOf(atom)).toHaveLength(100);
      expect(atom).toMatch(/<(?:fh:)?archive\b[^>]*\/>/);
      expect(atom).toContain('http://purl.org/syndication/history/1.0');
      expect(linkOf(atom, 'self')).toBe(url);
      expect(linkOf(atom, 'current')).toBe(current?.url);
      expect(linkOf(atom, 'next-archive')).toBe(index === 0 ? undefined : archives[index - 1]?.url);
    }
  });

  test('has the id of the feed in each archive', () => {
    const id = (atom: string) => /<id>([^<]*)</.exec(atom)?.[1];
    expect(new Set(chain.map(({ atom }) => id(atom))).size).toBe(1);
  });

  test('has archives that are kept for a day and are 304 for whoever has them', async () => {
    const url = (chain[1]?.url ?? '').slice(siteUrl.length);
    const { headers } = await site.get(url);
    expect(headers['cache-control']).toContain('max-age=86400');
    expect(headers.link).toContain('rel="self"');
    expect((await site.get(url, { 'if-none-match': String(headers.etag) })).statusCode).toBe(304);
  });

  test('tells of its first archive in the Link header', async () => {
    const { headers } = await site.get(`/feeds/${path}.atom`);
    expect(headers.link).toContain(`<${chain[1]?.url ?? ''}>; rel="prev-archive"`);
  });

  test('has the same entries in each JSON document as in the Atom one', () => {
    expect(pages.map(({ feed }) => feed.items.map(({ id }) => id))).toEqual(
      chain.map(({ atom }) => idsOf(atom)),
    );
  });

  test('leads from JSON document to JSON document by next_url, none of them twice', () => {
    expect(pages.slice(1).map(({ url }) => url)).toEqual(
      chain.slice(1).map(({ url }) => url.replace(/\.atom$/, '.json')),
    );
    expect(new Set(pages.map(({ url }) => url)).size).toBe(pages.length);
    for (const { url, feed } of pages) {
      expect(feed.feed_url).toBe(url);
      expect(feed.title).toBe(pages[0]?.feed.title);
    }
    expect(pages.at(-1)?.feed).not.toHaveProperty('next_url');
  });

  test('is a valid JSON feed, archives too', () => {
    for (const { url, feed } of pages) expect(schemaComplaints(jsonFeed, feed), url).toEqual([]);
  });

  test.each(['atom', 'json'])('has archives in %s that are answered as feeds are', async (format) => {
    const url = `/feeds/${path}/archive/1.${format}`;
    const { headers, body } = await site.get(url);
    const types = { atom: 'application/atom+xml; charset=utf-8', json: 'application/feed+json' };
    expect(headers).toMatchObject({
      'content-type': types[format as keyof typeof types],
      'content-security-policy': "default-src 'none'",
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
    expect(headers['cache-control']).toMatch(/^public, max-age=86400\b/);
    expect(headers['last-modified']).toMatch(/ GMT$/);
    expect(headers.link).toContain(`<${siteUrl}/feeds/${path}/archive/2.${format}>; rel="next-archive"`);
    expect(headers.link).toContain(`<${siteUrl}/feeds/${path}.${format}>; rel="current"`);
    const zipped = await site.ask({ method: 'GET', url, headers: { 'accept-encoding': 'gzip' } });
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(body);
    const head = await site.ask({ method: 'HEAD', url });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', headers.etag]);
    expect((await site.get(url, { 'if-none-match': String(headers.etag) })).statusCode).toBe(304);
    const none = await site.get(`/feeds/${path}/archive/99.${format}`);
    expect([none.statusCode, none.headers['content-type']]).toEqual([404, 'application/problem+json']);
  });

  test('has archives in no other format, and none for a part of it', async () => {
    expect((await site.get(`/feeds/${path}/archive/1.rss`)).statusCode).toBe(404);
    expect((await site.get(`/feeds/${path}.rss`)).headers.link).not.toContain('archive');
    for (const query of ['limit=5', 'q=%E5%A0%A4', 'content=none']) {
      const { headers, body } = await site.get(`/feeds/${path}.json?${query}`);
      expect(JSON.parse(body), query).not.toHaveProperty('next_url');
      expect(headers.link).not.toContain('prev-archive');
    }
  });

  testWith(xmllint, 'is valid Atom, archives too', () => {
    const grammar = join(import.meta.dirname, '..', 'fixtures', 'atom.rng');
    for (const { url, atom } of chain) expect(xmllintComplaints(atom, grammar), url).toBe('');
  });
});

test('news changes no archive that is sealed', async () => {
  await using site = await openLevee(430);
  const before = await chainOf(site, 'all');
  await site.write('levee.xml', documentOf(numbers(470)));
  await site.read();
  const after = new Map((await chainOf(site, 'all')).map(({ url, atom }) => [url, atom]));
  const lasting = (atom = '') => atom.replace(/<link rel="next-archive"[^>]*>\s*/, '');
  for (const { url, atom } of before.slice(1)) expect(lasting(after.get(url))).toBe(lasting(atom));
  expect(new Set([...after.values()].flatMap(idsOf)).size).toBe(470);
});

test('a feed of large entries is at most 2 MB, and loses nothing by it', async () => {
  const text = `<p>${'堤'.repeat(60)}</p>`.repeat(100);
  const large = documentOf(numbers(200)).replaceAll('</title><link>https://levee', (found) =>
    found.replace('<link>', `<description><![CDATA[${text}]]></description><link>`),
  );
  await using site = await openSite(
    {
      site: { url: siteUrl, title: 'River' },
      sources: [{ id: 'levee', title: 'Levee', url: 'file:levee.xml' }],
      publish: { entries: 200, hours: 24, maxEntries: 500 },
    },
    { 'levee.xml': large },
  );
  for (const path of ['all', 'sources/levee']) {
    const chain = await chainOf(site, path);
    for (const { url, atom } of chain)
      expect(Buffer.byteLength(atom), url).toBeLessThanOrEqual(2 * 1024 * 1024);
    const ids = new Set(chain.flatMap(({ atom }) => idsOf(atom)));
    expect(ids).toEqual(new Set(numbers(200).map((number) => `urn:levee:${number}`)));
    const current = idsOf(chain[0]?.atom ?? '');
    expect(current.length).toBeGreaterThan(80);
    const json = JSON.parse((await site.get(`/feeds/${path}.json`)).body) as { items: { id: string }[] };
    expect(json.items.map(({ id }) => id)).toEqual(current);
    const pages = await pagesOf(site, path);
    expect(pages.map(({ feed }) => feed.items.map(({ id }) => id))).toEqual(
      chain.map(({ atom }) => idsOf(atom)),
    );
    for (const { url, feed } of pages)
      expect(Buffer.byteLength(JSON.stringify(feed)), url).toBeLessThanOrEqual(2 * 1024 * 1024);
    const { body: rss } = await site.get(`/feeds/${path}.rss`);
    expect([...rss.matchAll(/<guid[^>]*>([^<]*)</g)].map(([, id]) => id)).toEqual(current);
  }
});

test('a feed that is small has no archive', async () => {
  await using site = await openLevee(30);
  expect(await chainOf(site, 'all')).toHaveLength(1);
  expect((await site.get('/feeds/all/archive/1.atom')).statusCode).toBe(404);
  expect(await pagesOf(site, 'all')).toHaveLength(1);
});
