import { parseOpml } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site } from '../support/site.ts';
import { testWith, xmllint, xmllintComplaints } from '../support/programs.ts';
import { openRiver, siteUrl } from './river.ts';

/** What is published and what is read, for readers and for those who run the program. */

let site: Site;

beforeAll(async () => {
  site = await openRiver();
});

afterAll(() => site[Symbol.asyncDispose]());

describe('/opml', () => {
  test('lists every feed with its title, and each is there', async () => {
    const { headers, body } = await site.get('/opml');
    expect(headers['content-type']).toBe('text/x-opml; charset=utf-8');
    const outlines = parseOpml(body).body?.outlines ?? [];
    expect(outlines.map(({ xmlUrl }) => xmlUrl)).toEqual(
      [
        'all',
        'topics/water',
        'topics/gold',
        'topics/void',
        'sources/upper',
        'sources/lower',
        'incidents',
      ].map((path) => `${siteUrl}/feeds/${path}.atom`),
    );
    expect(outlines.map(({ text }) => text)).toContain('River · 黄金 & <金>');
    for (const { type, xmlUrl = '' } of outlines) {
      expect(type).toBe('rss');
      expect((await site.get(xmlUrl.replace(siteUrl, ''))).statusCode).toBe(200);
    }
  });

  test('?of=sources lists what is read from the web, and nothing that says more than its address', async () => {
    await using read = await openSite(
      {
        origin: 'samples',
        sources: [
          { id: 'a', title: 'A & <B>', url: 'https://a.example/feed?x=1&y=2', sample: 'a.xml' },
          {
            id: 'b',
            title: 'B',
            url: 'https://b.example/',
            sample: 'a.xml',
            headers: { Authorization: 'Bearer s3cret' },
          },
          { id: 'c', title: 'C', url: 'https://c.example/', sample: 'a.xml', private: true },
        ],
      },
      { 'a.xml': '<rss version="2.0"><channel><title>A</title></channel></rss>' },
    );
    const { body } = await read.get('/opml?of=sources');
    expect(body).not.toContain('s3cret');
    expect(body).not.toContain('c.example');
    expect(body).not.toContain(read.folder);
    expect(parseOpml(body).head?.title).toMatch(/\S/);
  });

  test('names itself in its Link header, with what was asked for', async () => {
    const { headers } = await site.get('/opml?of=sources');
    expect(headers.link).toBe(`<${siteUrl}/opml?of=sources>; rel="self"`);
    expect((await site.get('/opml?of=feeds')).headers.link).toBe(`<${siteUrl}/opml>; rel="self"`);
  });

  test('?of=sources has an outline where nothing is read from the web, as OPML 2.0 demands', async () => {
    const outlines = parseOpml((await site.get('/opml?of=sources')).body).body?.outlines ?? [];
    expect(outlines.map(({ text, xmlUrl }) => [text, xmlUrl])).toEqual([['No feeds', undefined]]);
  });

  testWith(xmllint, 'is well formed', async () => {
    for (const path of ['/opml', '/opml?of=sources'])
      expect(xmllintComplaints((await site.get(path)).rawPayload)).toBe('');
  });
});

describe('for those who run it', () => {
  test('/healthz says that all is well', async () => {
    const { statusCode, headers, body } = await site.get('/healthz');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(body)).toMatchObject({ status: 'ok' });
  });

  test('/readyz is 200 once the feeds are rendered', async () => {
    expect((await site.get('/readyz')).statusCode).toBe(200);
  });

  test('/robots.txt is plain text', async () => {
    const { statusCode, headers, body } = await site.get('/robots.txt');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toMatch(/^User-agent: \*$/m);
  });

  testWith(xmllint, '/favicon.svg is an image that is well formed', async () => {
    const { statusCode, headers, rawPayload } = await site.get('/favicon.svg');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(xmllintComplaints(rawPayload)).toBe('');
  });

  test('/metrics counts in the form that Prometheus reads', async () => {
    await site.get('/feeds/all.atom');
    const { statusCode, headers, body } = await site.get('/metrics');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(headers['cache-control']).toBe('no-store');
    const series = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of series)
      expect(line).toMatch(/^[a-z_]+(?:\{(?:[a-z]+="[^"\\\n]*",?)*\})? -?\d+(?:\.\d+)?$/);
    const names = new Set(series.map((line) => /^[a-z_]+/.exec(line)?.[0]));
    const typed = new Set([...body.matchAll(/^# TYPE (\S+) (?:counter|gauge)$/gm)].map(([, name]) => name));
    for (const name of names) expect(typed).toContain(name);
    expect(body.endsWith('\n')).toBe(true);
    expect(series).toContain('tributary_items 6');
    expect(series).toContain('tributary_stories 5');
    expect(series.some((line) => line.includes('/feeds/') && line.includes('200'))).toBe(true);
  });

  test('/openapi.json describes what is there', async () => {
    const { statusCode, headers, body } = await site.get('/openapi.json');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json\b/);
    const { openapi, info, paths } = JSON.parse(body) as {
      openapi: string;
      info: { title: string; version: string };
      paths: Record<string, Record<string, { responses: object }>>;
    };
    expect(openapi).toMatch(/^3\./);
    expect(info).toMatchObject({
      title: expect.any(String) as string,
      version: expect.any(String) as string,
    });
    for (const path of [
      '/',
      '/items/{apiId}',
      '/opml',
      '/api/items',
      '/api/stories',
      '/api/sources',
      '/api/topics',
      '/healthz',
      '/readyz',
      '/metrics',
      '/openapi.json',
      '/robots.txt',
      '/favicon.svg',
    ])
      expect(paths).toHaveProperty([path, 'get', 'responses']);
    for (const path of ['/api/reload', '/api/sources/{id}/poll'])
      expect(paths).toHaveProperty([path, 'post', 'responses']);
    for (const path of Object.keys(paths).filter(
      (name) => !name.includes('{') && 'get' in (paths[name] ?? {}),
    ))
      expect((await site.get(path)).statusCode, path).toBe(200);
  });
});
