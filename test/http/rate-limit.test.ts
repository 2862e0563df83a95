import { describe, expect, test } from 'vitest';
import { createRateLimit } from '../../src/http/plugins/rate-limit.ts';
import { openRiver } from './river.ts';

/** How often a client may ask: standards 4. */

describe('a client', () => {
  const limited = () => {
    let now = 0;
    const waitMs = createRateLimit({ requests: 2, perMs: 60_000 }, () => now);
    return { waitMs, at: (ms: number) => (now = ms) };
  };

  test('may ask so often in a time, and then again', () => {
    const { waitMs, at } = limited();
    expect([waitMs('192.0.2.1'), waitMs('192.0.2.1')]).toEqual([0, 0]);
    at(15_000);
    expect(waitMs('192.0.2.1')).toBe(45_000);
    at(60_000);
    expect(waitMs('192.0.2.1')).toBe(0);
  });

  test('takes nothing from another', () => {
    const { waitMs } = limited();
    for (let request = 0; request < 3; request++) waitMs('192.0.2.1');
    expect(waitMs('192.0.2.2')).toBe(0);
  });

  test('is all of a network of IPv6 that one has to oneself', () => {
    const { waitMs } = limited();
    waitMs('2001:db8:1:2::1');
    waitMs('2001:db8:1:2:ffff::2');
    expect(waitMs('2001:db8:1:2:3:4:5:6')).toBe(60_000);
    expect(waitMs('2001:db8:1:3::1')).toBe(0);
    expect(waitMs('2001:db8::1')).toBe(0);
  });
});

describe('a site with a limit', () => {
  const server = { rateLimit: { requests: 3, per: '10m' } };

  test('answers 429 and when to come again', async () => {
    await using site = await openRiver({ server });
    for (let request = 0; request < 3; request++)
      expect((await site.get('/feeds/all.atom')).statusCode).toBe(200);
    for (const path of ['/feeds/all.atom', '/', '/api/items', '/nothing']) {
      const { statusCode, headers } = await site.get(path);
      expect(statusCode).toBe(429);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(600);
    }
    expect((await site.get('/healthz')).statusCode).toBe(200);
  });

  const askedThrough = async (trustProxy: unknown) => {
    await using site = await openRiver({ server: { ...server, trustProxy } });
    const statuses: number[] = [];
    for (let client = 0; client < 5; client++)
      statuses.push(
        (await site.get('/feeds/all.atom', { 'x-forwarded-for': `192.0.2.${client}` })).statusCode,
      );
    return statuses;
  };

  test('counts who is behind a proxy that is believed', async () => {
    expect(await askedThrough(true)).toEqual([200, 200, 200, 200, 200]);
    expect(await askedThrough(['127.0.0.0/8'])).toEqual([200, 200, 200, 200, 200]);
  });

  test('believes nobody else', async () => {
    expect(await askedThrough(false)).toEqual([200, 200, 200, 429, 429]);
    expect(await askedThrough(['10.0.0.0/8'])).toEqual([200, 200, 200, 429, 429]);
  });
});

test('without a limit anybody may ask as often as they like', async () => {
  await using site = await openRiver();
  for (let request = 0; request < 300; request++)
    expect((await site.get('/robots.txt')).statusCode).toBe(200);
});

test('a proxy that is believed changes no byte', async () => {
  await using site = await openRiver({ server: { trustProxy: true } });
  const plain = await site.get('/feeds/all.atom');
  const through = await site.get('/feeds/all.atom', {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-for': '192.0.2.1',
  });
  expect(through.rawPayload).toEqual(plain.rawPayload);
  expect(through.headers.link).toBe(plain.headers.link);
});
