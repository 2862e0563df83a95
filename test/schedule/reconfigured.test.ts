import { describe, expect, test } from 'vitest';
import { untouched, type PollOutcome, type Source, type SourceState } from '../../src/model/source.ts';
import { followConfiguration, reconfigured } from '../../src/schedule/reconfigured.ts';
import { fetchSettings, sourceAt } from '../support/fetching.ts';
import { report, reports } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

const url = 'https://news.example/feed';
const now = new Date('2026-01-06T08:00:00Z');
const circumstances = { now, limits: fetchSettings(), random: () => 0 };
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
const every = (count: number): Partial<Source> => ({
  schedule: { kind: 'interval', everyMs: count * 60_000 },
});

/** A source of an hour's interval that was given up for a week half an hour ago. */
const gone: SourceState = {
  ...untouched,
  status: 'gone',
  statusCause: 'the server says that it is gone (410)',
  failures: 9,
  failuresAlike: 9,
  readAs: 'rss',
  bodyHash: 'b7',
  validators: { url, etag: '"1"' },
  history: [{ at: now.toISOString(), format: 'rss-2.0', items: 9, linked: 1, bytes: 900 }],
  lastPollAt: minutes(-30).toISOString(),
  lastOutcome: { kind: 'gone', status: 410 },
};
const nextPollAt = minutes(7 * 24 * 60);

/** The state and the next poll when a source is configured as `after`, and was as `before`. */
function changed(before: Partial<Source>, after: Partial<Source>, state = gone) {
  const first = reconfigured(sourceAt(url, before), { state: untouched, nextPollAt }, circumstances)?.state;
  const { configured } = first ?? {};
  if (!configured) throw new Error('a source that was never looked at has to be noted');
  return reconfigured(sourceAt(url, after), { state: { ...state, configured }, nextPollAt }, circumstances);
}

describe('a source that is configured as it was', () => {
  test('is left as it is', () => {
    expect(changed(every(60), { ...every(60), title: 'another name', topics: ['ai'] })).toBeUndefined();
  });

  test('is only noted the first time', () => {
    expect(reconfigured(sourceAt(url), { state: gone, nextPollAt }, circumstances)).toEqual({
      state: { ...gone, configured: expect.anything() as unknown },
      nextPollAt,
    });
  });
});

describe('another location', () => {
  const elsewhere = { location: { kind: 'http', url: 'https://new.example/feed' } } as const;

  test('is read at once, and nothing of the old one counts', () => {
    const after = changed(every(60), { ...every(60), ...elsewhere });
    expect(after?.nextPollAt).toEqual(minutes(-29));
    expect(after?.state).toMatchObject({
      status: 'new',
      statusSince: now.toISOString(),
      failures: 0,
      failuresAlike: 0,
      history: [],
    });
    expect(after?.state.statusCause).toBeUndefined();
    expect(after?.state.readAs).not.toBe('rss');
  });

  test('is not read sooner than the least interval', () => {
    const just = { ...gone, lastPollAt: now.toISOString() };
    expect(changed({}, elsewhere, just)?.nextPollAt).toEqual(minutes(1));
  });

  test('does not wait for what the old one asked for', () => {
    const lastOutcome: PollOutcome = { kind: 'failed', status: 429, retryAfterMs: 86_400_000 };
    expect(changed({}, elsewhere, { ...gone, lastOutcome })?.nextPollAt).toEqual(minutes(-29));
  });
});

describe('other header fields', () => {
  const headers = { Authorization: 'Bearer t0ken' };

  test('are tried at once, where the document is the same', () => {
    const after = changed({}, { headers });
    expect(after?.nextPollAt).toEqual(minutes(-29));
    expect(after?.state).toMatchObject({ status: 'new', failures: 0, readAs: 'rss', history: gone.history });
    expect(JSON.stringify(after)).not.toContain('t0ken');
  });

  test('wait for as long as the server asked', () => {
    const lastOutcome: PollOutcome = { kind: 'failed', status: 429, retryAfterMs: 3_600_000 };
    expect(changed({}, { headers }, { ...gone, lastOutcome })?.nextPollAt).toEqual(minutes(30));
  });
});

describe('another schedule', () => {
  const healthy: SourceState = { ...gone, status: 'healthy', failures: 0, lastOutcome: { kind: 'fetched' } };

  test('counts from the last poll', () => {
    expect(changed(every(600), every(40), healthy)?.nextPollAt).toEqual(minutes(10));
    expect(changed(every(600), every(20), healthy)?.nextPollAt).toEqual(minutes(-10));
    expect(changed(every(20), every(600), healthy)).toMatchObject({
      nextPollAt: minutes(570),
      state: { status: 'healthy', nextPollBecause: 'every 10 h' },
    });
  });

  test('changes nothing of what a server asked for, nor of failures', () => {
    const lastOutcome: PollOutcome = { kind: 'fetched', retryAfterMs: 7_200_000 };
    expect(changed(every(600), every(10), { ...healthy, lastOutcome })?.nextPollAt).toEqual(minutes(90));
    expect(changed(every(600), every(10))?.state).toMatchObject({ status: 'gone', failures: 9 });
  });
});

/** Opens an incident of the source by a document that has drifted. */
async function drift(room: Newsroom, id: string): Promise<void> {
  await room.poll(id, reports(10));
  await room.poll(id, [report(90, { url: undefined })]);
}

describe('an incident ends', () => {
  const openIn = async (room: Newsroom) =>
    (await room.store().incidents(10)).filter(({ closedAt }) => !closedAt).map(({ source }) => source);

  test.each([
    ['is not configured any more', []],
    ['is paused', [sourceAt(url, { id: 'upper', enabled: false })]],
  ])('when its source %s', async (_, configured) => {
    await using room = await newsroom({ upper: {}, lower: {} });
    await drift(room, 'upper');
    await drift(room, 'lower');
    expect(await openIn(room)).toEqual(['lower', 'upper']);
    await followConfiguration([...configured, room.source('lower')], room.store(), circumstances);
    expect(await openIn(room)).toEqual(['lower']);
  });
});

test('a change is followed once', async () => {
  await using room = await newsroom({ upper: {} });
  const follow = (source: Source) => followConfiguration([source], room.store(), circumstances);
  await follow(room.source('upper'));
  await room.poll('upper', { kind: 'gone', status: 410 });
  await room.poll('upper', { kind: 'gone', status: 410 });
  expect(await room.store().source('upper')).toMatchObject({
    nextPollAt: minutes(7 * 24 * 60),
    state: { status: 'gone' },
  });
  const elsewhere = { ...room.source('upper'), location: { kind: 'http', url } } as const;
  await follow(elsewhere);
  const after = await room.store().source('upper');
  expect(after).toMatchObject({ nextPollAt: minutes(1), state: { status: 'new' } });
  await follow(elsewhere);
  expect(await room.store().source('upper')).toEqual(after);
});
