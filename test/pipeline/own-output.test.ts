import { expect, test } from 'vitest';
import { openSite, type Site } from '../support/site.ts';

/** A feed of this site that somebody has made a source of this site. */

const news = `<rss version="2.0"><channel><title>港口</title>
<item><guid isPermaLink="false">tag:port.example,2026:1</guid><title>码头今晨恢复作业，货轮陆续靠泊</title></item>
<item><title>渡轮票价下月起调整，月票不变</title><link>https://port.example/2</link></item></channel></rss>`;

const open = (site: object = {}): Promise<Site> =>
  openSite(
    {
      site: { url: 'https://news.example', ...site },
      sources: ['port', 'loop'].map((id) => ({ id, url: `file:${id}.xml` })),
    },
    { 'port.xml': news },
  );

const titlesIn = async (site: Site) =>
  (await site.get('/api/items')).json<{ items: { source: string; title: string }[] }>().items;

const stateOf = async (site: Site) => (await site.get('/api/sources/loop')).json<Record<string, unknown>>();

test.each([
  'all.atom',
  'all.rss',
  'all.json',
  'sources/port.atom',
  'sources/port.rss',
  'sources/port.json',
  'all.atom?limit=1',
])('%s is recognised, and nothing of it is published again', async (feed) => {
  await using site = await open();
  const before = await titlesIn(site);
  expect(before).toHaveLength(2);
  await site.write('loop.xml', (await site.get(`/feeds/${feed}`)).rawPayload);
  await site.read();
  expect(await titlesIn(site)).toEqual(before);
  expect(await stateOf(site)).toMatchObject({
    state: 'drifted',
    lastOutcome: { kind: 'failed', error: { code: 'own-output' } },
  });
});

test.each(['atom', 'rss', 'json'])('a feed of another site is not: %s', async (format) => {
  await using other = await open({ url: 'https://other.example' });
  await using site = await open();
  await site.write('loop.xml', (await other.get(`/feeds/all.${format}`)).rawPayload);
  await site.read();
  expect(await stateOf(site)).toMatchObject({ state: 'healthy', items: 2 });
});

test('nor is one of another site that has the same address', async () => {
  await using other = await openSite(
    { site: { url: 'https://news.example' }, sources: [{ id: 'river', url: 'file:river.xml' }] },
    { 'river.xml': news.replace('码头今晨', '船闸今晨').replaceAll('port.example', 'river.example') },
  );
  await using site = await open();
  await site.write('loop.xml', (await other.get('/feeds/all.rss')).rawPayload);
  await site.read();
  expect(await stateOf(site)).toMatchObject({ state: 'healthy', items: 2 });
});
