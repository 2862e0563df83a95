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
