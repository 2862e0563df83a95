import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createWebsite } from '../../src/http/website.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { openSite, type Site } from '../support/site.ts';

/** What `/api/sources` tells of how sources are polled, or not. */

const rss = (...titles: readonly string[]): string =>
  `<rss version="2.0"><channel><title>t</title>${titles
    .map((title) => `<item><guid isPermaLink="false">${title}</guid><title>${title}</title></item>`)
    .join('')}</channel></rss>`;
const documents = {
  'a.xml': rss('码头今晨恢复作业，货轮陆续靠泊'),
  'b.xml': rss('渡轮票价下月起调整，月票不变'),
};
const source = (id: string, changes: object = {}) => ({ id, url: `file:${id}.xml`, ...changes });

interface Told {
  readonly sources: readonly (Record<string, unknown> & { readonly id: string; readonly state: string })[];
}

/** A second program on the site's store, under another configuration. */
async function reopened(site: Site, sources: readonly object[]) {
  const file = join(site.folder, 'other.yaml');
  const store = { url: `sqlite:${join(site.folder, 'data', 'news.db')}` };
  await writeFile(file, JSON.stringify({ store, server: { adminToken: 'secret' }, sources }));
  const reload = { reload: () => Promise.resolve(undefined) };
  const app = await createApp(loadConfig(file, {}), 'http://news.test', pino({ level: 'silent' }), reload);
  const { server, close } = createWebsite(app.serverTools);
  onTestFinished(async () => {
    await close();
    await app.close();
  });
  await app.publisher.renew();
  return (url: string, method: 'GET' | 'POST' = 'GET') =>
    server.inject({ method, url, headers: method === 'POST' ? { authorization: 'Bearer secret' } : {} });
}

test('a source that is not enabled is paused, and its feed is served', async () => {
  await using site = await openSite({ sources: [source('a'), source('b')] }, documents);
  const ask = await reopened(site, [source('a', { enabled: false }), source('b')]);
  const { sources } = (await ask('/api/sources')).json<Told>();
  expect(sources.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'paused'],
    ['b', 'healthy'],
  ]);
  expect(sources[0]).not.toHaveProperty('nextPoll');
  for (const feed of ['sources/a', 'all']) expect((await ask(`/feeds/${feed}.atom`)).body).toContain('码头');
  expect((await ask('/metrics')).body).toContain('tributary_source_status{source="a",status="paused"} 1');
  expect((await ask('/')).body).toContain('paused, 1 items');
  expect((await ask('/api/sources/a/poll', 'POST')).statusCode).toBe(409);
});

test('a source that is made private as it is paused is hidden at once', async () => {
  await using site = await openSite({ sources: [source('a'), source('b')] }, documents);
  const ask = await reopened(site, [source('a', { enabled: false, private: true }), source('b')]);
  for (const page of ['/feeds/all.atom', '/api/items', '/api/sources', '/'])
    expect((await ask(page)).body).not.toContain('码头');
  expect((await ask('/feeds/sources/a.atom')).statusCode).toBe(404);
  expect((await ask('/feeds/all.atom')).body).toContain('渡轮');
});

test('the last polls are told, with their sizes and counts', async () => {
  await using site = await openSite({ sources: [source('a')] }, documents);
  await site.read();
  const [told] = (await site.get('/api/sources')).json<Told>().sources;
  expect(told?.['polls']).toMatchObject([
    { outcome: 'fetched', bytes: Buffer.byteLength(documents['a.xml']), items: 1, new: 1 },
    { outcome: 'unchanged' },
  ]);
});

test('the next poll names the host or the URL that asked to be left alone', async () => {
  const url = 'https://192.0.2.1/feed';
  await using site = await openSite({ sources: [{ id: 'a', url }] }, {});
  const store = openSqliteStore(join(site.folder, 'data', 'news.db'));
  const nextPoll = async () => {
    const [told] = (await site.get('/api/sources')).json<Told>().sources;
    return told?.['nextPoll'];
  };
  const hold = async (name: string, hours: number) => {
    // Half a second, so that the time has a fraction to be shown with.
    const until = new Date(Math.floor(Date.now() / 1000) * 1000 + hours * 3_600_000 + 500);
    await store.write((transaction) => transaction.holdHost(name, until));
    return until.toISOString();
  };
  const hostHeld = await hold('192.0.2.1', 5);
  expect(await nextPoll()).toEqual({ at: hostHeld, because: '192.0.2.1 asked to be left alone' });
  const urlHeld = await hold(url, 6);
  expect(await nextPoll()).toEqual({ at: urlHeld, because: `${url} asked to be left alone` });
  await store.close();
});
