import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Site } from '../support/site.ts';
import { openRiver } from './river.ts';

/** Reading with a name and a password: RFC 7617. */

const token = 'a-token-of-some-length';
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

let site: Site;

beforeAll(async () => {
  site = await openRiver({
    server: { readers: { alice: 'correct: horse', 李江: '密码' }, adminToken: token },
  });
});

afterAll(() => site[Symbol.asyncDispose]());

const paths = [
  '/',
  '/feeds/all.atom',
  '/feeds/all.json?limit=1',
  '/opml',
  '/api/items',
  '/metrics',
  '/nothing',
];

describe.each(paths)('%s', (path) => {
  test('is 401 for who is not named, and says how to be', async () => {
    const wrong = [
      'alice:wrong',
      'alice:',
      'bob:correct: horse',
      ':',
      'alice',
      '__proto__:x',
      'constructor:',
    ];
    for (const headers of [{}, { authorization: 'Basic' }, ...wrong.map(basic)]) {
      const answer = await site.get(path, headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="tributary", charset="UTF-8"');
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
  });
});

test.each(['alice:correct: horse', '李江:密码'])('%s reads', async (pair) => {
  const { statusCode, headers } = await site.get('/feeds/all.atom', basic(pair));
  expect(statusCode).toBe(200);
  // RFC 9111, 3.5: `public` would let a proxy give it to others.
  expect(headers['cache-control']).toMatch(/^private, max-age=\d+/);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('who has it gets 304, and it stays private', async () => {
  const reader = basic('alice:correct: horse');
  const { headers } = await site.get('/feeds/all.atom', reader);
  const again = await site.get('/feeds/all.atom', { ...reader, 'if-none-match': String(headers.etag) });
  expect(again.statusCode).toBe(304);
  expect(again.headers['cache-control']).toMatch(/^private, /);
});

test('the admin token opens everything', async () => {
  const headers = { authorization: `Bearer ${token}` };
  expect((await site.get('/feeds/all.atom', headers)).statusCode).toBe(200);
  expect((await site.ask({ method: 'POST', url: '/api/reload', headers })).statusCode).toBe(200);
});

test.each(['/healthz', '/readyz', '/readyz?x=1'])('%s is open to who watches over it', async (path) => {
  expect((await site.get(path)).statusCode).toBe(200);
});
