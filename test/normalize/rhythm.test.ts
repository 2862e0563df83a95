import { expect, test } from 'vitest';
import { parseFeed, readFeed } from '../../src/normalize/parse-feed.ts';

const rhythmOf = (channel: string) => readFeed(document(channel), {}).rhythm;

function document(channel: string): Uint8Array {
  return Buffer.from(
    `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Harbour</title>
${channel}<item><title>A ship came in</title></item></channel></rss>`,
  );
}

const hours = (...numbers: readonly (number | string)[]): string =>
  `<skipHours>${numbers.map((number) => `<hour>${number}</hour>`).join('')}</skipHours>`;
const days = (...names: readonly string[]): string =>
  `<skipDays>${names.map((name) => `<day>${name}</day>`).join('')}</skipDays>`;
const allHours = Array.from({ length: 24 }, (_, hour) => hour);

test.each([
  ['hours', hours(0, 23, 7), { skipHours: [0, 7, 23] }],
  ['24 for midnight', hours(24, 1), { skipHours: [0, 1] }],
  ['hours that are none', hours(25, -1, 'noon', ''), undefined],
  ['every hour, which leaves none', hours(...allHours), undefined],
  ['days', days('Sunday', 'saturday', ' Monday '), { skipDays: [0, 1, 6] }],
  ['days that are none', days('Sonntag', 'Sun'), undefined],
  ['both', hours(3) + days('Sunday'), { skipHours: [3], skipDays: [0] }],
  ['an hour outside a list', '<hour>3</hour>', undefined],
])('a channel skips %s', (_, channel, rhythm) => {
  expect(rhythmOf(channel)).toEqual(rhythm);
});

test('a base and a period say when a feed changes', () => {
  const base = '<sy:updateBase>2026-01-01T08:00+08:00</sy:updateBase>';
  const period = '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>';
  expect(rhythmOf(base + period)).toEqual({ base: '2026-01-01T00:00:00Z', periodMinutes: 720 });
  // A period alone is the feed's ttl.
  expect(rhythmOf(period)).toBeUndefined();
  expect(parseFeed(document(period)).feed.ttlMinutes).toBe(720);
});

test('the canonical schema knows nothing of it', () => {
  expect(Object.keys(parseFeed(document(hours(3))))).toEqual(['feed', 'items', 'warnings']);
});
