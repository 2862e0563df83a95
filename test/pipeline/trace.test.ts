import { expect, test } from 'vitest';
import type { PollTrace } from '../../src/model/source.ts';
import { traced } from '../../src/pipeline/trace.ts';
import { reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

const startedAt = new Date('2026-01-06T08:00:00Z');
const at = startedAt.getTime();
const endedAt = new Date(at + 250);

test('a poll is remembered with what is known of it', () => {
  const fetched = { kind: 'fetched', status: 200, bytes: 4000, items: 20, new: 3 } as const;
  expect(traced([], fetched, startedAt, endedAt)).toEqual([[at, 'fetched', 250, 200, 4000, 20, 3]]);
  expect(traced([], { kind: 'unchanged', status: 304 }, startedAt, endedAt)).toEqual([
    [at, 'unchanged', 250, 304],
  ]);
  expect(traced([], { kind: 'failed' }, startedAt, endedAt)).toEqual([[at, 'failed', 250]]);
});

test('the last ten are remembered, in less than half a kilobyte', () => {
  let polls: readonly PollTrace[] = [];
  for (let turn = 0; turn < 30; turn++)
    polls = traced(polls, { kind: 'unchanged', status: 304 }, new Date(at + turn), endedAt);
  expect(polls.map(([time]) => time - at)).toEqual(Array.from({ length: 10 }, (_, index) => index + 20));
  expect(JSON.stringify(polls).length).toBeLessThan(512);
});

test('a refresh leaves its trace', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', reports(3));
  await room.poll('harbour', reports(3));
  const { polls } = (await room.store().source('harbour'))?.state ?? {};
  expect(polls?.map(([, kind, , status, , items, added]) => [kind, status, items, added])).toEqual([
    ['fetched', 200, 3, 3],
    ['unchanged', undefined, undefined, undefined],
  ]);
});
