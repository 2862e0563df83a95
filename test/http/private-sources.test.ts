import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFeed } from 'feedsmith';
import { apiIdOf } from '../../src/identify/entry-id.ts';
import type { Site } from '../support/site.ts';
import { openRiver } from './river.ts';

/** What is private is there for the holder of the admin token, and for nobody else: contract 3. */

const token = 'a-token-of-some-length';
const authorization = { authorization: `Bearer ${token}` };
const apiId = apiIdOf('tag:secret.example,2024:1');

let site: Site;

beforeAll(async () => {
  site = await openRiver({ server: { adminToken: token } });
});

afterAll(() => site[Symbol.asyncDispose]());

const paths = [
  '/feeds/sources/secret.atom',
  '/feeds/sources/secret.rss',
  '/feeds/sources/secret.json',
  '/api/items?source=secret',
  '/api/items?source=secret&since=0',
  `/api/items/${apiId}`,
  '/api/sources/secret',
];

describe.each(paths)('%s', (path) => {
  test('is there with the token, and kept nowhere', async () => {
    const { statusCode, headers, body } = await site.get(path, authorization);
    expect(statusCode).toBe(200);
    expect(body).toContain('secret');
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test('is not there without it, nor with another', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${token}` }])
      expect((await site.get(path, headers)).statusCode).toBe(404);
  });
});

test('its feed is its news, as any source’s is', async () => {
  const { body } = await site.get('/feeds/sources/secret.atom', authorization);
  const parsed = parseFeed(body);
  if (parsed.format !== 'atom') throw new Error(`read as ${parsed.format}`);
  expect(parsed.feed.entries?.map(({ id }) => id)).toEqual([
    'tag:secret.example,2024:1',
    'tag:secret.example,2024:2',
  ]);
});

test('/api/sources names it to the holder of the token', async () => {
  const idsFor = async (headers: Readonly<Record<string, string>>) =>
    (await site.get('/api/sources', headers))
      .json<{ sources: { id: string }[] }>()
      .sources.map(({ id }) => id);
  expect(await idsFor({})).toEqual(['upper', 'lower']);
  expect(await idsFor(authorization)).toEqual(['upper', 'lower', 'secret']);
});

test('it can be polled', async () => {
  const { statusCode, body } = await site.ask({
    method: 'POST',
    url: '/api/sources/secret/poll',
    headers: authorization,
  });
  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ source: 'secret', kind: 'unchanged' });
});

test('in lists of everything it is not, for they are the public’s', async () => {
  for (const path of ['/api/items', '/api/items?since=0', '/api/stories', '/feeds/all.json', '/metrics'])
    expect((await site.get(path, authorization)).body).not.toContain('secret');
});

test('no other page may read it, and no request for it is counted under its name', async () => {
  const { headers } = await site.get('/api/sources/secret', authorization);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect((await site.get('/metrics')).body).not.toContain('secret');
});
