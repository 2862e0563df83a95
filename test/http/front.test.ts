import { connect } from 'node:net';
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { createFront } from '../../src/http/front.ts';
import type { ReadyFeed, RelayedRequest, Tally } from '../../src/http/front-messages.ts';
import type { Website } from '../../src/http/website.ts';
import { represent } from '../../src/publish/representation.ts';

/** The thread that listens, before a program that is asked for what the thread does not have. */

const feedOf = async (text: string): Promise<ReadyFeed> => ({
  feed: await represent(Buffer.from(text), {
    hash: text.slice(0, 32),
    contentType: 'text/plain',
    lastModified: new Date('2026-01-06T08:00:00Z'),
    link: '',
    sources: [],
  }),
  cacheControl: 'public, max-age=60',
});

/** Says what it was asked, and renders each feed when it is asked for: so many bytes of it. */
function newsWebsite(sizeOf: (url: string) => number = () => 10) {
  const seen = { made: [] as string[], relayed: [] as RelayedRequest[], tallies: [] as Tally[] };
  const inMemory = new Map<string, ReadyFeed>();
  const website: Pick<Website, 'readyUrls' | 'urlsOf' | 'readyFeed' | 'makeReady' | 'answer' | 'count'> = {
    readyUrls: new Set(['/feeds/all.atom']),
    urlsOf: (path) => [`/feeds/${path}.atom`],
    readyFeed: (url) => inMemory.get(url),
    makeReady: async (url) => {
      seen.made.push(url);
      if (!url.startsWith('/feeds/')) return undefined;
      const ready = inMemory.get(url) ?? (await feedOf(url.padEnd(sizeOf(url), '.')));
      inMemory.set(url, ready);
      return ready;
    },
    answer: (asked) => {
      seen.relayed.push(asked);
      return Promise.resolve({ status: 200, fields: ['x-by', 'the program'], body: Buffer.from(asked.url) });
    },
    count: (tally) => seen.tallies.push(tally),
  };
  return { website: website as Website, inMemory, seen };
}

async function showing(website: Website) {
  const front = createFront();
  onTestFinished(() => front.close());
  const port = await front.listen('127.0.0.1', 0);
  front.show(website);
  const get = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await request(`http://127.0.0.1:${port}${url}`, { headers });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  return { front, port, get };
}

test('a feed that is ready is answered without asking the program', async () => {
  const { website, inMemory, seen } = newsWebsite();
  inMemory.set('/feeds/all.atom', await feedOf('all the news'));
  const { get } = await showing(website);
  expect(await get('/feeds/all.atom')).toMatchObject({ status: 200, text: 'all the news' });
  expect((await get('/feeds/all.atom', { 'if-none-match': '"all the news"' })).status).toBe(304);
  expect(seen.made).toEqual([]);
});

test('a feed that was rendered for one request is answered without asking from then on', async () => {
  const { website, seen } = newsWebsite();
  const { get } = await showing(website);
  expect((await get('/feeds/topics/ai.atom')).text).toMatch(/^\/feeds\/topics\/ai.atom/);
  expect((await get('/feeds/topics/ai.atom')).text).toMatch(/^\/feeds\/topics\/ai.atom/);
  expect(seen.made).toEqual(['/feeds/topics/ai.atom']);
  expect(seen.relayed).toEqual([]);
});

test('a feed that is not in memory any more is asked for again', async () => {
  const { website, inMemory, seen } = newsWebsite();
  const { front, get } = await showing(website);
  await get('/feeds/topics/ai.atom');
  inMemory.delete('/feeds/topics/ai.atom');
  front.refresh(website);
  await get('/feeds/topics/ai.atom');
  expect(seen.made).toEqual(['/feeds/topics/ai.atom', '/feeds/topics/ai.atom']);
});

test('a feed that was rendered anew is answered as it is now', async () => {
  const { website, inMemory, seen } = newsWebsite();
  const { front, get } = await showing(website);
  await get('/feeds/topics/ai.atom');
  inMemory.set('/feeds/topics/ai.atom', await feedOf('newer news'));
  front.refresh(website);
  expect((await get('/feeds/topics/ai.atom')).text).toBe('newer news');
  expect(seen.made).toHaveLength(1);
});

test('where one feed has changed no other is looked at', async () => {
  const { website, inMemory } = newsWebsite();
  inMemory.set('/feeds/all.atom', await feedOf('all the news'));
  const { front, get } = await showing(website);
  const first = await get('/feeds/topics/ai.atom');
  inMemory.set('/feeds/all.atom', await feedOf('newer news'));
  inMemory.set('/feeds/topics/ai.atom', await feedOf('other news'));
  front.refresh(website, ['all', 'topics/unasked']);
  expect((await get('/feeds/all.atom')).text).toBe('newer news');
  expect((await get('/feeds/topics/ai.atom')).text).toBe(first.text);
});

test('of feeds that fill their room, those that were asked for longest ago are asked for again', async () => {
  const { website, seen } = newsWebsite(() => 12 * 1024 * 1024);
  const { get } = await showing(website);
  await get('/feeds/topics/a.atom');
  await get('/feeds/topics/b.atom');
  await get('/feeds/topics/a.atom');
  await get('/feeds/topics/c.atom');
  await get('/feeds/topics/a.atom');
  await get('/feeds/topics/b.atom');
  expect(seen.made.map((url) => url.slice('/feeds/topics/'.length, -'.atom'.length))).toEqual([
    'a',
    'b',
    'c',
    'b',
  ]);
});

test('the program is told what was answered before it is asked for something', async () => {
  const { website, inMemory, seen } = newsWebsite();
  inMemory.set('/feeds/all.atom', await feedOf('all the news'));
  const { get } = await showing(website);
  await get('/feeds/all.atom');
  await get('/feeds/all.atom', { 'if-none-match': '"all the news"' });
  await get('/feeds/all.atom', { 'if-none-match': '"all the news"' });
  expect(seen.tallies).toEqual([]);
  await get('/metrics');
  expect(seen.tallies).toEqual([{ whole: 1, fresh: 2, asked: ['/feeds/all.atom'] }]);
  await get('/metrics');
  expect(seen.tallies).toHaveLength(1);
});

test('the program sees a request as it was sent', async () => {
  const { website, seen } = newsWebsite();
  const { get } = await showing(website);
  const answer = await get('/api/items?limit=2&q=%E6%B8%AF', { authorization: 'Bearer x' });
  expect(answer).toMatchObject({ status: 200, text: '/api/items?limit=2&q=%E6%B8%AF' });
  expect(answer.headers['x-by']).toBe('the program');
  expect(seen.relayed).toMatchObject([
    { method: 'GET', url: '/api/items?limit=2&q=%E6%B8%AF', address: '127.0.0.1' },
  ]);
  expect(seen.relayed[0]?.headers.authorization).toBe('Bearer x');
});

test('a website that is shown no more changes nothing', async () => {
  const { website: old, inMemory } = newsWebsite();
  inMemory.set('/feeds/all.atom', await feedOf('old news'));
  const { front, get } = await showing(old);
  const next = newsWebsite();
  next.inMemory.set('/feeds/all.atom', await feedOf('other news'));
  front.show(next.website);
  front.refresh(old);
  expect((await get('/feeds/all.atom')).text).toBe('other news');
});

test('a request that comes while the next website is shown is answered by that', async () => {
  const old = newsWebsite();
  const next = newsWebsite();
  next.inMemory.set('/feeds/topics/ai.atom', await feedOf('other news'));
  const { front, get } = await showing({
    ...old.website,
    makeReady: async () => {
      front.show(next.website);
      return feedOf('old news');
    },
  });
  expect((await get('/feeds/topics/ai.atom')).text).toBe('other news');
  expect((await get('/feeds/topics/ai.atom')).text).toBe('other news');
});

test('a connection on which more is asked than answers are awaited is closed', async () => {
  const { website, seen } = newsWebsite();
  const { port } = await showing({
    ...website,
    answer: (asked) => {
      seen.relayed.push(asked);
      return new Promise(() => undefined);
    },
  });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /api/items HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1000));
  await new Promise((resolve) => socket.once('close', resolve).once('error', () => undefined));
  await expect.poll(() => seen.relayed.length).toBe(32);
});

test('before anything is shown the answer is that the program is starting', async () => {
  const front = createFront();
  onTestFinished(() => front.close());
  const port = await front.listen('127.0.0.1', 0);
  const answer = await request(`http://127.0.0.1:${port}/feeds/all.atom`);
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
  await answer.body.dump();
});

test('whoever ends the sending after the request still gets the answer', async () => {
  const { website } = newsWebsite();
  const { port } = await showing(website);
  const socket = connect(port, '127.0.0.1');
  socket.end('GET /api/items HTTP/1.1\r\nHost: a\r\n\r\n');
  const answer = (await socket.setEncoding('utf8').toArray()).join('');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toMatch(/\/api\/items/);
});

test('a port that is taken is refused with the system’s error', async () => {
  const { website } = newsWebsite();
  const { port } = await showing(website);
  await expect(createFront().listen('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
