import { expect, test } from 'vitest';
import { failed, type FetchOutcome } from '../../src/fetch/outcome.ts';
import type { Source } from '../../src/model/source.ts';
import { createPoller } from '../../src/schedule/poller.ts';
import { reports } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

const at = (url: string): Partial<Source> => ({ location: { kind: 'http', url } });
const settings = { concurrency: 16, perHost: 16, minIntervalMs: 1000 };

/** An answer of a host of the Internet, by default one without a Retry-After. */
const answer = (status: number, url: string, { seconds = 0, address = '93.184.215.14' } = {}) => ({
  ...failed(`http-${status}`, `status ${status}`, status),
  from: { url, address },
  ...(seconds > 0 && { hints: { retryAfterMs: seconds * 1000 } }),
});

/** Three sources: two of one host, of which one redirects elsewhere, and one of that other host. */
const sources = {
  one: at('https://one.example/feed'),
  again: at('https://one.example/again'),
  other: at('https://other.example/feed'),
};

/** Who is polled when everything is due, after `one` was answered. */
async function polledAfter(outcome: FetchOutcome, configured: Record<string, Partial<Source>> = sources) {
  await using room = await newsroom(configured);
  await room.poll('one', outcome);
  return { polled: await polledIn(room, configured), held: await room.store().heldHosts(room.clock.now()) };
}

async function polledIn(room: Newsroom, configured: Record<string, Partial<Source>>) {
  const names = Object.keys(configured).filter((id) => id !== 'one');
  for (const id of names) room.answer(id, reports(1));
  const poller = createPoller(names.map(room.source), room.tools(), settings);
  return [...(await poller.pass(names.map(room.source), { force: false })).keys()].toSorted();
}

test('a host that has had too many requests is left alone by all of its sources', async () => {
  expect((await polledAfter(answer(429, 'https://one.example/feed'))).polled).toEqual(['other']);
});

test('it is the host that answered, not the one that led there', async () => {
  expect((await polledAfter(answer(429, 'https://other.example/elsewhere'))).polled).toEqual(['again']);
});

test.each([
  ['a loopback address', 'http://127.0.0.1:8080/feed', '127.0.0.1'],
  ['a name of a private network', 'http://feeds.lan/feed', '93.184.215.14'],
  ['a public name that leads to a private address', 'https://other.example/feed', '10.1.2.3'],
  ['one that leads to a private address of IPv6', 'https://other.example/feed', 'fd00::1'],
])('behind %s each service speaks for itself', async (_, url, address) => {
  const { polled, held } = await polledAfter(answer(429, url, { address }));
  expect(polled).toEqual(['again', 'other']);
  expect(held.size).toBe(0);
});

test('a host is held for as long as it says, to the second', async () => {
  const { held } = await polledAfter(answer(429, 'https://one.example/feed', { seconds: 7201 }));
  expect(held).toEqual(new Map([['one.example', new Date('2026-01-06T10:00:01Z')]]));
});

test('"unavailable" holds the URL, for every source that reads it', async () => {
  const configured = { ...sources, twin: at('https://one.example/feed') };
  const { polled } = await polledAfter(answer(503, 'https://one.example/feed'), configured);
  expect(polled).toEqual(['again', 'other']);
});

test('and the URL that leads there', async () => {
  const configured = {
    ...sources,
    twin: at('https://one.example/feed'),
    end: at('https://cdn.example/feed'),
  };
  const { polled } = await polledAfter(answer(503, 'https://cdn.example/feed'), configured);
  expect(polled).toEqual(['again', 'other']);
});

test('a hold is kept by another process on the same store', async () => {
  await using room = await newsroom(sources);
  await room.poll('one', answer(429, 'https://one.example/feed', { seconds: 3600 }));
  await room.restart();
  expect(await polledIn(room, sources)).toEqual(['other']);
  room.clock.pass(59);
  expect(await polledIn(room, sources)).not.toContain('again');
  room.clock.pass(1);
  expect(await polledIn(room, sources)).toContain('again');
});
