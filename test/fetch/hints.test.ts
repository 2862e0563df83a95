import { expect, test } from 'vitest';
import { readHints } from '../../src/fetch/hints.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../support/fetching.ts';

const now = new Date('2026-06-13T08:00:00Z');
const date = 'Sat, 13 Jun 2026 08:00:00 GMT';
const days = 86_400_000;

test.each([
  ['max-age=300', undefined, 300_000],
  ['public, MAX-AGE=300, must-revalidate', undefined, 300_000],
  ['max-age="300"', undefined, 300_000],
  ['max-age = 300', undefined, 300_000],
  ['max-age=300', '100', 200_000],
  ['max-age=300', '400', 0],
  ['max-age=300', 'old', 300_000],
  ['max-age=300', '-5', 300_000],
  ['max-age=0', undefined, 0],
  ['max-age=99999999999999999999', undefined, 2 ** 31 * 1000],
  ['s-maxage=300', undefined, undefined],
  ['max-age=300, no-cache', undefined, undefined],
  ['no-store, max-age=300', undefined, undefined],
  ['max-age=-300', undefined, undefined],
  ['max-age=3.5', undefined, undefined],
  ['max-age', undefined, undefined],
  ['x-max-age=300', undefined, undefined],
])('Cache-Control: %s with Age: %s is fresh for %s ms', (cacheControl, age, freshForMs) => {
  const headers = { 'cache-control': cacheControl, ...(age !== undefined && { age }) };
  expect(readHints(headers, now)).toEqual(freshForMs === undefined ? {} : { freshForMs });
});

test.each([
  ['max-age=300', 300_000],
  ['max-age=0', 0],
  ['no-cache', undefined],
  ['no-store', undefined],
  // Freshness that cannot be read is none.
  ['max-age=soon', undefined],
  ['public, s-maxage=9', 3600_000],
])('Cache-Control: %s is heard before Expires', (cacheControl, freshForMs) => {
  const headers = { 'cache-control': cacheControl, expires: 'Sat, 13 Jun 2026 09:00:00 GMT', date };
  expect(readHints(headers, now)).toEqual(freshForMs === undefined ? {} : { freshForMs });
});

test.each([
  ['600', 3000_000],
  ['7200', 0],
])('Age: %s is taken from Expires, too', (age, freshForMs) => {
  expect(readHints({ expires: 'Sat, 13 Jun 2026 09:00:00 GMT', date, age }, now)).toEqual({ freshForMs });
});

test.each([
  ['Sat, 13 Jun 2026 09:00:00 GMT', date, 3600_000],
  // A server whose clock is ten minutes slow.
  ['Sat, 13 Jun 2026 08:50:00 GMT', 'Sat, 13 Jun 2026 07:50:00 GMT', 3600_000],
  ['Sat, 13 Jun 2026 09:00:00 GMT', 'yesterday', 3600_000],
  ['Sat, 13 Jun 2026 07:00:00 GMT', date, undefined],
  ['0', date, undefined],
  ['-1', date, undefined],
  ['never', date, undefined],
])('Expires: %s at Date: %s is fresh for %s ms', (expires, at, expected) => {
  expect(readHints({ expires, date: at }, now).freshForMs).toBe(expected);
});

test.each([
  ['120', 120_000],
  [' 120 ', 120_000],
  ['0', 0],
  ['604800', 7 * days],
  ['604801', 7 * days],
  ['99999999999999999999999999', 7 * days],
  ['Sat, 13 Jun 2026 08:02:00 GMT', 120_000],
  ['Saturday, 13-Jun-26 08:02:00 GMT', 120_000],
  ['Sat Jun 13 08:02:00 2026', 120_000],
  ['Sat, 13 Jun 2030 08:00:00 GMT', 7 * days],
  ['Sat, 13 Jun 2026 07:00:00 GMT', undefined],
  ['-120', undefined],
  ['1.5', undefined],
  ['0x10', undefined],
  ['1e3', undefined],
  ['soon', undefined],
  ['in 5 minutes', undefined],
  ['120 seconds', undefined],
  ['', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['Sat, 99 Jun 2026 08:02:00 GMT', undefined],
])('Retry-After: %s is %s ms', (value, expected) => {
  expect(readHints({ 'retry-after': value, date }, now).retryAfterMs).toBe(expected);
});

test('a date to come back at is taken by the clock of the server', () => {
  const slow = { 'retry-after': 'Sat, 13 Jun 2026 07:02:00 GMT', date: 'Sat, 13 Jun 2026 07:00:00 GMT' };
  expect(readHints(slow, now).retryAfterMs).toBe(120_000);
});

test('header fields that say nothing of time give no hints', () => {
  expect(readHints({ 'content-type': 'text/xml', date }, now)).toEqual({});
});

test.each([200, 304, 404, 410, 429, 503])('hints are read on a %i', async (status) => {
  const origin = await originOfTest();
  const url = `${origin.url}/feed.xml`;
  const headers = {
    date,
    'cache-control': 'max-age=600',
    age: '60',
    expires: 'Sat, 13 Jun 2026 08:30:00 GMT',
    'retry-after': '900',
  };
  origin.on('/feed.xml', { status, headers });
  const fetcher = fetcherOfTest({}, { now: () => now });
  const outcome = await fetcher.fetch(sourceAt(url), { validators: { url, etag: '"1"' } });
  expect(outcome.hints).toEqual({
    freshForMs: 540_000,
    retryAfterMs: 900_000,
  });
});

test('an answer without hints has none', async () => {
  const origin = await originOfTest();
  origin.on('/feed.xml', { body: '<rss/>' });
  expect(await fetcherOfTest().fetch(sourceAt(`${origin.url}/feed.xml`), {})).not.toHaveProperty('hints');
});
