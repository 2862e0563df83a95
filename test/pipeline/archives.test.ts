import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { report, reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

/** What archives do when what they hold changes, and when it goes. */

const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
const topics = [{ ...none, id: 'ports', title: '港口', any: ['引水员'] }];
const settings = { entries: 5, hours: 0, maxEntries: 20 };

const idsOf = (atom: string) =>
  [...atom.matchAll(/<entry\b[^>]*>\s*<id>([^<]*)</g)].map(([, id]) => id ?? '');

const current = async (publisher: Publisher, path: string) =>
  (await publisher.feed(path, 'atom'))?.identity.body.toString() ?? '';

/** The numbers of a feed's archives, newest first, by the links between them; each has to be there. */
async function chain(publisher: Publisher, path: string): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  const earlier = (atom: string) => /rel="prev-archive" href="[^"]*\/archive\/(\d+)\.atom"/.exec(atom)?.[1];
  for (let next = earlier(await current(publisher, path)); next !== undefined;) {
    const archive = await publisher.archive(path, Number(next), 'atom');
    if (!archive) throw new Error(`archive ${next} is linked and not there`);
    const atom = archive.identity.body.toString();
    found.set(Number(next), atom);
    next = earlier(atom);
  }
  return found;
}

/** The ids of a JSON feed and of what its `next_url` leads to, a list for each document. */
async function pages(publisher: Publisher, path: string): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  let document = await publisher.feed(path, 'json');
  while (document) {
    const { next_url: next, items } = JSON.parse(document.identity.body.toString()) as {
      readonly next_url?: string;
      readonly items: readonly { readonly id: string }[];
    };
    found.push(items.map(({ id }) => id));
    if (next === undefined) return found;
    const number = /\/archive\/(\d+)\.json$/.exec(next)?.[1];
    document = await publisher.archive(path, Number(number), 'json');
  }
  throw new Error(`${path}: next_url leads nowhere`);
}

const urns = (from: number, through: number) =>
  Array.from({ length: through - from + 1 }, (_, at) => `urn:harbour:${from + at}`);

const harbour = (count: number): readonly Item[] =>
  reports(count).map((item, at) => ({ ...item, id: `urn:harbour:${at + 1}` }));

async function filled() {
  const room = await newsroom({ harbour: {} }, { topics });
  await room.poll('harbour', harbour(250));
  const publisher = room.publisher(settings);
  await publisher.renew();
  return { ...room, newsroomPublisher: room.publisher, publisher };
}

describe('an entry of an archive', () => {
  test('stands in the feed again when it is edited, in its new version', async () => {
    await using room = await filled();
    const { publisher } = room;
    for (const path of ['all', 'sources/harbour'])
      expect(idsOf(await current(publisher, path))).not.toContain('urn:harbour:30');
    room.clock.pass(60);
    const edited = harbour(250).with(29, report(30, { id: 'urn:harbour:30', content: '<p>已经改正。</p>' }));
    await room.poll('harbour', edited);
    await publisher.renew();
    for (const path of ['all', 'sources/harbour']) {
      expect(idsOf(await current(publisher, path))).toContain('urn:harbour:30');
      expect(await current(publisher, path)).toContain('已经改正');
      const archived = [...(await chain(publisher, path)).values()].flatMap(idsOf);
      expect(archived).not.toContain('urn:harbour:30');
      expect(archived).toHaveLength(199);
      const [newest = [], ...older] = await pages(publisher, path);
      expect(newest).toContain('urn:harbour:30');
      expect(older.flat().toSorted()).toEqual(archived.toSorted());
    }
  });

  test('is gone from it when it is taken down, and the feed and its archives say so', async () => {
    await using room = await filled();
    const { publisher } = room;
    await room.store().takeDown('urn:harbour:30', room.clock.now());
    await publisher.renew();
    expect(await current(publisher, 'all')).toContain('<at:deleted-entry ref="urn:harbour:30"');
    const archived = [...(await chain(publisher, 'all')).values()].flatMap(idsOf);
    expect(archived).toHaveLength(199);
    const left = urns(1, 250).filter((id) => id !== 'urn:harbour:30');
    expect(new Set((await pages(publisher, 'all')).flat())).toEqual(new Set(left));

    // The archive of the time in which it was taken down says it for good.
    room.clock.pass(60);
    await room.poll('harbour', harbour(400));
    await publisher.renew();
    const [newest = ''] = (await chain(publisher, 'all')).values();
    expect(newest).toContain('<at:deleted-entry ref="urn:harbour:30"');
  });

  test('that comes into a topic late stands in the topic’s feed', async () => {
    await using room = await newsroom({ harbour: {} }, { topics });
    const inTopic = harbour(250).map((item, at) =>
      at === 40 ? item : { ...item, title: `引水员：${item.title ?? ''}` },
    );
    await room.poll('harbour', inTopic);
    const publisher = room.publisher(settings);
    await publisher.renew();
    expect((await chain(publisher, 'topics/ports')).size).toBe(2);
    room.clock.pass(60);
    await room.poll(
      'harbour',
      inTopic.with(40, report(41, { id: 'urn:harbour:41', title: '引水员登上第41号泊位的货轮' })),
    );
    await publisher.renew();
    expect(idsOf(await current(publisher, 'topics/ports'))).toContain('urn:harbour:41');
  });
});

describe('archives of which nothing is left', () => {
  const retainOnly = async (room: Awaited<ReturnType<typeof filled>>, kept: readonly string[]) => {
    const listed = harbour(250).filter(({ id = '' }) => kept.includes(id));
    room.clock.pass(60);
    await room.poll('harbour', listed, { title: '只剩这些' });
    const now = room.clock.now();
    await room.store().retain({ before: now, maxItems: 1000, now });
    await room.publisher.renew();
  };

  test('are no longer linked and not there', async () => {
    await using room = await filled();
    await retainOnly(room, urns(101, 250));
    const found = await chain(room.publisher, 'all');
    expect([...found.keys()]).toEqual([2]);
    expect(await room.publisher.archive('all', 1, 'atom')).toBeUndefined();
    const kept = [...idsOf(await current(room.publisher, 'all')), ...[...found.values()].flatMap(idsOf)];
    expect(new Set(kept)).toEqual(new Set(urns(101, 250)));
  });

  test('stay and are empty where older ones still hold something, and the newest stays', async () => {
    await using room = await filled();
    await retainOnly(room, ['urn:harbour:7', ...urns(201, 250)]);
    const found = await chain(room.publisher, 'all');
    expect([...found].map(([number, atom]) => [number, idsOf(atom)])).toEqual([
      [2, []],
      [1, ['urn:harbour:7']],
    ]);
    expect((await pages(room.publisher, 'all')).slice(1)).toEqual([[], ['urn:harbour:7']]);
    await retainOnly(room, ['urn:harbour:250']);
    expect([...(await chain(room.publisher, 'all')).keys()]).toEqual([2]);
    await room.restart();
    const after = room.newsroomPublisher(settings);
    await after.renew();
    expect([...(await chain(after, 'all')).keys()]).toEqual([2]);
  });

  test('have numbers that never come again', async () => {
    await using room = await filled();
    await retainOnly(room, ['urn:harbour:250']);
    room.clock.pass(60);
    await room.poll('harbour', harbour(500).slice(250, 350));
    await room.poll('harbour', harbour(500).slice(350, 450));
    await room.publisher.renew();
    expect([...(await chain(room.publisher, 'all')).keys()].every((number) => number > 1)).toBe(true);
  });
});
