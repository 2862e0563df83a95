import { connect } from 'node:net';
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { openSite, type Site } from '../support/site.ts';
import { openRiver } from './river.ts';

/** Feeds that are ready are answered by the thread that listens; everything else is asked of the routes. */

async function listening(site: Site): Promise<string> {
  onTestFinished(() => site[Symbol.asyncDispose]());
  return site.listen();
}

async function listeningRiver() {
  const site = await openRiver();
  return { site, url: await listening(site) };
}

/** What every server says by itself. */
const own = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

const told = (headers: NodeJS.Dict<string | string[] | number>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !own.has(name))
      .map(([name, value]) => [name, String(value)]),
  );

const countedAs = (status: number) => `tributary_http_requests_total{route="/feeds/*",status="${status}"}`;

test('a feed that is ready is answered as its route would', async () => {
  const { site, url } = await listeningRiver();
  const { headers } = await site.get('/feeds/all.atom');
  const etag = String(headers.etag);
  for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json', '/feeds/sources/lower.atom'])
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
        if (answer.statusCode === 200) expect(length).toBe(wantedLength);
      }
});

test('what is no ready feed has its route’s answer', async () => {
  const { site, url } = await listeningRiver();
  for (const [path, status] of [
    ['/feeds/nothing.atom', 404],
    ['/feeds/all.atom?limit=x', 400],
    ['/feeds/all.atom?limit=1', 200],
    ['/feeds/all', 404],
    ['/', 200],
    ['/api/items', 200],
  ] as const) {
    const answer = await request(`${url}${path}`);
    expect([path, answer.statusCode]).toEqual([path, status]);
    expect(await answer.body.text()).toBe((await site.get(path)).body);
  }
  const posted = await request(`${url}/feeds/all.atom`, { method: 'POST', body: 'x'.repeat(100_000) });
  expect([posted.statusCode, posted.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
  await posted.body.dump();
});

test.each(['/x/../metrics', '/%2e%2e/metrics', '/.\\metrics', '//[', '/feeds\\all.atom'])(
  'a URL is read as it was sent: there is nothing at %s',
  async (target) => {
    const { url } = await listeningRiver();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    const answer = (await socket.setEncoding('utf8').toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toMatch(/^content-type: application\/problem\+json\r$/im);
  },
);

test('a source that breaks is named beside a feed that is ready, which stays as it was', async () => {
  const { site, url } = await listeningRiver();
  const before = await request(`${url}/feeds/all.atom`);
  await before.body.dump();
  await site.write('lower.xml', '<html><title>502 Bad Gateway</title></html>');
  await site.read();
  const after = await request(`${url}/feeds/all.atom`);
  await after.body.dump();
  expect(after.headers['tributary-stale']).toMatch(/^lower;since=/);
  expect(after.headers['etag']).toBe(before.headers['etag']);
  expect((await site.get('/feeds/all.atom')).headers['tributary-stale']).toBe(
    after.headers['tributary-stale'],
  );
});

test('a route sees who asks, and what the client has', async () => {
  const server = { adminToken: 'a-token-that-is-long-enough', trustProxy: true };
  const rateLimit = { requests: 2, per: '1h' };
  const site = await openSite(
    { sources, server: { ...server, rateLimit } },
    { 'port.xml': feedOf('起重机恢复运转') },
  );
  const url = await listening(site);
  const get = async (headers: Readonly<Record<string, string>>) => {
    const answer = await request(`${url}/api/sources`, { headers });
    await answer.body.dump();
    return answer;
  };
  const one = { 'x-forwarded-for': '203.0.113.1' };
  const first = await get({ ...one, authorization: `Bearer ${server.adminToken}` });
  expect(first.headers['cache-control']).toBe('private, no-store');
  const second = await get(one);
  expect((await get(one)).statusCode).toBe(429);
  const other = { 'x-forwarded-for': '203.0.113.2', 'if-none-match': String(second.headers['etag']) };
  expect((await get(other)).statusCode).toBe(304);
});

test('is counted as its route is', async () => {
  const { url } = await listeningRiver();
  const first = await request(`${url}/feeds/all.atom`);
  await first.body.dump();
  const headers = { 'if-none-match': String(first.headers['etag']) };
  for (let time = 0; time < 2; time++)
    await (await request(`${url}/feeds/all.atom`, { headers })).body.dump();
  const metrics = await (await request(`${url}/metrics`)).body.text();
  expect(metrics).toContain(`${countedAs(200)} 1\n`);
  expect(metrics).toContain(`${countedAs(304)} 2\n`);
});

const feedOf = (...titles: readonly string[]) => `<rss version="2.0"><channel><title>港口</title>
${titles.map((title) => `<item><title>${title}</title><guid isPermaLink="false">urn:${title}</guid></item>`).join('')}
</channel></rss>`;

const sources = [{ id: 'port', title: '港口', url: 'file:port.xml' }];

const textAt = async (url: string) => (await request(url)).body.text();

test('a ready feed is the new one as soon as it is renewed', async () => {
  const site = await openSite({ sources }, { 'port.xml': feedOf('起重机恢复运转') });
  const url = await listening(site);
  expect(await textAt(`${url}/feeds/all.atom`)).not.toContain('夜班');
  await site.write('port.xml', feedOf('起重机恢复运转', '夜班调度员的一天'));
  await site.read();
  expect(await textAt(`${url}/feeds/all.atom`)).toContain('夜班');
});

test('a feed that the next configuration has no more is answered no more', async () => {
  const saved = [{ id: 'cranes', title: '起重机', q: '起重机' }];
  const site = await openSite({ sources, saved }, { 'port.xml': feedOf('起重机恢复运转') });
  const url = await listening(site);
  expect(await textAt(`${url}/feeds/saved/cranes.atom`)).toContain('起重机恢复运转');
  await site.restart({ sources });
  expect(JSON.parse(await textAt(`${url}/feeds/saved/cranes.atom`))).toMatchObject({ status: 404 });
});

test('a ready feed is limited as every other where clients are', async () => {
  const server = { rateLimit: { requests: 1, per: '1h' } };
  const site = await openSite({ sources, server }, { 'port.xml': feedOf('起重机恢复运转') });
  const url = await listening(site);
  const statuses = [];
  for (let time = 0; time < 2; time++) {
    const answer = await request(`${url}/feeds/all.atom`);
    await answer.body.dump();
    statuses.push(answer.statusCode);
  }
  expect(statuses).toEqual([200, 429]);
});

test('a ready feed is for nobody else where readers are named', async () => {
  const server = { readers: { lin: 'correct horse battery' } };
  const site = await openSite({ sources, server }, { 'port.xml': feedOf('起重机恢复运转') });
  const url = await listening(site);
  const statusFor = async (headers: Readonly<Record<string, string>>) => {
    const answer = await request(`${url}/feeds/all.atom`, { headers });
    await answer.body.dump();
    return answer.statusCode;
  };
  expect(await statusFor({})).toBe(401);
  const credentials = Buffer.from('lin:correct horse battery').toString('base64');
  expect(await statusFor({ authorization: `Basic ${credentials}` })).toBe(200);
});
