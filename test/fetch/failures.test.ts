import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/fetch/failure.ts';
import { printableUrl } from '../../src/fetch/printable-url.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';

const codeFor = (code: string): string | undefined => {
  const outcome = failureOf(Object.assign(new Error('raw'), { code }), 'http://a.test/');
  return outcome.kind === 'failed' ? outcome.error.code : undefined;
};

test.each([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['SOMETHING_NEW', 'network'],
])('%s of the network is called %s', (code, expected) => {
  expect(codeFor(code)).toBe(expected);
});

test('a defect of the program is not taken for a failure of the network', () => {
  expect(() => failureOf(new TypeError('undefined is not a function'), 'http://a.test/')).toThrow(TypeError);
});

test('a host where nobody listens refuses', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await fetcherOfTest().fetch(sourceAt(`http://127.0.0.1:${port}/`), {})).toMatchObject({
    kind: 'failed',
    error: {
      code: 'refused',
      message: `fetch: http://127.0.0.1:${port}/: the host refuses connections (ECONNREFUSED)`,
    },
  });
});

test('a name that does not exist is told from a host that is down', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
  expect(await fetcherOfTest({}, { resolve }).fetch(sourceAt('http://nowhere.test/'), {})).toMatchObject({
    error: {
      code: 'dns',
      message: 'fetch: http://nowhere.test/: the host name cannot be resolved (ENOTFOUND)',
    },
  });
});

test('a message holds no secret of the URL or of the header fields', async () => {
  const origin = await originOfTest();
  const secret = 's3cret';
  origin.on(`/feed?token=${secret}`, { status: 302, headers: { location: `file:///${secret}` } });
  const fetcher = fetcherOfTest();
  const headers = { Authorization: `Bearer ${secret}` };
  for (const url of [
    `http://u:${secret}@${origin.host}/?key=${secret}`,
    `${origin.url}/feed?token=${secret}`,
    `http://${secret}@127.0.0.1:1/`,
    `http://${secret}@10.0.0.1/`,
  ]) {
    const outcome = await fetcher.fetch(sourceAt(url, { headers }), {});
    expect(outcome.kind).toBe('failed');
    expect(JSON.stringify({ ...outcome, from: undefined })).not.toContain(secret);
  }
});

test.each([
  ['https://a.test/feed.xml', 'https://a.test/feed.xml'],
  ['https://user:password@a.test:8443/feed.xml', 'https://a.test:8443/feed.xml'],
  ['https://a.test/feed?token=1&x=2#y', 'https://a.test/feed?…'],
])('%s is printed as %s', (url, printed) => {
  expect(printableUrl(url)).toBe(printed);
});
