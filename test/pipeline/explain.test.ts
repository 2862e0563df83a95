import { describe, expect, test } from 'vitest';
import { explain } from '../../src/pipeline/explain.ts';
import { compileRules } from '../../src/pipeline/rules.ts';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

const settings = {
  dedupe: { windowMs: 48 * 3_600_000, minKeyLength: 8, keyVersion: 1 },
  overrides: [],
} as const;
const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
const rules = compileRules([{ ...none, id: 'ports', title: '港口', any: ['泊位'] }], []);

describe('a mere text is explained without a store', () => {
  test('by its key step by step, its hash, its length and its topics', async () => {
    const explanation = await explain('财联社1月6日电，「海港」泊位通航', rules, settings);
    expect(explanation.key.steps.map(({ text }) => text)).toContain('「海港」泊位通航');
    expect(explanation.key.steps.at(-1)?.text).toBe('海港泊位通航');
    expect(explanation.key.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(explanation).toMatchObject({ mergesByTitle: false, stories: [] });
    expect(explanation.key.length).toBe(6);
    expect(explanation.topics.map(({ topic }) => topic)).toEqual(['ports']);
  });
});

describe('a story is explained', () => {
  test.each([
    ['by an API id', ({ apiId }: { apiId: string }) => apiId],
    ['by an entry id', ({ entryId }: { entryId: string }) => entryId],
    ['by a URL in any spelling', () => 'http://harbour.example/reports/1/?utm_source=x'],
    ['by its title in any spelling', () => '海港第１號泊位今晨恢復通航　首批貨輪依次離港'],
  ])('%s', async (_, ask) => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1)]);
    await room.poll('city', [
      report(1, { id: 'c', url: 'https://city.example/1', published: '2026-01-06T04:30:00Z' }),
    ]);
    const explanation = await explain(
      ask(await room.item('harbour', 'report-1')),
      rules,
      settings,
      room.store(),
    );
    expect(explanation.mergesByTitle).toBe(true);
    expect(explanation.stories).toHaveLength(1);
    const [story] = explanation.stories;
    expect(story?.reports.map(({ source, matched }) => [source, matched])).toEqual([
      ['harbour', 'first'],
      ['city', 'title'],
    ]);
    // 07:00 and 04:30 are two and a half hours apart, of the 48 that merge.
    expect(story?.reports[1]?.because).toMatch(/2\.5 h .*48 h/);
  });
});

describe('what a source’s configuration says is told', () => {
  test('in its topics', async () => {
    await using room = await newsroom({ harbour: { topics: ['markets'] } });
    await room.poll('harbour', [report(1)]);
    const { apiId, topics } = await room.item('harbour', 'report-1');
    const configured = compileRules([], [room.source('harbour')]);
    const explanation = await explain(apiId, configured, settings, room.store());
    expect(topics).toEqual(['markets']);
    expect(explanation.topics).toEqual([
      { topic: 'markets', because: [{ term: 'harbour', field: 'source', start: 0, end: 0 }] },
    ]);
  });

  test('in the key of an item, and of a text that may be of any source', async () => {
    await using room = await newsroom({ harbour: { columns: ['港务快报'] }, city: {} });
    const title = '港务快报｜海港第七号泊位恢复通航';
    await room.poll('harbour', [report(1, { title })]);
    const configured = compileRules([], [room.source('harbour'), room.source('city')]);
    const { apiId } = await room.item('harbour', 'report-1');
    for (const query of [apiId, title, '海港第七号泊位恢复通航']) {
      const { key, stories } = await explain(query, configured, settings, room.store());
      expect(key.steps.at(-1)?.text).toBe('海港第七号泊位恢复通航');
      expect(stories).toMatchObject([{ reports: [{ source: 'harbour' }] }]);
    }
  });
});

test('a text that no item has is told what keeps it apart from near stories', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', [report(1)]);
  const text = report(1).title?.replace('首批', '第二批') ?? '';
  const { stories, apart } = await explain(text, rules, settings, room.store());
  expect(stories).toEqual([]);
  expect(apart).toMatchObject([
    { source: 'harbour', because: 'The title keys differ after 13 equal characters.' },
  ]);
});

describe('a near story that is another one is told of, with what would have to differ', () => {
  const told = async (
    sources: Parameters<typeof newsroom>[0],
    first: Parameters<typeof report>[1],
    second: Parameters<typeof report>[1],
    by = 'city',
  ) => {
    await using room = await newsroom(sources);
    await room.poll('harbour', [report(1, first)]);
    room.clock.pass(10);
    const later = report(1, { id: 'later', url: 'https://city.example/1', ...second });
    await room.poll(by, by === 'harbour' ? [report(1, first), later] : [later]);
    const { apiId } = await room.item(by, 'later');
    const configured = compileRules(
      [],
      Object.keys(sources).map((id) => room.source(id)),
    );
    const { apart } = await explain(apiId, configured, settings, room.store());
    return apart.map(({ because }) => because);
  };
  const short = '海港通航';

  test.each<[string, () => ReturnType<typeof told>, RegExp]>([
    [
      'the window',
      () => told({ harbour: {}, city: {} }, { published: '2026-01-04T06:00:00Z' }, {}),
      /published 49 h apart, and up to 48 h merge/,
    ],
    ['the same source', () => told({ harbour: {} }, {}, {}, 'harbour'), /Both are of the source harbour/],
    [
      'dedupe: none',
      () => told({ harbour: {}, city: { dedupe: 'none' } }, {}, {}),
      /city merges with nobody/,
    ],
    [
      'dedupe: url',
      () => told({ harbour: { dedupe: 'url' }, city: {} }, {}, {}),
      /harbour merges by URL only/,
    ],
    [
      'a short key',
      () => told({ harbour: {}, city: {} }, { title: short }, { title: short }),
      /a length of 4, and 8 are needed/,
    ],
    [
      'U+FFFD',
      () => told({ harbour: {}, city: {} }, {}, { title: `${report(1).title ?? ''}\uFFFD` }),
      /U\+FFFD/,
    ],
    [
      'other words',
      () => told({ harbour: {}, city: {} }, {}, { title: report(1).title?.replace('首批', '第二批') }),
      /differ after 13 equal characters/,
    ],
  ])('%s', async (_, ask, sentence) => {
    const [because, ...others] = await ask();
    expect(because).toMatch(sentence);
    expect(others).toEqual([]);
  });

  test('a title that is another story each day', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    const title = '海港今日船期与泊位安排一览';
    const daily = (id: string, day: number, content: string, source = 'harbour') =>
      report(1, {
        id,
        title,
        content,
        url: `https://${source}.example/${id}`,
        published: `2026-01-0${day}T06:00:00Z`,
      });
    const [first, second] = [daily('a', 4, '<p>两艘。</p>'), daily('b', 5, '<p>三艘离港，一艘进港。</p>')];
    await room.poll('harbour', [first]);
    await room.poll('harbour', [second, first]);
    await room.poll('city', [daily('c', 6, '<p>四艘。</p>', 'city')]);
    const { apiId } = await room.item('city', 'c');
    const { apart } = await explain(apiId, compileRules([], []), settings, room.store());
    expect(apart.map(({ because }) => because)).toEqual([
      expect.stringMatching(/another story each day: 2026-01-06 and 2026-01-04/),
      expect.stringMatching(/another story each day: 2026-01-06 and 2026-01-05/),
    ]);
  });
});
