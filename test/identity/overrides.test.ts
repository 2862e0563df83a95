import { describe, expect, test } from 'vitest';
import type { Override } from '../../src/model/override.ts';
import { explain } from '../../src/pipeline/explain.ts';
import { applyOverrides } from '../../src/pipeline/overrides.ts';
import { compileRules } from '../../src/pipeline/rules.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { sweep } from '../support/sweep.ts';

const join = (...entryIds: readonly string[]): Override => ({ kind: 'join', entryIds });
const split = (entryId: string): Override => ({ kind: 'split', entryId });

const inHarbour = 'urn:harbour:1';
const inCity = 'urn:city:1';
const inPort = 'urn:port:1';

const sources = { harbour: {}, city: {}, port: {} };

/** The same story by its title, or another one. */
const told = (id: string, title?: string) => {
  const [, source = ''] = id.split(':');
  return [report(1, { id, url: `https://${source}.example/1`, ...(title !== undefined && { title }) })];
};
const another = '引航站公布冬季值班安排，夜间增派两艘拖轮待命';

/** The entry ids of each story's reports, under the story's id. */
async function storiesOf(room: Newsroom): Promise<Readonly<Record<string, readonly string[]>>> {
  const stories = await room.stories();
  return Object.fromEntries(
    stories.map(({ id, reports }) => [id, reports.map(({ entryId }) => entryId).sort()]),
  );
}

const apply = (room: Newsroom, ...overrides: readonly Override[]) =>
  room.store().write((transaction) => applyOverrides(transaction, overrides, room.clock.now()));

describe('a join', () => {
  test('of stored stories moves all reports to the story of the first named, whose id and times stay', async () => {
    await using room = await newsroom(sources);
    await room.poll('harbour', told(inHarbour));
    room.clock.pass(30);
    await room.poll('city', told(inCity, another));
    await room.poll('port', told(inPort, another));
    const before = (await room.stories()).find(({ id }) => id === inHarbour);
    await apply(room, join(inHarbour, inPort));
    expect(await storiesOf(room)).toEqual({ [inHarbour]: [inCity, inHarbour, inPort].sort() });
    const { published, updated, sort, lead, reports } = await room.story();
    expect({ published, updated, sort }).toEqual({
      published: before?.published,
      updated: before?.updated,
      sort: before?.sort,
    });
    expect(lead.entryId).toBe(inHarbour);
    expect(reports.map(({ matched }) => matched)).toEqual(['first', 'override', 'override']);
  });

  test('changes nothing when it is done again', async () => {
    await using room = await newsroom(sources);
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity, another));
    await apply(room, join(inHarbour, inCity));
    const revision = await room.store().revision();
    await apply(room, join(inHarbour, inCity));
    expect(await room.store().revision()).toBe(revision);
  });

  test('waits for an item that is still to come, which joins what is published', async () => {
    await using room = await newsroom(sources, { overrides: [join(inCity, inHarbour)] });
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity, another));
    expect(await storiesOf(room)).toEqual({ [inHarbour]: [inCity, inHarbour].sort() });
  });

  test('of an item that was never published apart leaves no tombstone', async () => {
    await using room = await newsroom(sources, { overrides: [join(inHarbour, inCity)] });
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity, another));
    expect(
      await room.store().tombstones({ kind: 'story', after: 0, through: Number.MAX_SAFE_INTEGER, least: 0 }),
    ).toEqual([]);
  });

  test('shows in the feeds, and touches no other entry', async () => {
    await using room = await newsroom(sources);
    await room.poll('harbour', [...told(inHarbour), report(2)]);
    await room.poll('city', told(inCity, another));
    const publisher = room.publisher();
    await publisher.renew();
    const entries = () =>
      String(publisher.ready('all', 'atom')?.identity.body).match(/<entry>[^]*?<\/entry>/g) ?? [];
    const other = entries().find((entry) => entry.includes('第2号'));
    const ofSource = String((await publisher.feed('sources/city', 'atom'))?.identity.body);
    expect(entries()).toHaveLength(3);
    await apply(room, join(inHarbour, inCity));
    await publisher.renew();
    expect(entries()).toHaveLength(2);
    expect(entries()).toContain(other);
    expect(entries().join('')).toContain('href="https://city.example/1"');
    expect(String(publisher.ready('all', 'atom')?.identity.body)).toContain(
      `<at:deleted-entry ref="${inCity}"`,
    );
    expect(String((await publisher.feed('sources/city', 'atom'))?.identity.body)).toBe(ofSource);
  });

  test('tells those who know the story that went, until it is there again', async () => {
    await using room = await newsroom(sources);
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', [{ ...report(1, { id: inCity }), title: '别的说法：泊位恢复通航的全部经过' }]);
    const publisher = room.publisher();
    const buried = async () => {
      await publisher.renew();
      return [
        ...String(publisher.ready('all', 'atom')?.identity.body).matchAll(/deleted-entry ref="([^"]*)"/g),
      ].map(([, id]) => id);
    };
    expect(await buried()).toEqual([]);
    await apply(room, join(inHarbour, inCity));
    expect(await buried()).toEqual([inCity]);
    await apply(room, split(inCity));
    expect(await buried()).toEqual([]);
    expect(Object.keys(await storiesOf(room)).sort()).toEqual([inCity, inHarbour].sort());
  });
});

describe('a split', () => {
  const together = async () => {
    const room = await newsroom(sources);
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity));
    await room.poll('port', told(inPort));
    return room;
  };

  test('gives a later report a story of its own under its own id', async () => {
    await using room = await together();
    await apply(room, split(inCity));
    expect(await storiesOf(room)).toEqual({
      [inHarbour]: [inHarbour, inPort].sort(),
      [inCity]: [inCity],
    });
    expect((await room.item('city', inCity)).matched).toBe('override');
  });

  test('leaves the first report the id that readers know it by; the others go on under their own', async () => {
    await using room = await together();
    await apply(room, split(inHarbour));
    expect(await storiesOf(room)).toEqual({
      [inHarbour]: [inHarbour],
      [inCity]: [inCity, inPort].sort(),
    });
  });

  test('changes nothing when it is done again', async () => {
    await using room = await together();
    await apply(room, split(inHarbour), split(inPort));
    const revision = await room.store().revision();
    await apply(room, split(inHarbour), split(inPort));
    expect(await room.store().revision()).toBe(revision);
  });

  test('holds for an item that is still to come', async () => {
    await using room = await newsroom(sources, { overrides: [split(inCity)] });
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity));
    await room.poll('port', told(inPort));
    expect(await storiesOf(room)).toEqual({
      [inHarbour]: [inHarbour, inPort].sort(),
      [inCity]: [inCity],
    });
  });

  test('holds for an item that came first: later reports of its title leave it alone', async () => {
    await using room = await newsroom(sources, { overrides: [split(inHarbour)] });
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity));
    await room.poll('port', told(inPort));
    expect(await storiesOf(room)).toEqual({
      [inHarbour]: [inHarbour],
      [inCity]: [inCity, inPort].sort(),
    });
  });
});

describe('an override holds when what it names was removed and comes back', () => {
  const dayMinutes = 24 * 60;
  const other = report(9, { id: 'urn:harbour:9', url: 'https://harbour.example/9' });
  const comesBack = async (room: Newsroom) => {
    await room.poll('harbour', [...told(inHarbour), other]);
    await room.poll('city', told(inCity, another));
    room.clock.pass(30);
    await room.poll('harbour', [other]);
    room.clock.pass(2 * dayMinutes);
    await sweep(room);
    await room.poll('harbour', [...told(inHarbour), other]);
    return storiesOf(room);
  };

  test('a join', async () => {
    await using room = await newsroom(sources, { overrides: [join(inHarbour, inCity)] });
    expect(await comesBack(room)).toEqual({
      [inHarbour]: [inCity, inHarbour].sort(),
      'urn:harbour:9': ['urn:harbour:9'],
    });
  });

  test('a split', async () => {
    await using room = await newsroom(sources, { overrides: [join(inHarbour, inCity), split(inHarbour)] });
    expect(await comesBack(room)).toEqual({
      [inHarbour]: [inHarbour],
      [inCity]: [inCity],
      'urn:harbour:9': ['urn:harbour:9'],
    });
  });
});

describe('of two overrides of one entry the later counts', () => {
  test.each<[string, readonly Override[], Readonly<Record<string, readonly string[]>>]>([
    [
      'split, then joined elsewhere',
      [split(inCity), join(inPort, inCity)],
      { [inHarbour]: [inHarbour], [inPort]: [inCity, inPort] },
    ],
    [
      'joined, then split',
      [join(inPort, inHarbour), split(inHarbour)],
      { [inHarbour]: [inHarbour], [inCity]: [inCity], [inPort]: [inPort] },
    ],
  ])('%s', async (name, overrides, expected) => {
    await using room = await newsroom(sources);
    await room.poll('harbour', told(inHarbour));
    await room.poll('city', told(inCity));
    await room.poll('port', told(inPort, another));
    if (name.startsWith('joined')) await apply(room, split(inCity));
    await apply(room, ...overrides);
    expect(await storiesOf(room)).toEqual(expected);
    const revision = await room.store().revision();
    await apply(room, ...overrides);
    expect(await room.store().revision()).toBe(revision);
  });
});

test('an explanation tells of an override', async () => {
  await using room = await newsroom(sources);
  await room.poll('harbour', told(inHarbour));
  await room.poll('city', told(inCity));
  await room.poll('port', told(inPort, another));
  const overrides = [split(inCity), join(inHarbour, inPort)];
  await apply(room, ...overrides);
  const settings = { dedupe: room.tools().rules.dedupe, overrides };
  const rules = compileRules([], []);
  const asked = (id: string) => explain(id, rules, settings, room.store());
  expect((await asked(inCity)).stories[0]?.reports[0]?.because).toBe(
    'An override made it a story of its own.',
  );
  expect((await asked(inPort)).stories[0]?.reports[1]?.because).toBe('An override joins it.');
  expect((await asked(inCity)).apart).toMatchObject([{ id: inHarbour, because: 'An override splits them.' }]);
});
