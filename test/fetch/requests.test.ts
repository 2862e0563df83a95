import { expect, test } from 'vitest';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';

test('a request names the program and where it lives, and asks for feeds first', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest({ userAgent: 'tributary/9.9 (+https://news.example.org)' });
  await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {});
  const [request] = origin.requests;
  expect(request?.method).toBe('GET');
  expect(request?.header('user-agent')).toBe('tributary/9.9 (+https://news.example.org)');
  expect(request?.header('accept')).toMatch(/^application\/atom\+xml, application\/rss\+xml, /);
  expect(request?.header('accept-encoding')).toBe('gzip, br, deflate');
});

test('a first request has no condition, cookie, referrer or anything else that would tell on it', async () => {
  const origin = await originOfTest();
  await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {});
  expect(origin.requests[0]?.names.toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

test('the path and query are asked for as they are configured, without anything to defeat caches', async () => {
  const origin = await originOfTest();
  await fetcherOfTest().fetch(sourceAt(`${origin.url}/a%20b/feed?x=1&y=%E6%96%B0#top`), {});
  expect(origin.requests[0]?.path).toBe('/a%20b/feed?x=1&y=%E6%96%B0');
});

test('a cookie that a server sets is not sent back', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', { headers: { 'set-cookie': 'id=1; Path=/' }, body: '<rss/>' });
  const fetcher = fetcherOfTest();
  await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {});
  await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {});
  expect(origin.requests).toHaveLength(2);
  expect(origin.requests[1]?.header('cookie')).toBeUndefined();
});

test('configured header fields are sent once, whatever their case', async () => {
  const origin = await originOfTest();
  const headers = { 'USER-Agent': 'mine', Authorization: 'Bearer t0ken', Accept: 'text/csv' };
  await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`, { headers }), {});
  const [request] = origin.requests;
  expect(request?.header('user-agent')).toBe('mine');
  expect(request?.header('authorization')).toBe('Bearer t0ken');
  expect(request?.header('accept')).toBe('text/csv');
  expect(request?.names.filter((name) => name === 'user-agent')).toHaveLength(1);
});

test('a header field that cannot be sent fails its source, and nothing is sent', async () => {
  const origin = await originOfTest();
  const source = sourceAt(`${origin.url}/feed.xml`, { headers: { 'x-token': 'a\r\nb: c' } });
  expect(await fetcherOfTest().fetch(source, {})).toMatchObject({
    kind: 'failed',
    error: { code: 'bad-request' },
  });
  expect(origin.requests).toHaveLength(0);
});

test('one connection serves a host request after request', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', { body: '<rss/>' }, { status: 404, body: 'gone for now' }, { body: '<rss>2</rss>' });
  const fetcher = fetcherOfTest();
  for (let poll = 0; poll < 3; poll++) await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {});
  expect(origin.requests).toHaveLength(3);
  expect(origin.connections()).toBe(1);
});

test('a host has at most `perHost` connections', async () => {
  const origin = await originOfTest({ otherwise: { body: '<rss/>' } });
  const fetcher = fetcherOfTest({ perHost: 2 });
  const urls = Array.from({ length: 8 }, (_, index) => `${origin.url}/${index}`);
  await Promise.all(urls.map((url) => fetcher.fetch(sourceAt(url), {})));
  expect(origin.requests).toHaveLength(8);
  expect(origin.connections()).toBeLessThanOrEqual(2);
});
