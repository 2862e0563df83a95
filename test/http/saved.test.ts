import { parseFeed as feedsmith } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { Site } from '../support/site.ts';
import { openRiver, siteUrl, titles } from './river.ts';

/** Saved feeds, and what parameters do to them: a request narrows what a feed is by itself. */

let site: Site;

beforeAll(async () => {
  site = await openRiver({
    saved: [
      { id: 'gold', title: '黄金', q: '黄金' },
      { id: 'lower', title: '下游的水', source: ['lower'], topic: ['water', 'gold'] },
      { id: 'no-price', title: '无价', exclude: '价格' },
      { id: 'hant', title: '新闻简报', script: 'hant' },
      { id: 'brief', title: '短', content: 'none' },
    ],
  });
});

afterAll(() => site[Symbol.asyncDispose]());

const { ferry, tender, reserve, price, night } = titles;

async function titlesOf(url: string): Promise<readonly (string | undefined)[]> {
  const { statusCode, body } = await site.get(url);
  expect(statusCode, url).toBe(200);
  const { feed } = feedsmith(body);
  return 'entries' in feed ? (feed.entries ?? []).map(({ title }) => (title as { value: string }).value) : [];
}

describe('a saved feed', () => {
  test.each([
    ['gold.atom', [reserve, price]],
    ['gold.atom?limit=1', [reserve]],
    ['gold.atom?source=lower', [price]],
    ['gold.atom?exclude-source=lower', [reserve]],
    ['gold.atom?topic=water', []],
    ['gold.atom?content=none', [reserve, price]],
    // Both its words and those of the request have to be there.
    ['gold.atom?q=%E5%A4%AE%E8%A1%8C', [reserve]],
    ['gold.atom?q=%E6%B8%A1%E8%BD%AE', []],
    ['gold.atom?exclude=%E5%A4%AE%E8%A1%8C', [price]],
    ['lower.atom', [ferry, price]],
    ['lower.atom?topic=gold', [price]],
    ['lower.atom?source=upper', [ferry]],
    ['lower.atom?limit=1', [ferry]],
    ['no-price.atom', [ferry, tender, reserve, night]],
    ['no-price.atom?exclude=%E9%BB%84%E9%87%91', [ferry, tender, night]],
    ['no-price.atom?limit=2', [ferry, tender]],
  ])('%s holds what it and the request ask for', async (path, expected) => {
    expect(await titlesOf(`/feeds/saved/${path}`)).toEqual(expected);
  });

  test('of one script says so, and says everything in it', async () => {
    for (const query of ['', '?limit=3']) {
      const { body } = await site.get(`/feeds/saved/hant.atom${query}`);
      expect(body, query).toMatch(/<feed\b[^>]* xml:lang="zh-Hant"/);
      expect(body).toContain('<title type="text">River · 新聞簡報</title>');
      expect(body).toContain('沿江三城水位回落，渡輪恢復通航');
      expect(body).not.toMatch(/渡轮|恢复/);
    }
    const { body: json } = await site.get('/feeds/saved/hant.json');
    expect(JSON.parse(json)).toMatchObject({ language: 'zh-Hant', title: 'River · 新聞簡報' });
  });

  test('can be asked for in the other script', async () => {
    const { body } = await site.get('/feeds/saved/hant.atom?script=hans');
    expect(body).toMatch(/<feed\b[^>]* xml:lang="zh-Hans"/);
    expect(body).toContain('黄金价格再创新高');
  });

  test('shows no more text than it says, whatever is asked for', async () => {
    const { body } = await site.get('/feeds/saved/brief.atom?content=full');
    expect(body).not.toContain('每克突破七百元');
  });
});

describe('a parameter that changes nothing', () => {
  test.each([
    ['all.atom?content=full', 'all.atom'],
    ['all.atom?content=full&limit=2', 'all.atom?limit=2'],
    ['saved/hant.atom?script=hant', 'saved/hant.atom'],
    ['saved/brief.atom?content=summary', 'saved/brief.atom'],
    ['saved/brief.atom?content=none', 'saved/brief.atom'],
  ])('%s is %s', async (asked, same) => {
    const [a, b] = [await site.get(`/feeds/${asked}`), await site.get(`/feeds/${same}`)];
    expect(a.body).toBe(b.body);
    expect(a.headers.etag).toBe(b.headers.etag);
    expect(a.headers['last-modified']).toBe(b.headers['last-modified']);
    expect(parseFeed(a.rawPayload).feed.selfUrl).toBe(`${siteUrl}/feeds/${same}`);
  });

  test('content=full never shows what is not published', async () => {
    await using short = await openRiver({ publish: { content: 'none' } });
    const { body } = await short.get('/feeds/all.atom?content=full');
    expect(body).not.toContain('每克突破七百元');
    expect(body).toBe((await short.get('/feeds/all.atom')).body);
  });
});

describe('the feed of incidents', () => {
  test.each(['limit=2', 'content=none', 'script=hant', 'topic=water', 'q=x'])(
    'is what it is with ?%s',
    async (query) => {
      const plain = await site.get('/feeds/incidents.atom');
      const asked = await site.get(`/feeds/incidents.atom?${query}`);
      expect(asked.statusCode).toBe(200);
      expect(asked.headers.etag).toBe(plain.headers.etag);
    },
  );
});

describe('a source’s feed', () => {
  test.each([
    ['source=upper', [ferry, tender, reserve]],
    ['source=lower', []],
    ['source=lower&source=upper', [ferry, tender, reserve]],
    ['exclude-source=upper', []],
    ['exclude-source=lower', [ferry, tender, reserve]],
    ['q=%E9%BB%84%E9%87%91', [reserve]],
    ['exclude=%E9%BB%84%E9%87%91', [ferry, tender]],
  ])('holds with ?%s what the merged one would', async (query, expected) => {
    expect(await titlesOf(`/feeds/sources/upper.atom?${query}`)).toEqual(expected);
  });
});
