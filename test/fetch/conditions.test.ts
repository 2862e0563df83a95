import { expect, test } from 'vitest';
import type { FetchOutcome, LastFetch } from '../../src/fetch/outcome.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';

/** What a caller remembers of an outcome. */
function remembered(outcome: FetchOutcome, before: LastFetch = {}): LastFetch {
  if (outcome.kind !== 'fetched' && outcome.kind !== 'unchanged') return before;
  return {
    ...before,
    ...(outcome.validators && { validators: outcome.validators }),
    ...(outcome.bodyHash !== undefined && { bodyHash: outcome.bodyHash }),
  };
}

test('validators are sent back to the byte, however they look', async () => {
  const strange = [
    '"abc"',
    'W/"abc"',
    'unquoted',
    '"a"b"',
    '"with, comma"',
    '"tab\there"',
    'W/"6e7-gzip"',
    '"\u00e9\u00ff\u0080"', // bytes E9 FF 80
    Buffer.from('"新闻-1"').toString('latin1'),
  ];
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  for (const etag of strange) {
    const lastModified = 'some time ago, in no known format';
    origin.on('/feed.xml', { headers: { etag, 'last-modified': lastModified }, body: etag }, { status: 304 });
    const source = sourceAt(`${origin.url}/feed.xml`);
    const first = await fetcher.fetch(source, {});
    const second = await fetcher.fetch(source, remembered(first));
    expect(second).toMatchObject({ kind: 'unchanged', status: 304 });
    expect(origin.requests.at(-1)?.header('if-none-match')).toBe(etag);
    expect(origin.requests.at(-1)?.header('if-modified-since')).toBe(lastModified);
  }
});

test('a validator that was sent twice is none', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', { headers: { etag: ['"1"', '"2"'], 'last-modified': ['a', 'b'] }, body: '<rss/>' });
  const url = `${origin.url}/feed.xml`;
  const outcome = await fetcherOfTest().fetch(sourceAt(url), {});
  expect(outcome.kind === 'fetched' && outcome.validators).toEqual({ url });
});

test('a document equal to the last one is unchanged, whatever its validators say', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  origin.on(
    '/feed.xml',
    { headers: { etag: '"1"' }, body: '<rss/>' },
    { headers: { etag: '"2"' }, body: '<rss/>' },
  );
  const first = await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {});
  const second = await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), remembered(first));
  expect(second).toMatchObject({ kind: 'unchanged', status: 200, validators: { etag: '"2"' } });
});

test('another document under the same ETag is new', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  const headers = { etag: '"1"' };
  origin.on('/feed.xml', { headers, body: '<rss/>' }, { headers, body: '<rss>more</rss>' });
  const first = await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {});
  const second = await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), remembered(first));
  expect(second.kind === 'fetched' && Buffer.from(second.bytes).toString()).toBe('<rss>more</rss>');
});

test('a 200 replaces both validators, and takes away what it does not carry', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  const url = `${origin.url}/feed.xml`;
  origin.on('/feed.xml', { headers: { 'last-modified': 'Mon' }, body: '<rss/>' });
  const outcome = await fetcher.fetch(sourceAt(url), {
    validators: { url, etag: '"1"', lastModified: 'Sun' },
  });
  expect(outcome).toMatchObject({ kind: 'fetched' });
  expect(remembered(outcome).validators).toEqual({ url, lastModified: 'Mon' });
});

test('a 304 replaces only the validators that it carries', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  const url = `${origin.url}/feed.xml`;
  origin.on('/feed.xml', { status: 304, headers: { etag: '"2"' } });
  const outcome = await fetcher.fetch(sourceAt(url), {
    validators: { url, etag: '"1"', lastModified: 'Sun' },
  });
  expect(remembered(outcome).validators).toEqual({ url, etag: '"2"', lastModified: 'Sun' });
});

test('validators mean nothing to another URL', async () => {
  const origin = await originOfTest();
  const validators = { url: `${origin.url}/old.xml`, etag: '"1"', lastModified: 'Sun' };
  await fetcherOfTest().fetch(sourceAt(`${origin.url}/new.xml`), { validators });
  expect(origin.requests[0]?.header('if-none-match')).toBeUndefined();
  expect(origin.requests[0]?.header('if-modified-since')).toBeUndefined();
});

test('validators belong to the URL at the end of the redirects, and are sent there', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  origin.on('/feed', { status: 302, headers: { location: '/feed.xml', etag: '"of the redirect"' } });
  origin.on('/feed.xml', { headers: { etag: '"1"' }, body: '<rss/>' }, { status: 304 });
  const first = await fetcher.fetch(sourceAt(`${origin.url}/feed`), {});
  expect(remembered(first).validators).toEqual({ url: `${origin.url}/feed.xml`, etag: '"1"' });
  const second = await fetcher.fetch(sourceAt(`${origin.url}/feed`), remembered(first));
  expect(second).toMatchObject({ kind: 'unchanged', status: 304 });
  const sent = origin.requests.map((request) => [request.path, request.header('if-none-match')]);
  expect(sent.slice(2)).toEqual([
    ['/feed', undefined],
    ['/feed.xml', '"1"'],
  ]);
});

test('a 304 that nobody asked for is a failure', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', { status: 304 });
  const outcome = await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {});
  expect(outcome).toMatchObject({ kind: 'failed', status: 304, error: { code: 'http-304' } });
});

test('empty and monstrous validators are not kept', async () => {
  const origin = await originOfTest();
  const url = `${origin.url}/feed.xml`;
  origin.on('/feed.xml', { headers: { etag: '', 'last-modified': 'x'.repeat(2000) }, body: '<rss/>' });
  const outcome = await fetcherOfTest().fetch(sourceAt(url), {});
  expect(remembered(outcome).validators).toEqual({ url });
});

test('a delta is asked for only together with a validator', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  const url = `${origin.url}/feed.xml`;
  await fetcher.fetch(sourceAt(url), {});
  await fetcher.fetch(sourceAt(url), { validators: { url, etag: '"1"' } });
  expect(origin.requests.map((request) => request.header('a-im'))).toEqual([undefined, 'feed']);
});

test.each([
  ['feed', true],
  ['FEED', true],
  [undefined, true],
  ['vcdiff', false],
  ['feed, gzip', false],
])('a 226 with IM: %s is a delta: %s', async (im, isDelta) => {
  const origin = await originOfTest();
  const url = `${origin.url}/feed.xml`;
  origin.on('/feed.xml', {
    status: 226,
    headers: { etag: '"2"', ...(im && { im }) },
    body: '<rss>new</rss>',
  });
  const outcome = await fetcherOfTest().fetch(sourceAt(url), { validators: { url, etag: '"1"' } });
  expect(outcome).toMatchObject(
    isDelta
      ? { kind: 'fetched', status: 226, delta: true, validators: { url, etag: '"2"' } }
      : { kind: 'failed', error: { code: 'http-226' } },
  );
});

test('a whole document is no delta, and a 226 to a plain request is a failure', async () => {
  const origin = await originOfTest();
  origin.on('/whole.xml', { body: '<rss/>' });
  origin.on('/delta.xml', { status: 226, headers: { im: 'feed' }, body: '<rss/>' });
  const fetcher = fetcherOfTest();
  expect(await fetcher.fetch(sourceAt(`${origin.url}/whole.xml`), {})).not.toHaveProperty('delta');
  expect(await fetcher.fetch(sourceAt(`${origin.url}/delta.xml`), {})).toMatchObject({
    error: { code: 'http-226' },
  });
});
