import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFetcher } from '../../src/fetch/fetch.ts';
import type { Resolve } from '../../src/fetch/guard/resolve.ts';
import { fetcherOfTest, fetchSettings, originOfTest, sourceAt } from '../support/fetching.ts';
import { feedsTest, withTestAuthority } from '../support/tls.ts';

/** A proxy that leads every host to one port here, or nowhere, and writes down what it was asked for. */
async function proxyTo(port?: number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`GET ${request.url ?? ''}`);
    const { pathname } = new URL(request.url ?? '');
    get({ port, host: '127.0.0.1', path: pathname, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    client.on('error', () => undefined);
    if (port === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const there = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    there.on('error', () => undefined).pipe(client);
    client.pipe(there);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

withTestAuthority();

const resolve: Resolve = (hostname) =>
  Promise.resolve([{ address: hostname === 'inside.test' ? '10.0.0.1' : '93.184.215.14', family: 4 }]);

test('the proxy of the environment is asked for hosts of the Internet, wherever it is itself', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', { body: '<rss/>' });
  const proxy = await proxyTo(origin.port);
  const fetcher = fetcherOfTest({ allow: [] }, { resolve, environment: { HTTP_PROXY: proxy.url } });
  expect(await fetcher.fetch(sourceAt('http://news.test/feed.xml'), {})).toMatchObject({ kind: 'fetched' });
  expect(proxy.asked).toEqual(['GET http://news.test/feed.xml']);
});

test('a proxy is not asked for a host that is not on the Internet', async () => {
  const origin = await originOfTest();
  const proxy = await proxyTo(origin.port);
  const environment = { http_proxy: proxy.url, https_proxy: proxy.url };
  const fetcher = fetcherOfTest({ allow: [] }, { resolve, environment });
  for (const url of [
    'http://inside.test/',
    'https://inside.test/',
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://0x7f.1/',
  ]) {
    expect(await fetcher.fetch(sourceAt(url), {})).toMatchObject({ error: { code: 'forbidden-address' } });
  }
  expect(proxy.asked).toEqual([]);
});

test('https goes through a tunnel, in which the certificate is that of the host', async () => {
  const origin = await originOfTest({ tls: feedsTest });
  origin.on('/feed.xml', { body: '<rss/>' });
  const proxy = await proxyTo(origin.port);
  const fetcher = fetcherOfTest({ allow: [] }, { resolve, environment: { HTTPS_PROXY: proxy.url } });
  expect(await fetcher.fetch(sourceAt('https://feeds.test/feed.xml'), {})).toMatchObject({ kind: 'fetched' });
  expect(await fetcher.fetch(sourceAt('https://other.test/feed.xml'), {})).toMatchObject({
    error: { code: 'tls' },
  });
  expect(proxy.asked).toEqual(['CONNECT feeds.test:443', 'CONNECT other.test:443']);
});

test('a proxy that opens no tunnel is named', async () => {
  const proxy = await proxyTo();
  const fetcher = fetcherOfTest({ allow: [] }, { resolve, environment: { HTTPS_PROXY: proxy.url } });
  expect(await fetcher.fetch(sourceAt('https://news.test/feed.xml'), {})).toMatchObject({
    kind: 'failed',
    error: { code: 'proxy' },
  });
  expect(proxy.asked).toEqual(['CONNECT news.test:443']);
});

test('hosts of NO_PROXY are asked directly, and guarded as ever', async () => {
  const origin = await originOfTest({ otherwise: { body: '<rss/>' } });
  const proxy = await proxyTo(origin.port);
  const environment = { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1,127.0.0.2' };
  const fetcher = fetcherOfTest({}, { resolve, environment });
  expect(await fetcher.fetch(sourceAt(`${origin.url}/feed.xml`), {})).toMatchObject({ kind: 'fetched' });
  expect(await fetcher.fetch(sourceAt(`http://127.0.0.2:${origin.port}/`), {})).toMatchObject({
    error: { code: 'forbidden-address' },
  });
  expect(proxy.asked).toEqual([]);
});

test('a proxy without a scheme is an http proxy; one that is no URL stops the program in plain words', async () => {
  const proxy = await proxyTo();
  const environment = { HTTPS_PROXY: proxy.url.replace('http://', '') };
  await fetcherOfTest({ allow: [] }, { resolve, environment }).fetch(sourceAt('https://news.test/'), {});
  expect(proxy.asked).toEqual(['CONNECT news.test:443']);
  expect(() => createFetcher(fetchSettings(), { environment: { HTTP_PROXY: 'http://[' } })).toThrow(
    'fetch: HTTP_PROXY is not a URL',
  );
});
