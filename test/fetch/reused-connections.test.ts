import { expect, test } from 'vitest';
import type { Answer } from '../support/origin.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';

const feed: Answer = { body: '<rss/>' };

/** Breaks the connection as soon as a request has come, without a byte. */
const close: Answer = (_, socket) => void socket.end();
const reset: Answer = (_, socket) => void socket.resetAndDestroy();
const half: Answer = { raw: 'HTTP/1.1 200 OK\r\ncontent-le' };

/** The outcomes of requests made one after the other, and what the origin saw of them. */
async function outcomes(first: Answer, ...rest: readonly Answer[]) {
  const origin = await originOfTest();
  origin.on('/feed.xml', first, ...rest);
  const fetcher = fetcherOfTest();
  const source = sourceAt(`${origin.url}/feed.xml`);
  const kinds: string[] = [];
  for (let turn = 0; turn < 2; turn++) kinds.push((await fetcher.fetch(source, {})).kind);
  return { kinds, requests: origin.requests.length, connections: origin.connections() };
}

test.each([
  ['closes', close],
  ['resets', reset],
])('a request is made again when the host %s a connection that served before', async (_, breaks) => {
  expect(await outcomes(feed, breaks, feed)).toEqual({
    kinds: ['fetched', 'fetched'],
    requests: 3,
    connections: 2,
  });
});

test('it is made again once', async () => {
  expect(await outcomes(feed, close)).toEqual({ kinds: ['fetched', 'failed'], requests: 3, connections: 2 });
});

test.each([
  ['closes', close],
  ['resets', reset],
])('a host that %s a new connection has failed', async (_, breaks) => {
  expect(await outcomes(breaks, feed)).toEqual({ kinds: ['failed', 'fetched'], requests: 2, connections: 2 });
});

test('an answer that had begun is not asked for again', async () => {
  expect(await outcomes(feed, half, feed)).toEqual({
    kinds: ['fetched', 'failed'],
    requests: 2,
    connections: 1,
  });
});
