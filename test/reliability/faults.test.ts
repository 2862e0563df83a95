import { expect, test } from 'vitest';
import { refresh } from '../../src/pipeline/refresh.ts';
import { untouched } from '../../src/model/source.ts';
import { report, reports } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { faulty } from './faults.ts';

/** New items, an edit, a story of two sources, and one item that is listed no more. */
const first = reports(3);
const second = [report(1, { title: '海港第1号泊位推迟到明天恢复通航' }), report(2), report(4), report(5)];

/** What readers may rely on, without the times of this run. */
async function everything(room: Newsroom): Promise<unknown> {
  const items = await room.items();
  return {
    items: items.map(({ entryId, story, firstSeen, published, item }) => ({
      entryId,
      story,
      firstSeen,
      published,
      item,
    })),
    stories: (await room.stories()).map(({ id, reports: members }) => [
      id,
      members.map(({ entryId }) => entryId),
    ]),
    document: (await room.store().source('harbour'))?.state.documents,
  };
}

/** Polls twice, the second time with the fault; gives how many calls there were. */
async function run(room: Newsroom, failing: number): Promise<number> {
  const other = { id: 'urn:example:river:4', url: 'https://river.example/4' };
  await room.poll('river', [report(4, other)]);
  await room.poll('harbour', first);
  const before = await everything(room);
  room.clock.pass(30);
  room.answer('harbour', second);
  const { store, calls } = faulty(room.store(), failing);
  const state = (await room.store().source('harbour'))?.state ?? untouched;
  const attempt = refresh(room.source('harbour'), state, { ...room.tools(), store });
  const failed = await attempt.then(
    () => false,
    () => true,
  );
  await room.restart();
  if (failed) expect(await everything(room)).toEqual(before);
  await room.poll('harbour', second);
  return calls();
}

test('a poll that breaks off at any call to the store is as if it had not been', async () => {
  const sources = { harbour: {}, river: {} };
  // The id under which entries are named is another one in each store, unless there is an authority.
  const options = { authority: 'harbour.example,2026' };
  await using sound = await newsroom(sources, options);
  const calls = await run(sound, Infinity);
  const expected = await everything(sound);
  expect(calls).toBeGreaterThan(10);
  for (let failing = 1; failing <= calls; failing++) {
    await using room = await newsroom(sources, options);
    await run(room, failing);
    expect(await everything(room), `at call ${failing}`).toEqual(expected);
  }
});
