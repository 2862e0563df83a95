import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { applyOverrides } from '../../src/pipeline/overrides.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { sweep } from '../support/sweep.ts';

/** What comes back after it was removed is what it was, and belongs where it did. */

const dayMinutes = 24 * 60;
const inHarbour = report(1, { id: 'urn:harbour:1', url: 'https://harbour.example/1' });
const inCity = report(1, { id: 'urn:city:1', url: 'https://city.example/1' });
const other = report(9, { id: 'urn:harbour:9', url: 'https://harbour.example/9' });
const corrected = { title: '更正：海港泊位仍然关闭，货轮改泊外锚地等候通知' };

/** Both tell the story, and the report that began it has been removed since. */
async function withoutItsFirst(): Promise<Newsroom> {
  const room = await newsroom({ harbour: {}, city: {} });
  await room.poll('harbour', [inHarbour, other]);
  await room.poll('city', [inCity]);
  await removed(room, [other]);
  return room;
}

/** Lists only these, until the others are removed. */
async function removed(room: Newsroom, listed: readonly Item[]): Promise<void> {
  room.clock.pass(30);
  await room.poll('harbour', listed);
  room.clock.pass(2 * dayMinutes);
  await sweep(room);
}

const grouped = async (room: Newsroom) =>
  Object.fromEntries(
    (await room.stories()).map(({ id, reports }) => [id, reports.map(({ entryId }) => entryId).sort()]),
  );

describe('a story whose first report comes back', () => {
  test.each<[string, Partial<Item>]>([
    ['with its title', {}],
    ['with another title', corrected],
  ])('takes it in again %s, for the id is the story’s', async (_, changes) => {
    await using room = await withoutItsFirst();
    await room.poll('harbour', [{ ...inHarbour, ...changes }, other]);
    expect(await grouped(room)).toEqual({
      'urn:harbour:1': ['urn:city:1', 'urn:harbour:1'],
      'urn:harbour:9': ['urn:harbour:9'],
    });
  });

  test('takes it in again where its source merges with nobody by now', async () => {
    await using room = await withoutItsFirst();
    await room.restart({ harbour: { dedupe: 'none' }, city: {} });
    await room.poll('harbour', [inHarbour, other]);
    expect((await grouped(room))['urn:harbour:1']).toEqual(['urn:city:1', 'urn:harbour:1']);
  });

  test('gives it the id when a person splits them, and the others theirs', async () => {
    await using room = await withoutItsFirst();
    await room.poll('harbour', [inHarbour, other]);
    await room
      .store()
      .write((transaction) =>
        applyOverrides(transaction, [{ kind: 'split', entryId: 'urn:harbour:1' }], room.clock.now()),
      );
    expect(await grouped(room)).toEqual({
      'urn:harbour:1': ['urn:harbour:1'],
      'urn:city:1': ['urn:city:1'],
      'urn:harbour:9': ['urn:harbour:9'],
    });
  });
});

describe('an item that comes back', () => {
  const gone = async (): Promise<Newsroom> => {
    const room = await newsroom({ harbour: {} });
    await room.poll('harbour', [inHarbour, other]);
    await removed(room, [other]);
    return room;
  };
  const firstSeen = new Date('2026-01-06T08:00:00Z');

  test('under another id at its URL is what it was', async () => {
    await using room = await gone();
    await room.poll('harbour', [{ ...inHarbour, id: 'urn:harbour:new' }, other]);
    expect(await room.item('harbour', 'urn:harbour:new')).toMatchObject({
      entryId: 'urn:harbour:1',
      firstSeen,
    });
  });

  test('is what it was where its source’s ids were proved useless meanwhile', async () => {
    await using room = await gone();
    const same = [5, 6].map((number) =>
      report(number, { id: 'guid', url: `https://harbour.example/${number}` }),
    );
    await room.poll('harbour', [...same, other]);
    room.clock.pass(30);
    await room.poll('harbour', [inHarbour, ...same, other]);
    expect(await room.item('harbour', 'urn:harbour:1')).toMatchObject({
      entryId: 'urn:harbour:1',
      firstSeen,
    });
  });

  test('does not move back its `updated`', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [inHarbour, other]);
    room.clock.pass(60);
    await room.poll('harbour', [{ ...inHarbour, ...corrected }, other]);
    await removed(room, [other]);
    await room.poll('harbour', [{ ...inHarbour, ...corrected }, other]);
    expect((await room.item('harbour', 'urn:harbour:1')).updated).toEqual(new Date('2026-01-06T09:00:00Z'));
  });

  test.each<[string, Partial<Item>]>([
    ['under its id', {}],
    ['under another id at its URL', { id: 'urn:harbour:new' }],
    ['under another id and title at its URL', { id: 'urn:harbour:new', ...corrected }],
  ])('stays away %s where it was taken down', async (_, changes) => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [inHarbour, other]);
    await room.store().takeDown('urn:harbour:1', room.clock.now());
    for (const title of ['一', '二']) {
      room.clock.pass(30);
      await room.poll('harbour', [{ ...inHarbour, ...changes }, other], { title });
      expect((await room.items()).map(({ entryId }) => entryId)).toEqual(['urn:harbour:9']);
    }
  });
});
