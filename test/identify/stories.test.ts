import { describe, expect, test } from 'vitest';
import { findStory, type Candidate, type MergeRules, type Report } from '../../src/identify/stories.ts';
import type { DedupeMode } from '../../src/model/source.ts';

const hourMs = 3_600_000;
const title = '海港第七号泊位今晨恢复通航';

function report(changes: Partial<Report> = {}): Report {
  return {
    source: 'b',
    titleKey: title,
    cut: false,
    damaged: false,
    published: new Date('2026-01-06T08:00:00Z'),
    firstSeen: new Date('2026-01-06T08:05:00Z'),
    ...changes,
  };
}

/** A story whose first report came from source a, an hour earlier. */
function story(number: number, ...reports: readonly Partial<Report>[]): Candidate {
  const first = { source: 'a', published: new Date('2026-01-06T07:00:00Z') };
  const given = reports.length === 0 ? [{}] : reports;
  return { story: number, reports: given.map((changes) => report({ ...first, ...changes })) };
}

function rules(changes: Partial<MergeRules> & { modes?: Record<string, DedupeMode> } = {}): MergeRules {
  const { modes = {}, ...others } = changes;
  return {
    windowMs: 48 * hourMs,
    minKeyLength: 8,
    recurring: new Set(),
    sourceOf: (id) => ({ dedupe: modes[id] ?? 'title', timezone: 'Asia/Shanghai' }),
    ...others,
  };
}

const alone = { matched: 'first' };

test('reports of one title are one story', () => {
  expect(findStory(report(), [story(1)], rules())).toEqual({ story: 1, matched: 'title' });
});

test('reports of other titles are not', () => {
  expect(findStory(report({ titleKey: '海港第八号泊位今晨恢复通航' }), [story(1)], rules())).toEqual(alone);
});

describe('the key has to say enough', () => {
  test.each([
    ['海港泊位今晨通航', { story: 1, matched: 'title' }],
    ['海港泊位今晨通', alone],
    ['abcdefghijklmnopqrstuvwx', { story: 1, matched: 'title' }],
    ['abcdefghijklmnopqrstuvw', alone],
    ['', alone],
  ])('%s', (titleKey, decision) => {
    expect(findStory(report({ titleKey }), [story(1, { titleKey })], rules())).toEqual(decision);
  });
});

test('a title with U+FFFD in it merges with none, on either side', () => {
  expect(findStory(report({ damaged: true }), [story(1)], rules())).toEqual(alone);
  expect(findStory(report(), [story(1, { damaged: true })], rules())).toEqual(alone);
});

describe('the window counts from the story’s first report', () => {
  const first = new Date('2026-01-06T07:00:00Z');
  const after = (ms: number) => new Date(first.getTime() + ms);

  test('its edge included, on both sides', () => {
    for (const published of [after(48 * hourMs), after(-48 * hourMs)])
      expect(findStory(report({ published }), [story(1)], rules())).toEqual({ story: 1, matched: 'title' });
    for (const published of [after(48 * hourMs + 1000), after(-48 * hourMs - 1000)])
      expect(findStory(report({ published }), [story(1)], rules())).toEqual(alone);
  });

  test('and not from a later one', () => {
    const chain = story(1, {}, { source: 'c', published: after(40 * hourMs) });
    expect(findStory(report({ published: after(80 * hourMs) }), [chain], rules())).toEqual(alone);
  });

  test('by first sight where either has no published time', () => {
    const seen = new Date('2026-01-06T08:05:00Z');
    const late = { firstSeen: new Date(seen.getTime() + 49 * hourMs) };
    const withoutTime = (changes: Partial<Report>) => {
      const { published, ...others } = report(changes);
      expect(published).toBeDefined();
      return others;
    };
    expect(findStory(withoutTime({}), [story(1)], rules())).toEqual({ story: 1, matched: 'title' });
    expect(findStory(withoutTime(late), [story(1)], rules())).toEqual(alone);
    const untimed = { story: 1, reports: [withoutTime({ source: 'a' })] };
    expect(findStory(report({ ...late, published: first }), [untimed], rules())).toEqual(alone);
  });
});

test('a story takes one report of a source', () => {
  expect(findStory(report({ source: 'a' }), [story(1)], rules())).toEqual(alone);
  const merged = story(1, {}, { source: 'b', titleKey: '别的标题合并进来的' });
  expect(findStory(report({ source: 'b' }), [merged], rules())).toEqual(alone);
});

test('of several stories that fit, the one nearest in time takes it', () => {
  const far = story(1, { published: new Date('2026-01-05T00:00:00Z') });
  const near = story(2, { published: new Date('2026-01-06T09:00:00Z') });
  expect(findStory(report(), [far, near], rules()).story).toBe(2);
});

describe('what a source allows', () => {
  test.each<[Record<string, DedupeMode>, object]>([
    [{}, { story: 1, matched: 'title' }],
    [{ a: 'url' }, alone],
    [{ b: 'url' }, alone],
    [{ a: 'none' }, alone],
    [{ b: 'none' }, alone],
  ])('for equal titles: %j', (modes, decision) => {
    expect(findStory(report(), [story(1)], rules({ modes }))).toEqual(decision);
  });

  test.each<[Record<string, DedupeMode>, object]>([
    [{}, { story: 1, matched: 'url' }],
    [
      { a: 'url', b: 'url' },
      { story: 1, matched: 'url' },
    ],
    [{ a: 'none' }, alone],
    [{ b: 'none' }, alone],
  ])('for equal URLs: %j', (modes, decision) => {
    const urlKey = 'https://a.example/7';
    const other = report({ titleKey: '一个完全不同的标题在此', urlKey });
    expect(findStory(other, [story(1, { urlKey })], rules({ modes }))).toEqual(decision);
  });
});

test('equal URLs merge whatever the time, and before titles', () => {
  const urlKey = 'https://a.example/7';
  const byUrl = story(1, {
    urlKey,
    titleKey: '一个完全不同的标题在此',
    published: new Date('2024-01-01T00:00:00Z'),
  });
  expect(findStory(report({ urlKey }), [byUrl, story(2)], rules())).toEqual({ story: 1, matched: 'url' });
});

test('two reports without an evident URL do not merge by its absence', () => {
  expect(findStory(report({ titleKey: '一个完全不同的标题在此' }), [story(1)], rules())).toEqual(alone);
});

describe('a recurring title', () => {
  const recurring = new Set([title]);

  test('merges within one day in the source’s zone', () => {
    // 23:30 and 00:30 in Shanghai, an hour apart.
    const evening = story(1, { published: new Date('2026-01-06T15:30:00Z') });
    const night = report({ published: new Date('2026-01-06T16:30:00Z') });
    expect(findStory(night, [evening], rules())).toEqual({ story: 1, matched: 'title' });
    expect(findStory(night, [evening], rules({ recurring }))).toEqual(alone);
    const sameDay = report({ published: new Date('2026-01-05T16:30:00Z') });
    expect(findStory(sameDay, [evening], rules({ recurring }))).toEqual({ story: 1, matched: 'title' });
  });

  test('is counted by each report’s own zone', () => {
    // 6 January in Shanghai for one, and still 5 January in New York for the other.
    const sourceOf = (id: string) => ({
      dedupe: 'title' as const,
      timezone: id === 'a' ? 'Asia/Shanghai' : 'America/New_York',
    });
    const inShanghai = story(1, { published: new Date('2026-01-06T02:00:00Z') });
    const inNewYork = report({ published: new Date('2026-01-06T02:00:00Z') });
    expect(findStory(inNewYork, [inShanghai], rules({ recurring, sourceOf }))).toEqual(alone);
  });

  test('does not merge through its beginning on another day either', () => {
    const short = report({
      titleKey: title.slice(0, 10),
      cut: true,
      published: new Date('2026-01-06T16:30:00Z'),
    });
    const evening = story(1, { published: new Date('2026-01-06T15:30:00Z') });
    expect(findStory(short, [evening], rules())).toEqual({ story: 1, matched: 'cut-title' });
    expect(findStory(short, [evening], rules({ recurring }))).toEqual(alone);
  });
});

describe('a cut title', () => {
  const whole = '海港引航站说清淤工程比计划早两天完成夜里又试航三次';
  const beginning = '海港引航站说清淤工程比计划早两天完成';
  const another = '海港引航站说清淤工程比计划早两天完成但仍需验收';
  const cut = { titleKey: beginning, cut: true };

  test('joins the only story that begins with it', () => {
    expect(findStory(report(cut), [story(1, { titleKey: whole }), story(2)], rules())).toEqual({
      story: 1,
      matched: 'cut-title',
    });
  });

  test('is joined by the whole title, when that comes later', () => {
    expect(findStory(report({ titleKey: whole }), [story(1, cut)], rules())).toEqual({
      story: 1,
      matched: 'cut-title',
    });
  });

  test('stays alone where two stories begin with it', () => {
    const both = [story(1, { titleKey: whole }), story(2, { titleKey: another })];
    expect(findStory(report(cut), both, rules())).toEqual(alone);
  });

  test('stays alone where the only story that begins with it is outside the window', () => {
    const old = story(1, { titleKey: whole, published: new Date('2026-01-01T00:00:00Z') });
    expect(findStory(report(cut), [old], rules())).toEqual(alone);
  });

  test('is no bridge between two whole titles', () => {
    const joined = story(1, cut, { source: 'c', titleKey: whole });
    expect(findStory(report({ titleKey: another }), [joined], rules())).toEqual(alone);
  });

  test('that was not cut is no beginning', () => {
    expect(findStory(report({ titleKey: beginning }), [story(1, { titleKey: whole })], rules())).toEqual(
      alone,
    );
  });

  test('equal to a whole title merges as a title', () => {
    expect(findStory(report(cut), [story(1, { titleKey: beginning })], rules())).toEqual({
      story: 1,
      matched: 'title',
    });
  });
});
