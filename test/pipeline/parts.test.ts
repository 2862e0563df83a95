import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { sweep } from '../support/sweep.ts';

/** The parts of a digest stay the items they are, whatever becomes of the digest's own identity. */

const digest: Item = {
  id: 'digest-1',
  title: '晨报｜泊位通航；电池投产',
  url: 'https://morning.example/1',
  published: '2026-01-06T06:00:00Z',
  parts: [
    {
      title: '海港第1号泊位今晨恢复通航，首批货轮依次离港',
      url: 'https://harbour.example/reports/1',
      content: '<p>甲</p>',
    },
    { title: '电池工厂本周开始试生产，首批送往海港', url: 'https://energy.example/2', content: '<p>乙</p>' },
  ],
};
const withoutId = Object.fromEntries(Object.entries(digest).filter(([name]) => name !== 'id'));

const entryIds = async (room: Newsroom) => (await room.items()).map(({ entryId }) => entryId).toSorted();

describe('no part is new', () => {
  test.each<[string, Item, readonly Item[]]>([
    ['when the digest’s id is another at the same URL', digest, [{ ...digest, id: 'digest-1b' }]],
    [
      'when that happens twice',
      digest,
      [
        { ...digest, id: 'digest-1b' },
        { ...digest, id: 'digest-1c' },
      ],
    ],
    ['when the digest gets an id', withoutId, [digest]],
    ['when the digest loses its id', digest, [withoutId]],
    ['when the digest’s URL is another', digest, [{ ...digest, url: 'https://www.morning.example/old/1' }]],
  ])('%s', async (_, first, later) => {
    await using room = await newsroom({ morning: { explode: true } });
    expect(await room.poll('morning', [first])).toMatchObject({ new: 3 });
    const before = await entryIds(room);
    for (const next of later) {
      room.clock.pass(30);
      expect(await room.poll('morning', [next])).toMatchObject({ new: 0 });
    }
    expect(await entryIds(room)).toEqual(before);
  });

  test('when the source’s ids are proved useless', async () => {
    await using room = await newsroom({ morning: { explode: true } });
    await room.poll('morning', [digest]);
    room.clock.pass(30);
    const same = [5, 6].map((number) =>
      report(number, { id: 'x', url: `https://morning.example/${number}` }),
    );
    expect(await room.poll('morning', [digest, ...same])).toMatchObject({ new: 2 });
  });

  test('when the digest comes back after its removal under another id', async () => {
    await using room = await newsroom({ morning: { explode: true } });
    await room.poll('morning', [digest, report(9)]);
    const before = await entryIds(room);
    room.clock.pass(30);
    await room.poll('morning', [report(9)]);
    room.clock.pass(3 * 24 * 60);
    expect(await sweep(room)).toBe(3);
    await room.poll('morning', [{ ...digest, id: 'digest-1b' }, report(9)]);
    expect(await entryIds(room)).toEqual(before);
  });
});

test('the same parts of another digest are items of their own', async () => {
  await using room = await newsroom({ morning: { explode: true } });
  await room.poll('morning', [digest, { ...digest, id: 'digest-2', url: 'https://morning.example/2' }]);
  expect(await room.items()).toHaveLength(6);
});
