import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Surroundings } from '../../src/fetch/fetch.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';
import type { Answer } from '../support/origin.ts';

/** Fetches once and says what became of it and of the connection. */
async function fetchOne(answer: Answer, timeoutMs: number, surroundings: Surroundings = {}) {
  const origin = await originOfTest();
  let isOpen = false;
  origin.on('/feed.xml', (request, socket) => {
    isOpen = true;
    socket.on('close', () => (isOpen = false));
    return typeof answer === 'function' ? answer(request, socket) : answer;
  });
  const startedAt = performance.now();
  const outcome = await fetcherOfTest({ timeoutMs }, surroundings).fetch(
    sourceAt(`${origin.url}/feed.xml`),
    {},
  );
  return { outcome, ms: performance.now() - startedAt, isOpen: () => isOpen };
}

/** Writes a piece now and then, for ever. */
const drip =
  (head: string, piece: string): Answer =>
  (_request, socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(piece), 20);
    socket.on('close', () => clearInterval(timer));
    return undefined;
  };

const timedOut = { kind: 'failed', error: { code: 'timeout' } };

test('a server that says nothing is left after the time for header fields', async () => {
  const { outcome, isOpen } = await fetchOne({ raw: '', then: 'keep' }, 30_000, { headersMs: 200 });
  expect(outcome).toMatchObject(timedOut);
  await expect.poll(isOpen).toBe(false);
});

test('header fields that drip are left after the time for header fields', async () => {
  const { outcome } = await fetchOne(drip('HTTP/1.1 200 OK\r\n', 'x: y\r\n'), 30_000, { headersMs: 200 });
  expect(outcome).toMatchObject(timedOut);
});

test('a body that drips is left when all of the time is over', async () => {
  const dripping = drip('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n', 'x');
  const { outcome, isOpen } = await fetchOne(dripping, 300);
  expect(outcome).toMatchObject(timedOut);
  expect(outcome.kind === 'failed' && outcome.error.message).toContain('took longer than 300 ms');
  await expect.poll(isOpen).toBe(false);
});

test('a chunked body that drips without end is left when all of the time is over', async () => {
  const { outcome } = await fetchOne(
    drip('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'),
    300,
  );
  expect(outcome).toMatchObject(timedOut);
});

test('an error page that drips costs no more than all of the time', async () => {
  const head = 'HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\n\r\n<html>';
  const { outcome } = await fetchOne(drip(head, 'x'), 300);
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'http-403' } });
});

test('answers without end before the answer are left when all of the time is over', async () => {
  const { outcome } = await fetchOne(drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'), 300);
  expect(outcome).toMatchObject({ kind: 'failed' });
});

test('redirects share the time', async () => {
  const origin = await originOfTest();
  const late =
    (location: string): Answer =>
    (_request, socket) => {
      setTimeout(
        () => socket.write(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`),
        150,
      );
      return undefined;
    };
  for (let hop = 0; hop < 5; hop++) origin.on(`/${hop}`, late(`/${hop + 1}`));
  origin.on('/5', { body: '<rss/>' });
  const outcome = await fetcherOfTest({ timeoutMs: 400 }).fetch(sourceAt(`${origin.url}/0`), {});
  expect(outcome).toMatchObject(timedOut);
});

test('a name that is never resolved is left after the time for connecting', async () => {
  const resolve = () => new Promise<never>(() => undefined);
  const outcome = await fetcherOfTest({}, { resolve, connectMs: 100 }).fetch(
    sourceAt('http://slow.test/feed'),
    {},
  );
  expect(outcome).toMatchObject(timedOut);
  expect(outcome.kind === 'failed' && outcome.error.message).toContain('no connection in 100 ms');
});

test('a handshake that is never answered is left after the time for connecting', async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void mute.close());
  const { port } = mute.address() as AddressInfo;
  let isOpen = true;
  mute.on('connection', (socket) =>
    socket
      .resume()
      .on('error', () => undefined)
      .on('close', () => (isOpen = false)),
  );
  const outcome = await fetcherOfTest({}, { connectMs: 200 }).fetch(
    sourceAt(`https://127.0.0.1:${port}/`),
    {},
  );
  expect(outcome).toMatchObject(timedOut);
  await expect.poll(() => isOpen).toBe(false);
});

test('after a host that was too slow the fetcher works on', async () => {
  const origin = await originOfTest();
  const fetcher = fetcherOfTest({ timeoutMs: 200 });
  origin.on('/feed.xml', { raw: '', then: 'keep' }, { body: '<rss/>' });
  const source = sourceAt(`${origin.url}/feed.xml`);
  expect(await fetcher.fetch(source, {})).toMatchObject(timedOut);
  expect(await fetcher.fetch(source, {})).toMatchObject({ kind: 'fetched' });
});

test('closing ends what is under way: waiting for a name, for an answer, for the rest of a document', async () => {
  const origin = await originOfTest();
  let asked = 0;
  const silent: Answer = () => {
    asked += 1;
    return undefined;
  };
  origin.on('/silent', silent);
  origin.on('/half', (_request, socket) => {
    asked += 1;
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<rss');
    return undefined;
  });
  const resolve = () => {
    asked += 1;
    return new Promise<never>(() => undefined);
  };
  const fetcher = fetcherOfTest({ perHost: 2 }, { resolve });
  const urls = [`${origin.url}/silent`, `${origin.url}/half`, 'http://slow.test/'];
  const pending = urls.map((url) => fetcher.fetch(sourceAt(url), {}));
  await expect.poll(() => asked).toBe(3);
  await fetcher.close();
  for (const outcome of await Promise.all(pending)) {
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'stopped' } });
  }
});
