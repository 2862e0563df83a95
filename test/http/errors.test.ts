import { METHODS } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFront } from '../../src/http/front.ts';
import type { Site } from '../support/site.ts';
import { openRiver } from './river.ts';

/** What cannot be answered as asked: RFC 9457. */

let site: Site;

beforeAll(async () => {
  site = await openRiver();
});

afterAll(() => site[Symbol.asyncDispose]());

async function expectProblem(answer: ReturnType<Site['ask']>, status: number): Promise<void> {
  const { statusCode, headers, body } = await answer;
  expect(statusCode).toBe(status);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers.vary).toBe('Accept-Encoding');
  const problem = JSON.parse(body) as Record<string, unknown>;
  expect(problem).toMatchObject({ type: 'about:blank', status });
  expect(problem['title']).toMatch(/\w/);
  expect(problem['detail']).toMatch(/\w/);
  expect(body).not.toMatch(/node_modules|\.ts:\d|at async|SQLITE|SELECT /);
}

describe('a bad value is 400', () => {
  test.each([
    'limit=0',
    'limit=501',
    'limit=-1',
    'limit=1.5',
    'limit=1e2',
    'limit=abc',
    'limit=',
    'limit=99999999999999999999',
    'limit=0x10',
    'limit=%2010',
    'limit=5&limit=6',
    'content=everything',
    'content=full&content=none',
    'script=latin',
    'script=Hans',
    `q=${'x'.repeat(501)}`,
    'q=a&q=b',
    `exclude=${'x'.repeat(501)}`,
  ])('/feeds/all.atom?%s', async (query) => {
    await expectProblem(site.get(`/feeds/all.atom?${query}`), 400);
  });

  test.each([
    '/api/items?limit=0',
    '/api/items?limit=501',
    '/api/items?since=-1',
    '/api/items?since=x',
    '/api/items?cursor=nonsense',
    '/api/items?cursor=W10',
    '/api/items?cursor=WzEsMiwzXQ',
    '/api/items?cursor=bnVsbA',
    '/api/items?since=1&cursor=nonsense',
    '/api/items?since=1&cursor=W251bGwsMCwwLDFd',
    '/api/stories?limit=0',
    '/api/stories?cursor=nonsense',
    '/opml?of=everything',
    '/opml?of=sources&of=feeds',
  ])('%s', async (url) => {
    await expectProblem(site.get(url), 400);
  });

  test('and says what was found and what is allowed', async () => {
    const { body } = await site.get('/feeds/all.atom?limit=abc');
    const { detail } = JSON.parse(body) as { detail: string };
    expect(detail).toContain('limit');
    expect(detail).toContain('abc');
    expect(detail).toContain('1');
    expect(detail).toContain('500');
  });
});

describe('what is not there is 404', () => {
  test.each([
    '/nothing',
    '/feeds',
    '/feeds/',
    '/feeds/all',
    '/feeds/all.xml',
    '/feeds/all.ATOM',
    '/feeds/.atom',
    '/feeds/none.atom',
    '/feeds/topics/none.atom',
    '/feeds/topics/.atom',
    '/feeds/topics.atom',
    '/feeds/sources/none.rss',
    '/feeds/sources/none.json',
    '/feeds/incidents.rss',
    '/feeds/all/archive/1.atom',
    '/feeds/all/archive/0.atom',
    '/feeds/all/archive/x.atom',
    '/feeds/none/archive/1.atom',
    '/feeds/all/archive/1.json',
    '/feeds/all/archive/0.json',
    '/feeds/all/archive/1.rss',
    '/feeds/__proto__.atom',
    '/feeds/topics/__proto__.atom',
    '/feeds/topics/constructor.json',
    '/feeds/all.__proto__',
    '/feeds/all.constructor',
    '/feeds/../../etc/passwd',
    '/feeds/%2e%2e/%2e%2e/etc/passwd.atom',
    '/feeds/topics/..%2f..%2fall.atom',
    '/feeds/all.atom/',
    '/feeds/all.atom?topic=none',
    '/feeds/all.atom?topic=',
    '/feeds/all.atom?source=none',
    '/feeds/all.atom?source=__proto__',
    '/feeds/all.atom?exclude-source=none',
    '/api/',
    '/api/none',
    '/api/items?topic=none',
    '/api/items?source=none',
    '/api/items/0000000000000000',
    '/api/items/nonsense',
    '/api/items/__proto__',
    '/api/items/0000000000000000/explain',
    '/api/items/nonsense/explain',
    '/api/stories?topic=none',
    '/api/sources/none',
    '/items/0000000000000000',
    '/items/nonsense',
    '/items/%3Cscript%3E',
    '/.env',
    '/data/news.db',
  ])('%s', async (url) => {
    await expectProblem(site.get(url), 404);
  });

  test.each(['/api/sources/upper/poll', '/api/reload'])(
    'POST %s, for no token is configured',
    async (url) => {
      await expectProblem(site.ask({ method: 'POST', url }), 404);
      await expectProblem(site.ask({ method: 'POST', url, headers: { authorization: 'Bearer ' } }), 404);
      await expectProblem(
        site.ask({ method: 'POST', url, headers: { authorization: 'Bearer undefined' } }),
        404,
      );
    },
  );
});

test.each(['/%', '/feeds/%ff.atom', '/feeds/%E4%A.atom', '/items/%zz'])(
  'a path that is not percent-encoded as URLs are is 400: %s',
  async (url) => {
    await expectProblem(site.get(url), 400);
  },
);

test('a path that is too long to be one is 414', async () => {
  await expectProblem(site.get(`/items/${'a'.repeat(5000)}`), 414);
});

describe('a method that is not possible is 405 with those that are', () => {
  const paths = [
    '/',
    '/feeds/all.atom',
    '/feeds/topics/water.rss',
    '/feeds/sources/upper.json',
    '/opml',
    '/api/items',
    '/api/stories',
    '/api/sources',
    '/api/topics',
    '/healthz',
    '/readyz',
    '/robots.txt',
    '/favicon.svg',
  ];
  const methods = METHODS.filter((method) => !['GET', 'HEAD', 'OPTIONS', 'CONNECT'].includes(method));

  test.each(paths)('%s', async (url) => {
    for (const method of methods) {
      const answer = site.ask({ method: method, url });
      await expectProblem(answer, 405);
      const allowed = String((await answer).headers.allow).split(/, */);
      expect(allowed).toEqual(expect.arrayContaining(['GET', 'HEAD']));
      expect(allowed).not.toContain(method);
    }
  });

  test.each([
    ['application/x-www-form-urlencoded', 'a=1'],
    ['application/json', '{ broken'],
    ['nonsense', 'x'],
    ['text/plain', 'x'.repeat(100_000)],
  ])('whatever its body is: %s', async (type, payload) => {
    const headers = { 'content-type': type };
    await expectProblem(site.ask({ method: 'POST', url: '/feeds/all.atom', headers, payload }), 405);
  });
});

test('a request without a host is told so', async () => {
  const front = createFront();
  const port = await front.listen('127.0.0.1', 0);
  const socket = connect(port, '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\n\r\n');
  const answer = (await socket.setEncoding('utf8').toArray()).join('');
  await front.close();
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/^content-type: application\/problem\+json\r$/im);
  expect(answer).toMatch(/"status":400/);
});

describe('OPTIONS', () => {
  test('says the same to other pages as GET does', async () => {
    for (const url of [
      '/',
      '/feeds/all.atom',
      '/api/items',
      '/opml',
      '/robots.txt',
      '/metrics',
      '/openapi.json',
    ]) {
      const options = await site.ask({ method: 'OPTIONS', url });
      const get = await site.get(url);
      expect([url, options.headers['access-control-allow-origin']]).toEqual([
        url,
        get.headers['access-control-allow-origin'],
      ]);
    }
  });

  test('of what is only acted on says so, and lets no page do it', async () => {
    await using administered = await openRiver({ server: { adminToken: 'a-token-of-some-length' } });
    const { statusCode, headers } = await administered.ask({ method: 'OPTIONS', url: '/api/reload' });
    expect(statusCode).toBe(204);
    expect(headers.allow).toBe('POST, OPTIONS');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test.each(['/feeds/all.atom', '/api/items', '/opml'])('%s tells a browser what it may', async (url) => {
    const { statusCode, headers } = await site.ask({
      method: 'OPTIONS',
      url,
      headers: {
        origin: 'https://reader.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'if-none-match',
      },
    });
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-methods']).toContain('GET');
    expect(String(headers['access-control-allow-headers']).toLowerCase()).toContain('if-none-match');
  });
});
