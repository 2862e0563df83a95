import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { openRiver } from './river.ts';

/** A river's site as it answers over a socket, where ready feeds do not go through the server's own cycle. */
async function listening() {
  const site = await openRiver();
  // The routes are ready when one of them was asked.
  await site.get('/readyz');
  const server = createServer(site.answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await site[Symbol.asyncDispose]();
  });
  const { port } = server.address() as AddressInfo;
  return { site, url: `http://127.0.0.1:${port}` };
}

/** What every server says by itself. */
const own = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

const told = (headers: NodeJS.Dict<string | string[] | number>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !own.has(name))
      .map(([name, value]) => [name, String(value)]),
  );

test('a feed that is ready is answered as its route would', async () => {
  const { site, url } = await listening();
  const { headers } = await site.get('/feeds/all.atom');
  const etag = String(headers.etag);
  for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json'])
    for (const method of ['GET', 'HEAD'] as const)
      for (const given of [
        {},
        { 'accept-encoding': 'gzip' },
        { 'accept-encoding': 'br;q=0.9, gzip;q=0.1' },
        { 'if-none-match': etag },
        { 'if-none-match': `"other", W/${etag}` },
        { 'if-none-match': '*' },
        { 'if-modified-since': String(headers['last-modified']) },
      ]) {
        const wanted = await site.ask({ method, url: path, headers: given });
        const answer = await request(`${url}${path}`, { method, headers: given });
        const body = Buffer.from(await answer.body.arrayBuffer());
        expect([path, method, given, answer.statusCode]).toEqual([path, method, given, wanted.statusCode]);
        expect(body.equals(wanted.rawPayload)).toBe(true);
        // A length of 0 is added to a 304 by what stands for the socket in the other answer.
        const { 'content-length': length, ...others } = told(answer.headers);
        const { 'content-length': wantedLength, ...wantedOthers } = told(wanted.headers);
        expect(others).toEqual(wantedOthers);
        expect(length).toBe(answer.statusCode === 304 ? undefined : wantedLength);
      }
});

test('what is no ready feed has its route’s answer', async () => {
  const { site, url } = await listening();
  for (const [path, status] of [
    ['/feeds/nothing.atom', 404],
    ['/feeds/all.atom?limit=x', 400],
    ['/feeds/all.atom?limit=1', 200],
    ['/feeds/all', 404],
  ] as const) {
    const answer = await request(`${url}${path}`);
    expect([path, answer.statusCode]).toEqual([path, status]);
    expect(await answer.body.text()).toBe((await site.get(path)).body);
  }
  const posted = await request(`${url}/feeds/all.atom`, { method: 'POST' });
  expect([posted.statusCode, posted.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
  await posted.body.dump();
});

test('is counted as its route is', async () => {
  const { site, url } = await listening();
  await (await request(`${url}/feeds/all.atom`)).body.dump();
  const { body } = await site.get('/metrics');
  expect(body).toContain('tributary_http_requests_total{route="/feeds/*",status="200"} 1');
});
