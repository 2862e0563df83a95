import { describe, expect, test } from 'vitest';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';
import type { Answer } from '../support/origin.ts';

async function fetchOne(answer: Answer) {
  const origin = await originOfTest();
  origin.on('/feed.xml', answer);
  return fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {});
}

test.each([
  201, 202, 203, 204, 205, 206, 207, 400, 401, 403, 404, 406, 418, 429, 451, 500, 502, 503, 504, 599,
])('status %i is a failure of that name', async (status) => {
  const outcome = await fetchOne({ status, ...(status !== 204 && { body: '<rss/>' }) });
  expect(outcome).toMatchObject({ kind: 'failed', status, error: { code: `http-${status}` } });
});

test('status 410 is gone', async () => {
  expect(await fetchOne({ status: 410, body: 'gone' })).toMatchObject({ kind: 'gone', status: 410 });
});

test('an outcome says who answered, and at which address', async () => {
  const origin = await originOfTest();
  const elsewhere = await originOfTest();
  for (const [number, status] of [200, 304, 404, 410, 429, 503].entries()) {
    const url = `${elsewhere.url}/${number}`;
    origin.on(`/${number}`, { status: 302, headers: { location: url } });
    elsewhere.on(`/${number}`, { status, headers: { connection: 'close' } });
    const last = { validators: { url, etag: '"1"' } };
    const { from } = await fetcherOfTest().fetch(sourceAt(`${origin.url}/${number}`), last);
    expect(from).toEqual({ url, address: '127.0.0.1' });
  }
});

test('an outcome without an answer names nobody', async () => {
  const origin = await originOfTest();
  await origin.close();
  expect(await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {})).not.toHaveProperty('from');
});

test('an empty document is a document', async () => {
  const outcome = await fetchOne({ body: '' });
  expect(outcome.kind === 'fetched' && outcome.bytes.length).toBe(0);
});

test('early hints before the answer are passed over', async () => {
  const raw =
    'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<rss/>';
  expect(await fetchOne({ raw })).toMatchObject({ kind: 'fetched', status: 200 });
});

test.each([
  ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<rss/>'],
  [
    '101 Switching Protocols',
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
  ],
  ['103 Early Hints and nothing after', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('%s, which nobody asked for, is a failure', async (_name, raw) => {
  expect(await fetchOne({ raw })).toMatchObject({ kind: 'failed' });
});

describe('a page that asks for a browser', () => {
  const page = (script: string, text = 'One moment, please') =>
    `<!DOCTYPE html><html><head><title>${text}</title></head><body><script>${script}</script></body></html>`;
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const cloudflare = page("window._cf_chl_opt = { cvId: '3' };");
  const bytedance = page('window.byted_acrawler.init({}); document.cookie = "__ac_signature=" + sign();');
  const news = `<p>${'The river rose again last night. '.repeat(40)}</p>`;

  test.each<[string, Answer]>([
    ['Cloudflare with 403', { status: 403, headers: html, body: cloudflare }],
    ['Cloudflare with 503', { status: 503, headers: html, body: cloudflare }],
    ['Cloudflare with 200', { headers: html, body: cloudflare }],
    ['Cloudflare by its header field', { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: 'x' }],
    [
      'Cloudflare by its header field with 200',
      { headers: { ...html, 'cf-mitigated': 'challenge' }, body: 'x' },
    ],
    ['Amazon with 202', { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } }],
    ['ByteDance with 200', { headers: html, body: bytedance }],
    ['ByteDance with 200 and no media type', { body: bytedance }],
    ['Alibaba Cloud with 200', { headers: html, body: page("var arg1='A1'; setCookie('acw_sc__v2', x);") }],
    ['DataDome with 429', { status: 429, headers: html, body: page("'geo.captcha-delivery.com'") }],
  ])('of %s is recognised', async (_name, answer) => {
    expect(await fetchOne(answer)).toMatchObject({ kind: 'failed', error: { code: 'challenge' } });
  });

  test.each<[string, Answer, object]>([
    [
      'a 403 that says no more',
      { status: 403, headers: html, body: page('') },
      { error: { code: 'http-403' } },
    ],
    ['a 503 in plain text', { status: 503, body: 'busy' }, { error: { code: 'http-503' } }],
    ['a web page with news', { headers: html, body: page('', 'River News') }, { kind: 'fetched' }],
    [
      'a page with news whose guard has left its script in it',
      { headers: html, body: cloudflare.replace('</body>', `${news}</body>`) },
      { kind: 'fetched' },
    ],
    [
      'a feed that reports on such pages',
      { body: `<rss><channel><title>_cf_chl_opt, __ac_signature</title></channel></rss>` },
      { kind: 'fetched' },
    ],
  ])('is not %s', async (_name, answer, expected) => {
    expect(await fetchOne(answer)).toMatchObject(expected);
  });

  test('is no page of 300 KB', async () => {
    const body = `${cloudflare}${'<p>x</p>'.repeat(40_000)}`;
    expect(await fetchOne({ status: 403, headers: html, body })).toMatchObject({
      error: { code: 'http-403' },
    });
  });
});
