import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site } from '../support/site.ts';
import { openRiver, siteUrl, titles } from './river.ts';

/** The JSON interface: contract 6. */

interface ApiItem {
  readonly id?: string;
  readonly entryId?: string;
  readonly apiId?: string;
  readonly title?: string;
  readonly source?: string;
  readonly topics?: readonly string[];
  readonly revision: number;
  readonly deleted?: true;
  readonly [field: string]: unknown;
}

interface Page {
  readonly items: readonly ApiItem[];
  readonly next?: string;
  readonly revision: number;
}

async function pageOf(site: Site, query: string): Promise<Page> {
  const { statusCode, body } = await site.get(`/api/items?${query}`);
  expect(statusCode).toBe(200);
  return JSON.parse(body) as Page;
}

/** All items from the first page on, page by page; a walk that never ends fails. */
async function walk(site: Site, query: string): Promise<readonly ApiItem[]> {
  const items: ApiItem[] = [];
  let page = await pageOf(site, query);
  for (let pages = 1; pages < 500; pages += 1) {
    items.push(...page.items);
    if (page.next === undefined) return items;
    page = await pageOf(site, `${query}&cursor=${encodeURIComponent(page.next)}`);
  }
  throw new Error('the walk has no end');
}

let site: Site;

beforeAll(async () => {
  site = await openRiver();
});

afterAll(() => site[Symbol.asyncDispose]());

const titlesOf = async (query: string) => (await pageOf(site, query)).items.map(({ title }) => title);

const { ferry, tender, reserve, price, night } = titles;
const ferryToo = '沿江三城水位回落，渡輪恢復通航';

describe('/api/items', () => {
  test('is JSON that anybody may read', async () => {
    const { headers } = await site.get('/api/items');
    expect(headers['content-type']).toMatch(/^application\/json\b/);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('lists items newest first, each report for itself', async () => {
    expect(await titlesOf('')).toEqual([ferryToo, ferry, tender, reserve, price, night]);
  });

  test.each([
    ['source=upper', [ferry, tender, reserve]],
    ['topic=gold', [reserve, price]],
    ['topic=water&source=lower', [ferryToo]],
    ['limit=2', [ferryToo, ferry]],
    ['q=%E6%B8%A1%E8%BD%AE', [ferryToo, ferry]],
    ['q=%E9%BB%83%E9%87%91%20%E9%A6%96%E9%A5%B0', [price]],
    // Found in the text, and not in what the text is marked up with.
    ['q=%E7%A2%BC%E9%A0%AD', [night]],
    ['q=referrerpolicy', []],
    ['source=upper&source=lower&topic=gold', [reserve, price]],
    ['topic=gold&topic=water', [ferryToo, ferry, tender, reserve, price]],
    ['q=.*', []],
    ['q=%25', []],
  ])('?%s', async (query, expected) => {
    expect(await titlesOf(query)).toEqual(expected);
  });

  test('tells each item as it was parsed and as it is stored', async () => {
    const { items } = await pageOf(site, 'source=upper');
    const [item] = items;
    expect(item).toMatchObject({
      id: 'tag:upper.example,2024:1',
      title: ferry,
      url: 'https://upper.example/1',
      summary: '<p>航道局说，<em>渡轮</em>今晨全部复航。</p>',
      published: '2024-05-06T08:00:00Z',
      categories: [{ term: '民生' }],
      enclosures: [{ url: 'https://upper.example/1.mp3', type: 'audio/mpeg', length: 4321 }],
      source: 'upper',
      entryId: 'tag:upper.example,2024:1',
      topics: ['water'],
      story: { id: 'tag:upper.example,2024:1', lead: 'tag:upper.example,2024:1' },
    });
    expect(item?.['titleHash']).toMatch(/^[0-9a-f]{64}$/);
    expect(item?.['firstSeen']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(item?.revision).toBeGreaterThan(0);
  });

  test('leaves out what is not known, and is never null', async () => {
    const { body } = await site.get('/api/items');
    expect(body).not.toContain('null');
    const last = (await pageOf(site, '')).items.at(-1);
    expect(last).not.toHaveProperty('url');
    expect(last).not.toHaveProperty('summary');
  });

  test('gives reports of one story the same hash and the same story', async () => {
    const { items } = await pageOf(site, 'topic=water');
    const [lower, upper, other] = items;
    expect(lower?.['titleHash']).toBe(upper?.['titleHash']);
    expect(lower?.['story']).toEqual(upper?.['story']);
    expect(other?.['titleHash']).not.toBe(upper?.['titleHash']);
  });

  test('names each by the beginning of the SHA-256 of its entry id', async () => {
    for (const { apiId, entryId = '' } of (await pageOf(site, '')).items) {
      expect(apiId).toBe(createHash('sha256').update(entryId).digest('hex').slice(0, 16));
    }
  });
});

describe('/api/items/{apiId}', () => {
  test('is the same item', async () => {
    for (const item of (await pageOf(site, '')).items) {
      const { statusCode, body } = await site.get(`/api/items/${item.apiId ?? ''}`);
      expect(statusCode).toBe(200);
      expect(JSON.parse(body)).toEqual(item);
    }
  });

  test('of a private source is not there', async () => {
    const apiId = createHash('sha256').update('tag:secret.example,2024:1').digest('hex').slice(0, 16);
    for (const path of [`/api/items/${apiId}`, `/api/items/${apiId}/explain`, `/items/${apiId}`])
      expect((await site.get(path)).statusCode).toBe(404);
  });

  test('/explain says how it is keyed, why it is in its story, and by which rule it has its topics', async () => {
    const [item] = (await pageOf(site, 'source=lower&topic=water')).items;
    const { statusCode, body } = await site.get(`/api/items/${item?.apiId ?? ''}/explain`);
    expect(statusCode).toBe(200);
    expect(body).toContain('沿江三城水位回落渡轮恢复通航');
    expect(body).toContain(item?.['titleHash']);
    expect(body).toContain('tag:upper.example,2024:1');
    expect(body).toContain('水位');
    expect(body).toMatch(/0\.5 h/);
  });
});

test('/api/stories tells each story once, with its reports', async () => {
  const { body } = await site.get('/api/stories');
  const { stories } = JSON.parse(body) as {
    stories: { id: string; title: string; url: string; reports: { source: string; matched: string }[] }[];
  };
  expect(stories.map(({ title }) => title)).toEqual([ferry, tender, reserve, price, night]);
  expect(stories[0]).toMatchObject({ id: 'tag:upper.example,2024:1', url: 'https://upper.example/1' });
  expect(stories.map(({ reports }) => reports.map(({ source }) => source))).toEqual([
    ['upper', 'lower'],
    ['upper'],
    ['upper'],
    ['lower'],
    ['lower'],
  ]);
  expect(stories[4]?.url).toMatch(/^https:\/\/river\.example\/items\/[0-9a-f]{16}$/);
});

test('/api/sources tells how each source is and where its feed is', async () => {
  const { body } = await site.get('/api/sources');
  const { sources } = JSON.parse(body) as { sources: Record<string, unknown>[] };
  expect(sources).toMatchObject([
    {
      id: 'upper',
      title: '上游',
      state: 'healthy',
      items: 3,
      failures: 0,
      feed: `${siteUrl}/feeds/sources/upper.atom`,
    },
    {
      id: 'lower',
      title: '下游',
      state: 'healthy',
      items: 3,
      failures: 0,
      feed: `${siteUrl}/feeds/sources/lower.atom`,
    },
  ]);
  expect(body).not.toContain(site.folder);
});

test('/api/topics counts the stories of each topic', async () => {
  const { body } = await site.get('/api/topics');
  expect(JSON.parse(body)).toMatchObject({
    topics: [
      { id: 'water', title: '水', stories: 2, feed: `${siteUrl}/feeds/topics/water.atom` },
      { id: 'gold', title: '黄金 & <金>', stories: 2 },
      { id: 'void', title: '空', stories: 0 },
    ],
  });
});

describe('a long list', () => {
  const count = 137;

  /** Every fifth has no time, and each time is that of three items. */
  const item = (number: number, title = `第${number}号堤段巡查记录今日发布`) => {
    const date = new Date(Date.UTC(2024, 4, 6, 0, Math.floor(number / 3))).toUTCString();
    return `<item><title>${title}</title><link>https://many.example/${number}</link>
<guid isPermaLink="false">urn:many:${number}</guid>${number % 5 === 0 ? '' : `<pubDate>${date}</pubDate>`}</item>`;
  };
  const documentOf = (items: readonly string[]) =>
    `<rss version="2.0"><channel><title>Many</title><link>https://many.example/</link>${items.join('\n')}</channel></rss>`;
  const numbers = Array.from({ length: count }, (_, at) => at + 1);

  const openMany = () =>
    openSite(
      { site: { url: siteUrl }, sources: [{ id: 'many', title: 'Many', url: 'file:many.xml' }] },
      { 'many.xml': documentOf(numbers.map((number) => item(number))) },
    );

  let many: Site;

  beforeAll(async () => {
    many = await openMany();
  });

  afterAll(() => many[Symbol.asyncDispose]());

  const everyId = new Set(numbers.map((number) => `urn:many:${number}`));

  test.each([1, 7, 50, 136, 137, 138, 500])('is walked once from end to end, %i at a time', async (limit) => {
    const items = await walk(many, `limit=${limit}`);
    expect(items).toHaveLength(count);
    expect(new Set(items.map(({ entryId }) => entryId))).toEqual(everyId);
  });

  test('keeps its order whatever the pages are: times go down, what has none comes last', async () => {
    const ids = async (limit: number) => (await walk(many, `limit=${limit}`)).map(({ entryId }) => entryId);
    const whole = await pageOf(many, 'limit=500');
    expect(await ids(7)).toEqual(whole.items.map(({ entryId }) => entryId));
    const times = whole.items.map(({ ['published']: time = '' }) => String(time));
    expect(times).toEqual(times.toSorted().reverse());
  });

  test.each([1, 10, 500])('since a revision ascends by revision and has all, %i at a time', async (limit) => {
    const items = await walk(many, `since=0&limit=${limit}`);
    expect(new Set(items.map(({ entryId }) => entryId))).toEqual(everyId);
    expect(items).toHaveLength(count);
    const revisions = items.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(revisions.at(-1)).toBe((await pageOf(many, 'limit=1')).revision);
  });

  test('since now is nothing, until something changes', async () => {
    await using changing = await openMany();
    const { revision } = await pageOf(changing, 'limit=1');
    expect(await walk(changing, `since=${revision}`)).toEqual([]);
    await changing.read();
    expect((await pageOf(changing, 'limit=1')).revision).toBe(revision);

    await changing.write('many.xml', documentOf([item(500), ...numbers.map((number) => item(number))]));
    await changing.read();
    const added = await walk(changing, `since=${revision}`);
    expect(added.map(({ entryId }) => entryId)).toEqual(['urn:many:500']);
    expect(added[0]?.revision).toBeGreaterThan(revision);
  });

  test('since a revision has what was edited again', async () => {
    await using changing = await openMany();
    const { revision } = await pageOf(changing, 'limit=1');
    const edited = numbers.map((number) =>
      number === 9 ? item(9, '第9号堤段出现险情正在抢修') : item(number),
    );
    await changing.write('many.xml', documentOf(edited));
    await changing.read();
    const changes = await walk(changing, `since=${revision}`);
    expect(changes.map(({ entryId, title }) => [entryId, title])).toEqual([
      ['urn:many:9', '第9号堤段出现险情正在抢修'],
    ]);
  });

  test('since a revision can be searched', async () => {
    const found = await walk(site, 'since=0&q=%E6%B8%A1%E8%BD%AE&limit=2');
    expect(found.map(({ title }) => title)).toEqual([ferry, ferryToo]);
  });

  test('since a revision can be asked of several sources and topics', async () => {
    const found = await walk(site, 'since=0&source=upper&source=lower&topic=gold&topic=void');
    expect(new Set(found.map(({ title }) => title))).toEqual(new Set([reserve, price]));
  });

  test('since a revision can be asked of one source or topic', async () => {
    const upper = await walk(site, 'since=0&source=upper&limit=2');
    expect(upper.map(({ title }) => title)).toEqual([ferry, tender, reserve]);
    const gold = await walk(site, 'since=0&topic=gold&limit=1');
    expect(new Set(gold.map(({ title }) => title))).toEqual(new Set([reserve, price]));
  });
});
