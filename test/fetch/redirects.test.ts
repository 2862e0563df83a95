import { expect, test } from 'vitest';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';

const feed = { headers: { etag: '"1"' }, body: '<rss/>' };

const to = (location: string, status = 302) => ({ status, headers: { location }, body: 'over there' });

test.each([301, 302, 303, 307, 308])('a %i is followed', async (status) => {
  const origin = await originOfTest();
  origin.on('/old', to('/new', status));
  origin.on('/new', feed);
  const outcome = await fetcherOfTest().fetch(sourceAt(`${origin.url}/old`), {});
  expect(outcome).toMatchObject({ kind: 'fetched', status: 200, url: `${origin.url}/new` });
});

test.each([
  { statuses: [301], moved: true },
  { statuses: [308], moved: true },
  { statuses: [301, 308], moved: true },
  { statuses: [302], moved: false },
  { statuses: [303], moved: false },
  { statuses: [307], moved: false },
  { statuses: [301, 302], moved: false },
  { statuses: [307, 301], moved: false },
])('redirects $statuses are a move for good: $moved', async ({ statuses, moved }) => {
  const origin = await originOfTest();
  for (const [hop, status] of statuses.entries()) origin.on(`/${hop}`, to(`/${hop + 1}`, status));
  origin.on(`/${statuses.length}`, feed, { status: 304 });
  const end = `${origin.url}/${statuses.length}`;
  const fetcher = fetcherOfTest();
  const source = sourceAt(`${origin.url}/0`);
  const outcomes = [
    await fetcher.fetch(source, {}),
    await fetcher.fetch(source, { validators: { url: end, etag: '"1"' } }),
  ];
  expect(outcomes.map(({ kind }) => kind)).toEqual(['fetched', 'unchanged']);
  for (const outcome of outcomes) {
    if (moved) expect(outcome).toHaveProperty('movedPermanently', end);
    else expect(outcome).not.toHaveProperty('movedPermanently');
  }
});

test('a permanent redirect to what is not there moves nothing', async () => {
  const origin = await originOfTest();
  origin.on('/old', to('/nowhere', 301));
  const outcome = await fetcherOfTest().fetch(sourceAt(`${origin.url}/old`), {});
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'http-404' } });
  expect(outcome).not.toHaveProperty('movedPermanently');
});

test('five redirects are followed, a sixth is not', async () => {
  const origin = await originOfTest();
  for (let hop = 0; hop < 6; hop++) origin.on(`/${hop}`, to(`/${hop + 1}`));
  origin.on('/6', feed);
  const fetcher = fetcherOfTest();
  expect(await fetcher.fetch(sourceAt(`${origin.url}/1`), {})).toMatchObject({ kind: 'fetched' });
  expect(origin.requests).toHaveLength(6);
  const outcome = await fetcher.fetch(sourceAt(`${origin.url}/0`), {});
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'redirects' } });
  expect(origin.requests).toHaveLength(12);
});

test.each([
  ['itself', { '/a': '/a' }, 1],
  ['each other', { '/a': '/b', '/b': '/a' }, 2],
  ['itself by another fragment', { '/a': '/a#again' }, 1],
])('redirects of a URL to %s end at once', async (_name, script, requests) => {
  const origin = await originOfTest();
  for (const [path, location] of Object.entries(script)) origin.on(path, to(location));
  const outcome = await fetcherOfTest().fetch(sourceAt(`${origin.url}/a`), {});
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'redirects' } });
  expect(origin.requests).toHaveLength(requests);
});

test.each([
  'file:///etc/passwd',
  'ftp://127.0.0.1/feed.xml',
  'data:text/xml,<rss/>',
  'javascript:alert(1)',
  'gopher://127.0.0.1:70/',
  'http://',
  'http://a b/',
  'http://[::1/',
])('a redirect to %s leads nowhere', async (location) => {
  const origin = await originOfTest();
  origin.on('/feed.xml', to(location));
  const outcome = await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {});
  expect(outcome).toMatchObject({ kind: 'failed', status: 302, error: { code: 'bad-redirect' } });
  expect(origin.requests).toHaveLength(1);
});

test('a redirect without a Location, or with two, is a failure', async () => {
  const origin = await originOfTest();
  origin.on('/none', { status: 301 });
  origin.on('/two', { status: 301, headers: { location: ['/a', '/b'] } });
  const fetcher = fetcherOfTest();
  for (const path of ['/none', '/two']) {
    expect(await fetcher.fetch(sourceAt(origin.url + path), {})).toMatchObject({
      error: { code: 'bad-redirect' },
    });
  }
});

test.each([300, 305, 306])('a %i is no redirect to follow', async (status) => {
  const origin = await originOfTest();
  origin.on('/feed.xml', to('/other', status));
  expect(await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {})).toMatchObject({
    kind: 'failed',
    error: { code: `http-${status}` },
  });
  expect(origin.requests).toHaveLength(1);
});

test('a Location in plain UTF-8 is followed as browsers do', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', to(Buffer.from('/新闻.xml').toString('latin1')));
  origin.on('/%E6%96%B0%E9%97%BB.xml', feed);
  expect(await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {})).toMatchObject({
    kind: 'fetched',
  });
});

test('header fields of a source stay with its origin', async () => {
  const [home, away] = [await originOfTest(), await originOfTest()];
  home.on('/feed.xml', to('/moved.xml'));
  home.on('/moved.xml', to(`${away.url}/feed.xml`));
  away.on('/feed.xml', feed);
  const source = sourceAt(`${home.url}/feed.xml`, {
    headers: { Authorization: 'Bearer t0ken', 'X-Key': 'k' },
  });
  expect(await fetcherOfTest().fetch(source, {})).toMatchObject({ kind: 'fetched' });
  expect(home.requests.map((request) => request.header('authorization'))).toEqual([
    'Bearer t0ken',
    'Bearer t0ken',
  ]);
  expect(away.requests[0]?.names).not.toContain('authorization');
  expect(away.requests[0]?.names).not.toContain('x-key');
});

test('header fields of a source stay with its origin when it has moved for good', async () => {
  const [home, away] = [await originOfTest(), await originOfTest()];
  home.on('/moved.xml', feed);
  away.on('/feed.xml', feed);
  const source = sourceAt(`${home.url}/feed.xml`, { headers: { Authorization: 'Bearer t0ken' } });
  const fetcher = fetcherOfTest();
  expect(await fetcher.fetch(source, { movedTo: `${away.url}/feed.xml` })).toMatchObject({ kind: 'fetched' });
  expect(away.requests[0]?.names).not.toContain('authorization');
  expect(await fetcher.fetch(source, { movedTo: `${home.url}/moved.xml` })).toMatchObject({
    kind: 'fetched',
  });
  expect(home.requests[0]?.header('authorization')).toBe('Bearer t0ken');
});

test('what another origin redirects back to gets no credentials', async () => {
  const [home, away] = [await originOfTest(), await originOfTest()];
  home.on('/feed.xml', to(`${away.url}/trap`));
  away.on('/trap', to(`${home.url}/private`));
  home.on('/private', feed);
  const source = sourceAt(`${home.url}/feed.xml`, { headers: { Authorization: 'Bearer t0ken' } });
  await fetcherOfTest().fetch(source, {});
  expect(home.requests.map((request) => request.header('authorization'))).toEqual([
    'Bearer t0ken',
    undefined,
  ]);
});

test('user names and passwords in a Location are not used, kept or shown', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', to(`http://someone:secret@${origin.host}/other.xml`));
  origin.on('/other.xml', feed);
  const outcome = await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {});
  expect(outcome).toMatchObject({ kind: 'fetched', url: `${origin.url}/other.xml` });
  expect(JSON.stringify(outcome)).not.toContain('secret');
  expect(origin.requests[1]?.header('authorization')).toBeUndefined();
});

test('a source with credentials is moved for good only within its origin', async () => {
  const [home, away] = [await originOfTest(), await originOfTest()];
  home.on('/a', to('/b', 301));
  home.on('/b', feed);
  home.on('/c', to(`${away.url}/feed.xml`, 301));
  away.on('/feed.xml', feed);
  const headers = { Authorization: 'Bearer t0ken' };
  const fetcher = fetcherOfTest();
  expect(await fetcher.fetch(sourceAt(`${home.url}/a`, { headers }), {})).toHaveProperty(
    'movedPermanently',
    `${home.url}/b`,
  );
  expect(await fetcher.fetch(sourceAt(`${home.url}/c`), {})).toHaveProperty(
    'movedPermanently',
    `${away.url}/feed.xml`,
  );
  expect(await fetcher.fetch(sourceAt(`${home.url}/c`, { headers }), {})).not.toHaveProperty(
    'movedPermanently',
  );
});

test('the body of a redirect is not waited for', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', {
    raw: 'HTTP/1.1 302 Found\r\nlocation: /other.xml\r\ncontent-length: 1000\r\n\r\nnever the rest',
    then: 'keep',
  });
  origin.on('/other.xml', feed);
  const fetcher = fetcherOfTest({ perHost: 2 });
  expect(await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {})).toMatchObject({ kind: 'fetched' });
});

test('a host whose redirect never ends is asked again on a new connection', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', {
    raw: 'HTTP/1.1 302 Found\r\nlocation: /other.xml\r\ncontent-length: 1000\r\n\r\nnever the rest',
    then: 'keep',
  });
  origin.on('/other.xml', feed);
  expect(await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {})).toMatchObject({
    kind: 'fetched',
  });
  expect(origin.connections()).toBe(2);
});
