import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FetchOutcome } from '../../src/fetch/outcome.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';
import type { Answer } from '../support/origin.ts';

const document = `<rss><channel><title>河流</title></channel></rss>`;

async function fetchOne(answer: Answer, settings = {}): Promise<FetchOutcome> {
  const origin = await originOfTest();
  origin.on('/feed.xml', answer);
  return fetcherOfTest(settings).fetch(sourceAt(`${origin.url}/feed.xml`), {});
}

const textOf = (outcome: FetchOutcome): string | undefined =>
  outcome.kind === 'fetched' ? Buffer.from(outcome.bytes).toString() : undefined;

const coded = (coding: string, body: Uint8Array): Answer => ({
  headers: { 'content-encoding': coding },
  body,
});

test.each([
  ['gzip', gzipSync(document)],
  ['GZip', gzipSync(document)],
  ['x-gzip', gzipSync(document)],
  ['br', brotliCompressSync(document)],
  ['deflate', deflateSync(document)],
  ['deflate', deflateRawSync(document)],
  ['identity', Buffer.from(document)],
  ['', Buffer.from(document)],
  ['identity, gzip', gzipSync(document)],
  // Two members, one after the other: RFC 1952, section 2.2.
  ['gzip', Buffer.concat([gzipSync(document.slice(0, 9)), gzipSync(document.slice(9))])],
])('a body in the coding %s is read', async (coding, body) => {
  expect(textOf(await fetchOne(coded(coding, body)))).toBe(document);
});

test.each([
  ['two layers', coded('gzip, gzip', gzipSync(gzipSync(document)))],
  ['two fields', { headers: { 'content-encoding': ['gzip', 'br'] }, body: 'x' }],
  ['an unknown coding', coded('zstd', Buffer.from('x'))],
  ['a coding with the name of a property of every object', coded('constructor', Buffer.from('x'))],
  ['gzip that is none', coded('gzip', Buffer.from(document))],
  ['gzip that ends early', coded('gzip', gzipSync(document).subarray(0, -12))],
  [
    'gzip with a wrong checksum',
    coded('gzip', Buffer.concat([gzipSync(document).subarray(0, -8), Buffer.alloc(8)])),
  ],
  ['brotli that ends early', coded('br', brotliCompressSync(document).subarray(0, -5))],
  ['deflate that ends early', coded('deflate', deflateSync(document).subarray(0, -8))],
  ['nothing at all, said to be gzip', coded('gzip', Buffer.alloc(0))],
  ['a transfer coding', { headers: { 'transfer-encoding': 'gzip, chunked' }, body: '0\r\n\r\n' }],
] as const)('%s is refused', async (_name, answer) => {
  expect(await fetchOne(answer)).toMatchObject({ kind: 'failed', error: { code: 'bad-encoding' } });
});

test('a document of exactly the most bytes is read, one of a byte more is not', async () => {
  const maxBytes = 4096;
  const full = Buffer.alloc(maxBytes, 'x');
  const over = Buffer.alloc(maxBytes + 1, 'x');
  for (const [body, kind] of [
    [full, 'fetched'],
    [over, 'failed'],
  ] as const) {
    const answers = [
      { body },
      coded('gzip', gzipSync(body)),
      coded('br', brotliCompressSync(body)),
      coded('deflate', deflateSync(body)),
      { raw: `HTTP/1.1 200 OK\r\n\r\n${body.toString()}` },
    ];
    for (const answer of answers) {
      const outcome = await fetchOne(answer, { maxBytes });
      expect(outcome.kind).toBe(kind);
      if (outcome.kind === 'failed') expect(outcome.error.code).toBe('too-large');
    }
  }
});

test('a bomb is defused before it has grown', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000), { level: 9 });
  const before = process.memoryUsage().rss;
  const outcome = await fetchOne(coded('gzip', bomb), { maxBytes: 1_000_000 });
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'too-large' } });
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('a body that never ends is read no further than the limit', async () => {
  let isOpen = true;
  const outcome = await fetchOne(
    (_request, socket) => {
      socket.on('close', () => (isOpen = false));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const pour = (): void => {
        while (isOpen && socket.write('x'.repeat(16_384)));
        socket.once('drain', pour);
      };
      pour();
      return undefined;
    },
    { maxBytes: 1_000_000 },
  );
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'too-large' } });
  await expect.poll(() => isOpen).toBe(false);
});

test('a body that is announced as too large is not read at all', async () => {
  const outcome = await fetchOne({
    raw: 'HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n<rss>',
    then: 'keep',
  });
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'too-large' } });
});

test('a body without a length ends with the connection', async () => {
  expect(textOf(await fetchOne({ raw: 'HTTP/1.1 200 OK\r\n\r\n<rss/>' }))).toBe('<rss/>');
  expect(textOf(await fetchOne({ raw: 'HTTP/1.0 200 OK\r\n\r\n<rss/>' }))).toBe('<rss/>');
});

test('a chunked body is put together', async () => {
  const raw =
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\n<rs\r\n3\r\ns/>\r\n0\r\nx-trailer: 1\r\n\r\n';
  expect(textOf(await fetchOne({ raw }))).toBe('<rss/>');
});

const head = 'HTTP/1.1 200 OK\r\n';
const chunked = `${head}transfer-encoding: chunked\r\n\r\n`;

test.each([
  ['two lengths', `${head}content-length: 6\r\ncontent-length: 3\r\n\r\n<rss/>`],
  ['a length that is none', `${head}content-length: six\r\n\r\n<rss/>`],
  ['a negative length', `${head}content-length: -6\r\n\r\n<rss/>`],
  [
    'a length and chunks',
    `${head}content-length: 6\r\ntransfer-encoding: chunked\r\n\r\n6\r\n<rss/>\r\n0\r\n\r\n`,
  ],
  ['a chunk without a size', `${chunked}zz\r\n<rss/>\r\n0\r\n\r\n`],
  ['a header field with a line break of its own', `${head}x: a\rb\r\n\r\n<rss/>`],
  ['a NUL in a header field', `${head}x: a\0b\r\n\r\n<rss/>`],
  ['a header field without a colon', `${head}nonsense\r\n\r\n<rss/>`],
  ['what is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ['a document without a head', '<rss/>'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
])('%s breaks the rules', async (_name, raw) => {
  expect(await fetchOne({ raw })).toMatchObject({ kind: 'failed', error: { code: 'protocol' } });
});

test.each([
  ['nothing', ''],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-ty'],
  ['a body shorter than its length', `${head}content-length: 100\r\n\r\n<rss/>`],
  ['chunks without an end', `${chunked}6\r\n<rss/>\r\n`],
  ['a chunk that is cut off', `${chunked}ff\r\n<rss/>`],
])('%s is not taken for a document', async (_name, raw) => {
  const outcome = await fetchOne({ raw });
  expect(['protocol', 'reset']).toContain(outcome.kind === 'failed' ? outcome.error.code : outcome.kind);
});

test('more than 16 KB of header fields are refused', async () => {
  const fields = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, 'v'.repeat(90)]));
  expect(await fetchOne({ headers: fields(100), body: '<rss/>' })).toMatchObject({ kind: 'fetched' });
  expect(await fetchOne({ headers: fields(200), body: '<rss/>' })).toMatchObject({
    kind: 'failed',
    error: { code: 'too-large' },
  });
});

test('a connection that is broken in the middle is a failure, and the next fetch succeeds', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  origin.on(
    '/feed.xml',
    { raw: `${head}content-length: 100\r\n\r\n<rss`, then: 'reset' },
    { body: '<rss/>' },
  );
  const source = sourceAt(`${origin.url}/feed.xml`);
  expect(await fetcher.fetch(source, {})).toMatchObject({ kind: 'failed', error: { code: 'reset' } });
  expect(await fetcher.fetch(source, {})).toMatchObject({ kind: 'fetched' });
});

test('what follows an answer on its connection is not taken for the next answer', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest();
  const smuggled = `${head}content-length: 4\r\n\r\nevil`;
  origin.on(
    '/feed.xml',
    { raw: `${head}content-length: 6\r\n\r\n<rss/>${smuggled}`, then: 'keep' },
    { body: '<rss>2</rss>' },
  );
  const source = sourceAt(`${origin.url}/feed.xml`);
  expect(textOf(await fetcher.fetch(source, {}))).toBe('<rss/>');
  expect(textOf(await fetcher.fetch(source, {}))).toBe('<rss>2</rss>');
});

test('the header fields are handed on under lower-case names', async () => {
  const outcome = await fetchOne({
    headers: { 'Content-TYPE': 'application/atom+xml', __proto__x: '1' },
    body: '<feed/>',
  });
  expect(outcome).toMatchObject({ headers: { 'content-type': 'application/atom+xml' } });
});
