import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Site } from '../support/site.ts';
import { lowerLater, openRiver } from './river.ts';

/** What only the holder of the admin token can do: contract 6. */

const token = 'a-token-of-some-length';

let site: Site;

beforeAll(async () => {
  site = await openRiver({ server: { adminToken: token } });
});

afterAll(() => site[Symbol.asyncDispose]());

const post = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  site.ask({ method: 'POST', url, headers });

const authorization = `Bearer ${token}`;

test.each([
  undefined,
  'Bearer',
  'Bearer ',
  'Bearer wrong',
  `Bearer ${token}x`,
  `Bearer ${token.slice(0, -1)}`,
  `Basic ${token}`,
  token,
])('without the token it is 401: %s', async (value) => {
  for (const url of ['/api/sources/upper/poll', '/api/reload']) {
    const { statusCode, headers, body } = await post(
      url,
      value === undefined ? {} : { authorization: value },
    );
    expect(statusCode).toBe(401);
    // RFC 9110, 11.6.1
    expect(headers['www-authenticate']).toMatch(/^Bearer\b/);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).not.toContain(token);
  }
});

test('a source is polled at once, and its news is there', async () => {
  await site.write('lower.xml', lowerLater);
  const { statusCode, headers, body } = await post('/api/sources/lower/poll', { authorization });
  expect(statusCode).toBe(200);
  expect(headers['cache-control']).toBe('private, no-store');
  expect(JSON.parse(body)).toMatchObject({ source: 'lower', kind: 'fetched', new: 1 });
  expect((await site.get('/api/items?limit=1')).body).toContain('水位再度上漲');
});

test('a source that is unknown is 404', async () => {
  expect((await post('/api/sources/none/poll', { authorization })).statusCode).toBe(404);
});

test('reload answers', async () => {
  expect((await post('/api/reload', { authorization })).statusCode).toBe(200);
});

test('what a client sends along does not matter', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain']) {
    const headers = { authorization, 'content-type': type };
    const { statusCode } = await site.ask({ method: 'POST', url: '/api/reload', headers, payload: '' });
    expect(statusCode, type).toBe(200);
  }
});

test('looking is not enough', async () => {
  for (const url of ['/api/sources/upper/poll', '/api/reload']) {
    const { statusCode, headers } = await site.ask({ method: 'GET', url, headers: { authorization } });
    expect(statusCode).toBe(405);
    expect(headers.allow).toBe('POST, OPTIONS');
  }
});
