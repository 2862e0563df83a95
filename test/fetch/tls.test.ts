import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';
import { feedsTest as tls, trustTestAuthority, withTestAuthority } from '../support/tls.ts';

withTestAuthority();

const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

test('a document is read over TLS, with the name of its host in SNI and on the certificate', async () => {
  const origin = await originOfTest({ tls });
  let shown: unknown;
  origin.on('/feed.xml', (_request, socket) => {
    if (socket instanceof TLSSocket) shown = socket.servername;
    return { headers: { etag: '"1"' }, body: '<rss/>' };
  });
  const url = `https://feeds.test:${origin.port}/feed.xml`;
  expect(await fetcherOfTest({}, { resolve }).fetch(sourceAt(url), {})).toMatchObject({
    kind: 'fetched',
    url,
  });
  expect(shown).toBe('feeds.test');
});

test.each([
  ['a name that is not on the certificate', 'other.test'],
  ['an address that is not on the certificate', '127.0.0.1'],
])('%s is not trusted', async (_name, host) => {
  const origin = await originOfTest({ tls });
  const outcome = await fetcherOfTest({}, { resolve }).fetch(sourceAt(`https://${host}:${origin.port}/`), {});
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'tls' } });
  expect(origin.requests).toHaveLength(0);
});

test('a certificate of an unknown authority is not trusted', async () => {
  trustTestAuthority(false);
  try {
    const origin = await originOfTest({ tls });
    const url = `https://feeds.test:${origin.port}/`;
    expect(await fetcherOfTest({}, { resolve }).fetch(sourceAt(url), {})).toMatchObject({
      error: { code: 'tls' },
    });
    expect(origin.requests).toHaveLength(0);
  } finally {
    trustTestAuthority(true);
  }
});

test('a host that speaks no TLS is not trusted', async () => {
  const plain = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  onTestFinished(() => void plain.close());
  const { port } = plain.address() as AddressInfo;
  const outcome = await fetcherOfTest({}, { resolve }).fetch(sourceAt(`https://feeds.test:${port}/`), {});
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'tls' } });
});

test('TLS does not begin before the address is judged', async () => {
  const origin = await originOfTest({ tls });
  const fetcher = fetcherOfTest({ allow: [] }, { resolve });
  const outcome = await fetcher.fetch(sourceAt(`https://feeds.test:${origin.port}/`), {});
  expect(outcome).toMatchObject({ error: { code: 'forbidden-address' } });
  expect(origin.connections()).toBe(0);
});

test('a redirect from https to http is not followed', async () => {
  const [secure, plain] = [await originOfTest({ tls }), await originOfTest()];
  secure.on('/feed.xml', { status: 301, headers: { location: `http://feeds.test:${plain.port}/feed.xml` } });
  const url = `https://feeds.test:${secure.port}/feed.xml`;
  expect(await fetcherOfTest({}, { resolve }).fetch(sourceAt(url), {})).toMatchObject({
    kind: 'failed',
    status: 301,
    error: { code: 'insecure-redirect' },
  });
  expect(plain.connections()).toBe(0);
});

test('a redirect from http to https is followed, without the header fields of the other origin', async () => {
  const [secure, plain] = [await originOfTest({ tls }), await originOfTest()];
  plain.on('/feed.xml', { status: 301, headers: { location: `https://feeds.test:${secure.port}/feed.xml` } });
  secure.on('/feed.xml', { body: '<rss/>' });
  const source = sourceAt(`http://feeds.test:${plain.port}/feed.xml`, {
    headers: { authorization: 'Bearer x' },
  });
  expect(await fetcherOfTest({}, { resolve }).fetch(source, {})).toMatchObject({ kind: 'fetched' });
  expect(secure.requests[0]?.names).not.toContain('authorization');
});
