import { describe, expect, test } from 'vitest';
import { failed, type LastFetch } from '../../src/fetch/outcome.ts';
import { FeedParseError } from '../../src/model/errors.ts';
import type { SourceState } from '../../src/model/source.ts';
import { refresh } from '../../src/pipeline/refresh.ts';
import type { Transaction } from '../../src/store/store.ts';
import { report, reports } from '../support/news.ts';
import { documentOf, newsroom, type Newsroom } from '../support/newsroom.ts';

/** All that the store knows of news, to see that nothing has changed. */
async function everything(room: Awaited<ReturnType<typeof newsroom>>) {
  return {
    revision: await room.store().revision(),
    items: await room.items(),
    stories: await room.stories(),
  };
}

async function stateOf(room: Awaited<ReturnType<typeof newsroom>>, id: string): Promise<SourceState> {
  const record = await room.store().source(id);
  if (!record) throw new Error(`no source ${id}`);
  return record.state;
}

describe('the first read of a source', () => {
  test('stores its items with all that is decided once', async () => {
    await using room = await newsroom({ harbour: {} }, { authority: 'news.example.org,2026' });
    const outcome = await room.poll('harbour', [report(1), report(2, { published: undefined })]);
    expect(outcome).toMatchObject({ kind: 'fetched', status: 200, items: 2, new: 2 });

    const timed = await room.item('harbour', 'report-1');
    expect(timed).toMatchObject({
      source: 'harbour',
      itemKey: 'id:report-1',
      urlKey: 'https://harbour.example/reports/1',
      firstSeen: new Date('2026-01-06T08:00:00Z'),
      published: new Date('2026-01-06T07:00:00Z'),
      updated: new Date('2026-01-06T07:00:00Z'),
      arrived: new Date('2026-01-06T07:00:00Z'),
      sort: { time: new Date('2026-01-06T07:00:00Z'), rank: 0, position: 0 },
      matched: 'first',
      item: report(1),
    });
    expect(timed.entryId).toMatch(/^tag:news\.example\.org,2026:harbour\/[0-9a-f]{32}$/);
    expect(timed.apiId).toMatch(/^[0-9a-f]{16}$/);
    expect(timed.titleHash).toMatch(/^[0-9a-f]{64}$/);

    const untimed = await room.item('harbour', 'report-2');
    expect(untimed.published).toBeUndefined();
    expect(untimed.sort.time).toBeUndefined();
    expect(untimed.updated).toEqual(new Date('2026-01-06T08:00:00Z'));
  });

  test('keeps the order of the document for items of one time', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(3), report(1), report(2)]);
    expect((await room.items()).map(({ item }) => item.id)).toEqual(['report-3', 'report-1', 'report-2']);
  });

  test('ranks untimed items below everything that has a time, in a later poll by first sight', async () => {
    await using room = await newsroom({ harbour: {} });
    const untimed = report(1, { published: undefined });
    await room.poll('harbour', [untimed, report(2, { published: '2020-01-01T00:00:00Z' })]);
    expect((await room.items()).map(({ item }) => item.id)).toEqual(['report-2', 'report-1']);
    room.clock.pass(10);
    await room.poll('harbour', [report(3, { published: undefined }), untimed]);
    expect((await room.items()).map(({ item }) => item.id)).toEqual(['report-3', 'report-2', 'report-1']);
  });

  test('takes an id that can be an Atom id as it is', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1, { id: 'urn:example:harbour:1' })]);
    expect((await room.items())[0]?.entryId).toBe('urn:example:harbour:1');
  });

  test('cannot take over an id that another source has', async () => {
    await using room = await newsroom({ harbour: {}, thief: {} });
    const id = 'urn:example:harbour:1';
    await room.poll('harbour', [report(1, { id })]);
    await room.poll('thief', [report(2, { id, url: 'https://thief.example/2' })]);
    expect((await room.item('harbour', id)).entryId).toBe(id);
    expect((await room.item('thief', id)).entryId).toMatch(/^urn:uuid:/);
  });
});

describe('the same again', () => {
  test('as the same bytes is unchanged', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    const before = await everything(room);
    room.clock.pass(10);
    expect(await room.poll('harbour', reports(3))).toMatchObject({ kind: 'unchanged' });
    expect(await everything(room)).toEqual(before);
  });

  test('in another document adds nothing and moves nothing', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    const before = await everything(room);
    for (const [round, items] of [reports(3), reports(3).toReversed(), reports(2), reports(3)].entries()) {
      room.clock.pass(90);
      const again = await room.poll('harbour', items, { updated: `2026-01-06T09:0${round}:00Z` });
      expect(again).toMatchObject({ kind: 'fetched', new: 0 });
      expect(await everything(room)).toEqual(before);
    }
  });

  test('after a restart adds nothing and moves nothing', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    const before = await everything(room);
    await room.restart();
    room.clock.pass(60 * 24 * 10);
    await room.poll('harbour', reports(3), { title: '海港' });
    expect(await everything(room)).toEqual(before);
  });
});

describe('what is remembered of a source', () => {
  test('is its validators and its state, with the items they came with', async () => {
    await using room = await newsroom({ harbour: { schedule: { kind: 'interval', everyMs: 600_000 } } });
    const validators = { url: 'https://harbour.example/feed', etag: '"1"', lastModified: 'yesterday' };
    await room.poll('harbour', { ...documentOf(reports(2), { title: '海港' }), validators });
    const record = await room.store().source('harbour');
    expect(record?.state).toMatchObject({
      validators,
      documents: 1,
      failures: 0,
      firstSuccessAt: '2026-01-06T08:00:00.000Z',
      lastSuccessAt: '2026-01-06T08:00:00.000Z',
      lastNewAt: '2026-01-06T08:00:00.000Z',
      feed: { title: '海港' },
    });
    expect(record?.nextPollAt).toEqual(new Date('2026-01-06T08:10:00Z'));
  });

  test('is not used where the source is read in another way', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(2));
    await room.restart({ harbour: { drop: ['第2号'] } });
    expect(await room.poll('harbour', reports(2))).toMatchObject({ kind: 'fetched' });
  });
});

describe('a failure', () => {
  test('of the server is a value, and costs nothing that is stored', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(3));
    const before = await everything(room);
    const error = { code: 'http-500', message: 'fetch: status 500' };
    const outcome = await room.poll('harbour', { kind: 'failed', status: 500, error });
    expect(outcome).toMatchObject({ kind: 'failed', status: 500, error });
    expect(await everything(room)).toEqual(before);
    expect(await stateOf(room, 'harbour')).toMatchObject({ failures: 1, documents: 1 });
  });

  test('is forgotten with the next success', async () => {
    await using room = await newsroom({ harbour: {} });
    const error = { code: 'timeout', message: 'fetch: too long' };
    for (let count = 1; count <= 3; count++) {
      await room.poll('harbour', { kind: 'failed', error });
      expect((await stateOf(room, 'harbour')).failures).toBe(count);
    }
    await room.poll('harbour', reports(1));
    expect((await stateOf(room, 'harbour')).failures).toBe(0);
  });

  test('of the document is a value too, with its code', async () => {
    await using room = await newsroom({ harbour: {} });
    room.answer('harbour', documentOf(reports(1)));
    const parse = () => Promise.reject(new FeedParseError('empty', 'parse: the document is empty'));
    const tools = { ...room.tools(), parse };
    const outcome = await refresh(room.source('harbour'), await stateOf(room, 'harbour'), tools);
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'empty' } });
    expect(await room.items()).toEqual([]);
  });

  test('of the program is an exception, and nothing is stored', async () => {
    await using room = await newsroom({ harbour: {} });
    room.answer('harbour', documentOf(reports(1)));
    const tools = { ...room.tools(), parse: () => Promise.reject(new TypeError('a defect')) };
    await expect(refresh(room.source('harbour'), await stateOf(room, 'harbour'), tools)).rejects.toThrow(
      'a defect',
    );
    expect(await everything(room)).toEqual({ revision: 0, items: [], stories: [] });
  });
});

describe('a crash between fetching and committing', () => {
  const steps = ['insertItems', 'updateItems', 'updateStories', 'markListed', 'saveSource'] as const;

  test.each(steps)('at %s loses nothing and leaves nothing half done', async (step) => {
    await using room = await newsroom({ harbour: {}, other: {} });
    await room.poll('other', [report(2, { id: 'x', url: 'https://other.example/2' })]);
    await room.poll('harbour', [report(1)]);
    const before = { ...(await everything(room)), state: await stateOf(room, 'harbour') };

    room.clock.pass(30);
    const items = [report(1, { title: '海港第1号泊位推迟到明天恢复通航' }), report(2), report(3)];
    room.answer('harbour', documentOf(items));
    const store = room.store();
    const crashing = {
      ...store,
      write: <Result>(work: (transaction: Transaction) => Promise<Result>) =>
        store.write((transaction) =>
          work({ ...transaction, [step]: () => Promise.reject(new Error('the power went')) }),
        ),
    };
    const attempt = refresh(room.source('harbour'), before.state, { ...room.tools(), store: crashing });
    await expect(attempt).rejects.toThrow('the power went');
    expect({ ...(await everything(room)), state: await stateOf(room, 'harbour') }).toEqual(before);

    await room.restart();
    expect(await room.poll('harbour', items)).toMatchObject({ kind: 'fetched', new: 2 });
    expect(await room.items()).toHaveLength(4);
    expect(await room.stories()).toHaveLength(3);
  });
});

describe('of a source’s items only those are taken', () => {
  const items = [
    report(1),
    report(2, { title: '电池工厂本周开始试生产，首批送往海港' }),
    report(3, { title: '广告：电池以旧换新大促开始了' }),
  ];

  test('that match `keep`', async () => {
    await using room = await newsroom({ harbour: { keep: ['电池'] } });
    await room.poll('harbour', items);
    expect((await room.items()).map(({ item }) => item.id)).toEqual(['report-2', 'report-3']);
  });

  test('that do not match `drop`, which has the last word', async () => {
    await using room = await newsroom({ harbour: { keep: ['电池'], drop: ['廣告'] } });
    await room.poll('harbour', items);
    expect((await room.items()).map(({ item }) => item.id)).toEqual(['report-2']);
  });

  test('and a document of which none is taken is as sound as any', async () => {
    await using room = await newsroom({ harbour: { keep: ['电池'] } });
    await room.poll('harbour', items);
    await room.poll('harbour', [report(4), report(5), report(6)]);
    expect(await stateOf(room, 'harbour')).toMatchObject({ status: 'healthy', documents: 2 });
    expect(await room.store().incidents(10)).toEqual([]);
  });
});

describe('a flood', () => {
  test('of a first poll comes at once', async () => {
    await using room = await newsroom({ harbour: {} });
    expect(await room.poll('harbour', reports(250))).toMatchObject({ new: 250 });
  });

  const afterFirst = async () => {
    const room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(1));
    room.clock.pass(10);
    return room;
  };
  const numbers = async (room: Newsroom) =>
    (await room.items())
      .map(({ item }) => Number(item.id?.slice('report-'.length)))
      .toSorted((a, b) => a - b);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  test('of a later one comes a hundred a poll, though its document stays as it is', async () => {
    await using room = await afterFirst();
    const flood = reports(251);
    expect(await room.poll('harbour', flood)).toMatchObject({ kind: 'fetched', new: 100 });
    for (const [arrived, all] of [
      [100, 201],
      [50, 251],
    ]) {
      room.clock.pass(10);
      expect(await room.poll('harbour', flood)).toMatchObject({ kind: 'unchanged', new: arrived });
      expect(await room.items()).toHaveLength(all ?? 0);
    }
    room.clock.pass(10);
    const { revision } = await room.story(report(1).title);
    expect(await room.poll('harbour', flood)).toEqual(expect.not.objectContaining({ new: 0 }));
    expect((await room.story(report(1).title)).revision).toBe(revision);
  });

  test('is not lost when the document moves on, and lets its news go first', async () => {
    await using room = await afterFirst();
    await room.poll('harbour', reports(251));
    room.clock.pass(10);
    const next = [report(300), report(301)];
    expect(await room.poll('harbour', next)).toMatchObject({ new: 100 });
    expect((await numbers(room)).slice(-2)).toEqual([300, 301]);
    room.clock.pass(10);
    expect(await room.poll('harbour', failed('connect', 'fetch: nobody answers'))).toMatchObject({
      kind: 'failed',
      new: 52,
    });
    expect(await numbers(room)).toEqual([...upTo(251), 300, 301]);
  });

  test('arrives as its document tells of it by then, once each, also under new ids', async () => {
    await using room = await afterFirst();
    await room.poll('harbour', reports(151));
    room.clock.pass(10);
    const edited = reports(151).map((item) => ({
      ...item,
      id: `new-${item.id ?? ''}`,
      rights: '海港通讯社',
    }));
    expect(await room.poll('harbour', edited)).toMatchObject({ new: 50 });
    const items = await room.items();
    expect(items).toHaveLength(151);
    expect(items.every(({ item }) => item.rights === '海港通讯社')).toBe(true);
    room.clock.pass(10);
    expect(await room.poll('harbour', edited, { title: '海港' })).toMatchObject({ new: 0 });
  });

  test('is stored with what came at once: a restart loses nothing of it', async () => {
    await using room = await afterFirst();
    await room.poll('harbour', reports(120));
    await room.restart();
    room.clock.pass(10);
    await room.poll('harbour', [report(400)]);
    expect(await numbers(room)).toEqual([...upTo(120), 400]);
  });
});

describe('a document that is not what the source used to give', () => {
  const usual = reports(10);
  const strange = [report(90, { url: undefined }), report(91, { url: undefined })];

  test('is not published, opens an incident, and is kept to look at', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', usual);
    await room.poll('harbour', strange);
    expect(await room.items()).toHaveLength(10);
    expect(await room.store().incidents(10)).toMatchObject([{ source: 'harbour', kind: 'drifted' }]);
    expect(await room.store().keptDocuments('harbour')).toHaveLength(1);
  });

  test('is released by a good one', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', usual);
    await room.poll('harbour', strange);
    await room.poll('harbour', reports(11));
    expect(await room.items()).toHaveLength(11);
    const [incident] = await room.store().incidents(10);
    expect(incident?.closedAt).toBeDefined();
    expect((await stateOf(room, 'harbour')).drift).toBeUndefined();
  });

  test('is released by the last good one, too, which holds nothing new', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', usual);
    await room.poll('harbour', strange);
    expect(await room.poll('harbour', usual)).toMatchObject({ kind: 'fetched', new: 0 });
    expect(await stateOf(room, 'harbour')).toMatchObject({ status: 'healthy' });
    expect((await room.store().incidents(10))[0]?.closedAt).toBeDefined();
  });

  test('is asked for by its own validators, until the answer would be believed', async () => {
    await using room = await newsroom({ harbour: {} });
    const validators = (etag: string) => ({ validators: { url: 'https://harbour.example/feed', etag } });
    await room.poll('harbour', { ...documentOf(usual), ...validators('"usual"') });
    const asked: (string | undefined)[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const tools = room.tools();
      room.answer('harbour', { ...documentOf(strange), ...validators('"strange"') });
      const fetch: typeof tools.fetch = (source, last) => {
        asked.push(last.validators?.etag);
        return tools.fetch(source, last);
      };
      await refresh(room.source('harbour'), await stateOf(room, 'harbour'), { ...tools, fetch });
    }
    expect(asked).toEqual(['"usual"', '"strange"', undefined, '"strange"']);
    expect(await room.items()).toHaveLength(12);
    expect(await room.store().keptDocuments('harbour')).toHaveLength(1);
  });

  test('is believed when it comes three times alike', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', usual);
    for (const count of [10, 10, 12]) {
      expect(await room.items()).toHaveLength(10);
      await room.poll('harbour', strange, { updated: `2026-01-06T0${count % 10}:00:00Z` });
    }
    expect(await room.items()).toHaveLength(12);
  });
});

describe('a document that cannot be read', () => {
  const unreadable = { ...documentOf([]), bytes: Buffer.from('<html>'), bodyHash: 'html' };

  /** Polls it so often, from the first time on; gives what each request was made with. */
  async function polled(room: Awaited<ReturnType<typeof newsroom>>, times: number) {
    room.answer('harbour', unreadable);
    const asked: LastFetch[] = [];
    for (let turn = 0; turn < times; turn++) {
      const tools = room.tools();
      const fetch: typeof tools.fetch = (source, last) => {
        asked.push(last);
        return tools.fetch(source, last);
      };
      const parse: typeof tools.parse = () =>
        Promise.reject(new FeedParseError('html-page', 'parse: a web page'));
      await refresh(room.source('harbour'), await stateOf(room, 'harbour'), { ...tools, fetch, parse });
    }
    return asked;
  }

  test('is asked for once, and then only if it has changed', async () => {
    await using room = await newsroom({ harbour: {} });
    expect((await polled(room, 5)).map(({ bodyHash }) => bodyHash)).toEqual([
      undefined,
      'html',
      'html',
      'html',
      'html',
    ]);
  });

  test('fails each time, however often it is the same', async () => {
    await using room = await newsroom({ harbour: {} });
    await polled(room, 5);
    expect(await stateOf(room, 'harbour')).toMatchObject({
      status: 'drifted',
      statusCause: 'parse: a web page',
      failures: 5,
      drift: { alike: 5 },
      lastOutcome: { kind: 'failed', error: { code: 'html-page' } },
    });
  });

  test('is kept once', async () => {
    await using room = await newsroom({ harbour: {} });
    await polled(room, 5);
    expect(await room.store().keptDocuments('harbour')).toHaveLength(1);
  });

  test('is read again when it is to be read in another way', async () => {
    await using room = await newsroom({ harbour: {} });
    await polled(room, 2);
    await room.restart({ harbour: { format: 'telegraph' } });
    expect((await polled(room, 1))[0]).not.toHaveProperty('bodyHash');
  });
});

test('a poll that the end of the program cuts off leaves the source due when it was', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', reports(2));
  const before = await room.store().source('harbour');
  expect(before?.nextPollAt).toEqual(new Date('2026-01-06T08:15:00Z'));
  room.clock.pass(5);
  await room.poll('harbour', failed('stopped', 'fetch: the program is stopping'));
  expect(await room.store().source('harbour')).toEqual(before);
});
