import { describe, expect, test } from 'vitest';
import { apiIdOf } from '../../src/identify/entry-id.ts';
import { openSite, type Site } from '../support/site.ts';

/** In every text and name of the private source. */
const canary = 'kanarienvogel';

const item = (source: string, number: number, title: string): string =>
  `<item><guid isPermaLink="false">tag:${source}.example,2026:${number}</guid><title>${title}</title>
<link>https://${source}.example/${number}</link><description>${source}</description></item>`;
const rss = (source: string, ...items: readonly string[]): string =>
  `<rss version="2.0"><channel><title>${source}</title><link>https://${source}.example/</link>${items.join('')}</channel></rss>`;

const shared = '港口起重机今晨全部恢复运转，货轮排队离港';
const openNews = rss('open', item('open', 1, shared), item('open', 2, '渡轮票价下月起调整，月票不变'));
const secretNews = rss(
  canary,
  item(canary, 1, shared),
  item(canary, 2, `${canary}：港口的一份内部通报`),
  item(canary, 3, `${canary}：将被撤下的一条消息`),
);

const topics = [{ id: 'port', title: '港口', any: ['港口'] }];
const source = (id: string, changes: object = {}) => ({ id, title: id, url: `file:${id}.xml`, ...changes });

function open(): Promise<Site> {
  return openSite(
    {
      site: { title: 'Harbour', url: 'https://harbour.example', authority: 'harbour.example,2026' },
      saved: [{ id: 'cranes', title: '起重机', q: '起重机' }],
      sources: [
        source(canary, { private: true, topics: ['port'], expect: { minItems: 50 } }),
        source('open'),
        source(`${canary}-gone`, { private: true, url: 'file:missing.xml' }),
        source(`${canary}-keyed`, {
          url: 'https://192.0.2.1/feed',
          headers: { Authorization: `Bearer ${canary}` },
          enabled: false,
        }),
      ],
    },
    { [`${canary}.xml`]: secretNews, 'open.xml': openNews },
    topics,
  );
}

const formats = ['atom', 'rss', 'json'];
const feeds = ['all', 'topics/port', 'sources/open', 'saved/cranes'];

const pages = [
  '/',
  '/opml',
  '/opml?of=sources',
  '/feeds/incidents.atom',
  '/api/items',
  '/api/items?limit=500&topic=port',
  '/api/items?since=0&limit=500',
  '/api/items?q=港口',
  '/api/stories',
  '/api/stories?topic=port',
  '/api/sources',
  '/api/topics',
  '/metrics',
  '/healthz',
  '/readyz',
  '/openapi.json',
  ...feeds.flatMap((feed) => formats.map((format) => `/feeds/${feed}.${format}`)),
  ...formats.flatMap((format) => [
    `/feeds/all.${format}?q=港口`,
    `/feeds/all.${format}?limit=500&content=full`,
    `/feeds/all.${format}?topic=port&exclude-source=open`,
    `/feeds/all.${format}?script=hant`,
  ]),
];

describe('a private source', () => {
  test('is nowhere', async () => {
    await using site = await open();
    for (const page of pages) {
      const { statusCode, body, headers } = await site.get(page);
      expect({ page, statusCode }).toEqual({ page, statusCode: 200 });
      expect(JSON.stringify([page, body, headers])).not.toContain(canary);
    }
    const told = await site.get('/feeds/all.atom');
    expect(told.body).toContain('渡轮票价');
  });

  test('has no address of its own', async () => {
    await using site = await open();
    const secret = apiIdOf(`tag:${canary}.example,2026:2`);
    for (const page of [
      ...formats.map((format) => `/feeds/sources/${canary}.${format}`),
      `/feeds/sources/${canary}/archive/1.atom`,
      `/feeds/sources/${canary}/archive/1.json`,
      `/api/sources/${canary}`,
      `/api/sources/${canary}-gone`,
      `/items/${secret}`,
      `/api/items/${secret}`,
      `/api/items/${secret}/explain`,
    ]) {
      expect({ page, status: (await site.get(page)).statusCode }).toEqual({ page, status: 404 });
    }
    for (const page of [`/feeds/all.atom?source=${canary}`, `/api/items?source=${canary}`]) {
      expect((await site.get(page)).statusCode).toBeGreaterThanOrEqual(400);
    }
  });

  test('is not named where a public item is explained', async () => {
    await using site = await open();
    const { items } = (await site.get('/api/items')).json<{ items: { apiId: string; title: string }[] }>();
    expect(items).toHaveLength(2);
    for (const { apiId } of items)
      for (const page of [`/items/${apiId}`, `/api/items/${apiId}`, `/api/items/${apiId}/explain`])
        expect((await site.get(page)).body).not.toContain(canary);
  });

  test('counts for nothing', async () => {
    await using site = await open();
    const { topics: counted } = (await site.get('/api/topics')).json<{ topics: { stories: number }[] }>();
    // Of the port there is one public story.
    expect(counted).toMatchObject([{ id: 'port', stories: 1 }]);
    const { body } = await site.get('/metrics');
    expect(/^tributary_items (\d+)$/m.exec(body)?.[1]).toBe('2');
    expect(/^tributary_stories (\d+)$/m.exec(body)?.[1]).toBe('2');
  });

  test('leaves no trace when something of it goes', async () => {
    await using site = await open();
    await site.write(`${canary}.xml`, rss(canary, item(canary, 1, `${shared}（改）`)));
    await site.read();
    for (const page of pages) expect((await site.get(page)).body).not.toContain(canary);
  });
});
