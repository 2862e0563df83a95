import { describe, expect, test } from 'vitest';
import type { Item, ParsedFeed } from '../../src/model/feed.ts';
import type { DocumentShape, PollOutcome, Source, SourceState } from '../../src/model/source.ts';
import { untouched } from '../../src/model/source.ts';
import { isStale, judge, withNews } from '../../src/pipeline/health.ts';
import { currentUrl } from '../../src/pipeline/moved.ts';
import { sourceAt } from '../support/fetching.ts';
import { report, reports } from '../support/news.ts';

const url = 'https://news.example/feed';
const start = Date.parse('2026-01-06T08:00:00Z');
const days = (count: number): Date => new Date(start + count * 86_400_000);
const now = days(0);

const usual: DocumentShape = { at: now.toISOString(), format: 'rss-2.0', items: 10, linked: 1, bytes: 5000 };
const known: SourceState = {
  ...untouched,
  status: 'healthy',
  history: [usual],
  lastNewAt: now.toISOString(),
};
const parsedOf = (items: readonly Item[]): ParsedFeed => ({
  feed: { format: 'rss-2.0', encoding: 'utf-8' },
  items,
  warnings: [],
});

/** Judges these polls one after the other; gives what came of the last. */
function judged(
  polls: readonly (PollOutcome | readonly Item[] | 'unreadable')[],
  { before = known, source = {}, at = now }: Options = {},
) {
  let state = before;
  let incident: ReturnType<typeof judge>['incident'];
  let isSound = true;
  for (const poll of polls) {
    const items = Array.isArray(poll) ? (poll as readonly Item[]) : undefined;
    const outcome: PollOutcome = items
      ? { kind: 'fetched' }
      : poll === 'unreadable'
        ? { kind: 'failed', error: { code: 'not-a-feed', message: 'parse: no feed' } }
        : (poll as PollOutcome);
    const verdict = judge(sourceAt(url, source), state, outcome, {
      parsed: items && parsedOf(items),
      isUnreadable: poll === 'unreadable',
      now: at,
    });
    if (verdict.incident !== 'as it was') incident = verdict.incident;
    ({ isSound } = verdict);
    state = { ...state, ...verdict.state, lastOutcome: outcome };
  }
  return {
    state,
    isSound,
    status: state.status,
    incident: typeof incident === 'object' ? incident.kind : undefined,
  };
}

interface Options {
  readonly before?: SourceState;
  readonly source?: Partial<Source>;
  readonly at?: Date;
}

const good = reports(10);
const thin = [report(1, { url: undefined })];
const same: PollOutcome = { kind: 'unchanged', status: 304 };
const gone: PollOutcome = { kind: 'gone', status: 410 };
const twice = (outcome: PollOutcome) => [outcome, outcome];
const thrice = (outcome: PollOutcome) => [outcome, outcome, outcome];
const down: PollOutcome = { kind: 'failed', error: { code: 'timeout', message: 'fetch: too long' } };
const refusal = (code: string): PollOutcome => ({ kind: 'failed', error: { code, message: code } });

describe('the status of a source', () => {
  test.each([
    ['a sound document', [good], 'healthy', undefined],
    ['the same document', [same], 'healthy', undefined],
    ['one failure', [down], 'healthy', undefined],
    ['two failures', [down, down], 'healthy', undefined],
    ['three failures', [down, down, down], 'unreachable', 'unreachable'],
    ['failures with a success between', [down, down, same, down, down], 'healthy', undefined],
    ['a recovery', [down, down, down, good], 'healthy', undefined],
    ['a recovery by an unchanged document', [down, down, down, same], 'healthy', undefined],
    ['two refusals', [refusal('http-403'), refusal('http-403')], 'healthy', undefined],
    ['three times 401', [1, 2, 3].map(() => refusal('http-401')), 'blocked', 'blocked'],
    ['three times 403', [1, 2, 3].map(() => refusal('http-403')), 'blocked', 'blocked'],
    ['three times 404', [1, 2, 3].map(() => refusal('http-404')), 'blocked', 'blocked'],
    ['three times 451', [1, 2, 3].map(() => refusal('http-451')), 'blocked', 'blocked'],
    ['three challenges', [1, 2, 3].map(() => refusal('challenge')), 'blocked', 'blocked'],
    ['three times 500', [1, 2, 3].map(() => refusal('http-500')), 'unreachable', 'unreachable'],
    ['two timeouts and a refusal', [down, down, refusal('http-404')], 'unreachable', 'unreachable'],
    ['two refusals after a timeout', [down, ...twice(refusal('http-404'))], 'unreachable', 'unreachable'],
    ['three refusals after a timeout', [down, ...thrice(refusal('http-404'))], 'blocked', 'blocked'],
    [
      'refusals and one failure of another kind',
      [...thrice(refusal('http-403')), down],
      'blocked',
      'blocked',
    ],
    [
      'refusals and then no answer',
      [...thrice(refusal('http-403')), ...thrice(down)],
      'unreachable',
      'unreachable',
    ],
    ['410 and one failure of another kind', [gone, gone, down], 'gone', 'gone'],
    ['one 410', [gone], 'healthy', undefined],
    ['two 410', [gone, gone], 'gone', 'gone'],
    ['a 410 after another failure', [down, gone], 'healthy', undefined],
    ['a return from being gone', [gone, gone, good], 'healthy', undefined],
    ['a document that is no feed', ['unreadable'], 'drifted', 'drifted'],
    ['a drifted document', [thin], 'drifted', 'drifted'],
    ['a drifted document and one failure', [thin, down], 'drifted', 'drifted'],
    ['a drifted document and the good one again', [thin, same], 'healthy', undefined],
  ] as const)('after %s', (_, polls, status, incident) => {
    expect(judged(polls)).toMatchObject({ status, incident });
  });

  test('is certain at once where a source never worked', () => {
    expect(judged([down], { before: untouched })).toMatchObject({
      status: 'unreachable',
      incident: 'unreachable',
    });
    expect(judged([refusal('http-404')], { before: untouched })).toMatchObject({ status: 'blocked' });
  });

  test('is gone the second time that it is said, where a source never worked, too', () => {
    expect(judged([gone], { before: untouched })).toMatchObject({ status: 'new', incident: undefined });
    expect(judged([gone, gone], { before: untouched })).toMatchObject({ status: 'gone', incident: 'gone' });
  });

  test('is quiet after thirty days with nothing new, which is no incident', () => {
    expect(judged([same], { at: days(30) })).toMatchObject({ status: 'healthy' });
    expect(judged([same], { at: days(30.001) })).toMatchObject({ status: 'quiet', incident: undefined });
  });

  test('is quiet where documents change and hold nothing new', () => {
    expect(judged([reports(9)], { at: days(31) })).toMatchObject({ status: 'quiet', incident: undefined });
    const never = { ...untouched, history: [usual], firstSuccessAt: now.toISOString() };
    expect(judged([reports(9)], { before: never, at: days(31) }).status).toBe('quiet');
  });

  test('is healthy with the first new item, and has been so if it was', () => {
    const quiet = judged([good], { at: days(31) }).state;
    expect(withNews(known, quiet, days(31))).toEqual({
      lastNewAt: days(31).toISOString(),
      status: 'healthy',
      statusSince: days(31).toISOString(),
    });
    const before = { ...known, statusSince: days(-9).toISOString() };
    expect(withNews(before, quiet, days(31))).toMatchObject({ statusSince: days(-9).toISOString() });
    expect(withNews(quiet, judged([good]).state, now)).toEqual({ lastNewAt: now.toISOString() });
  });

  test('lasts since it began, and says why it is so', () => {
    const first = judged([down, down, down]).state;
    const later = judged([down], { before: first, at: days(1) }).state;
    expect(later).toMatchObject({
      statusSince: now.toISOString(),
      statusCause: 'fetch: too long',
      failures: 4,
    });
    const back = judged([good], { before: later, at: days(2) }).state;
    expect(back.statusSince).toBe(days(2).toISOString());
    expect(back.statusCause).toBeUndefined();
  });
});

describe('a promise that a document does not keep', () => {
  const source = { expect: { minItems: 12, timed: 1 } };

  test('opens an incident, and the document is published', () => {
    expect(judged([good], { source })).toMatchObject({
      isSound: true,
      status: 'healthy',
      incident: 'breach',
    });
  });

  test.each([
    ['the same document', same],
    ['one failure', down],
  ])('stays an incident with %s', (_, next) => {
    expect(judged([good, next], { source }).incident).toBe('breach');
  });

  test('is no incident any more once it is promised no more, though the document is the same', () => {
    const { state } = judged([good], { source });
    expect(judged([same], { before: state }).incident).toBeUndefined();
    expect(judged([same], { before: state, source: { expect: { minItems: 11 } } }).incident).toBe('breach');
  });

  test('is no incident any more once it is kept', () => {
    expect(judged([good, reports(12)], { source }).incident).toBeUndefined();
    expect(judged([good, reports(12), same], { source }).incident).toBeUndefined();
  });

  test.each([
    ['too few items', { minItems: 11 }, good],
    ['an item without a time', { timed: 1 }, [...reports(9), report(10, { published: undefined })]],
    ['an item without a link', { linked: 1 }, [...reports(9), report(10, { url: undefined })]],
  ] as const)('is told: %s', (_, expected, items) => {
    expect(judged([items], { source: { expect: expected } }).incident).toBe('breach');
  });

  test('is kept at its edge', () => {
    const items = [...reports(9), report(10, { url: undefined, published: undefined })];
    const source = { expect: { minItems: 10, timed: 0.9, linked: 0.9 } };
    expect(judged([items], { source }).incident).toBeUndefined();
  });
});

describe('a drifted document', () => {
  test('is believed when it came three times alike', () => {
    expect(judged([thin, thin]).isSound).toBe(false);
    expect(judged([thin, thin, thin])).toMatchObject({ isSound: true, status: 'healthy' });
    expect(judged([thin, thin, thin]).state.history).toHaveLength(1);
  });

  test('is not believed when it came in other shapes', () => {
    const two = [report(1, { url: undefined }), report(2, { url: undefined })];
    expect(judged([thin, two, thin, two]).isSound).toBe(false);
  });

  test('is believed after six hours', () => {
    const { state } = judged([thin]);
    expect(judged([[]], { before: state, at: days(5.9 / 24) }).isSound).toBe(false);
    expect(judged([[]], { before: state, at: days(6 / 24) }).isSound).toBe(true);
  });

  test('does not become more usual by an answer that never came', () => {
    expect(judged([thin, down, thin]).isSound).toBe(false);
    expect(judged([thin, down, thin, down, thin]).isSound).toBe(true);
  });

  test('is never believed where it cannot be read', () => {
    const polls = Array.from({ length: 10 }, () => 'unreadable' as const);
    expect(judged(polls, { at: days(3) })).toMatchObject({ isSound: false, status: 'drifted' });
  });
});

describe('a permanent redirect', () => {
  const to = 'https://new.example/feed';
  const moved: PollOutcome = { kind: 'unchanged', status: 304, movedTo: to };
  /** Where the source is read from after these polls, each at its day. */
  const urlAfter = (...polls: readonly (readonly [day: number, outcome: PollOutcome])[]): string => {
    let state = known;
    for (const [day, outcome] of polls) state = judged([outcome], { before: state, at: days(day) }).state;
    return currentUrl(url, state, days(polls.at(-1)?.[0] ?? 0));
  };

  test.each([
    ['once', [[0, moved]], url],
    [
      'for less than five days',
      [
        [0, moved],
        [4.99, moved],
      ],
      url,
    ],
    [
      'for five days',
      [
        [0, moved],
        [2, moved],
        [5, moved],
      ],
      to,
    ],
    [
      'for five days, with failures between',
      [
        [0, moved],
        [2, down],
        [5, moved],
      ],
      to,
    ],
    [
      'with an answer of its own between',
      [
        [0, moved],
        [2, same],
        [5, moved],
      ],
      url,
    ],
    [
      'with another address between',
      [
        [0, moved],
        [2, { ...moved, movedTo: 'https://else.example/' }],
        [5, moved],
      ],
      url,
    ],
    [
      'and the new address answers for itself',
      [
        [0, moved],
        [5, moved],
        [6, same],
      ],
      to,
    ],
    [
      'and the new address fails once',
      [
        [0, moved],
        [5, moved],
        [6, down],
      ],
      to,
    ],
    [
      'and the new address fails for good',
      [
        [0, moved],
        [5, moved],
        [6, down],
        [6, down],
        [6, down],
      ],
      url,
    ],
    [
      'and the new address is gone',
      [
        [0, moved],
        [5, moved],
        [6, gone],
      ],
      url,
    ],
  ] as const)('%s', (_, polls, expected) => {
    expect(urlAfter(...polls)).toBe(expected);
  });

  test('is forgotten when the configured address changes', () => {
    const { state } = judged([moved]);
    expect(currentUrl('https://configured.example/', state, days(9))).toBe('https://configured.example/');
  });
});

describe('a drifted document that is there again', () => {
  const seen = { readAs: 'rss', bodyHash: 'b7' };
  const drifted = judged([thin]).state;
  const { drift } = drifted;
  const before = { ...drifted, ...(drift && { drift: { ...drift, seen } }) };

  test('is still drifted, and counts as one alike', () => {
    const { state, isSound, incident } = judged([same], { before });
    expect({ isSound, incident }).toEqual({ isSound: false, incident: 'drifted' });
    expect(state).toMatchObject({
      status: 'drifted',
      statusCause: drifted.statusCause,
      drift: { alike: 2, seen },
    });
  });

  test('has not failed', () => {
    expect(judged([same], { before }).state.failures).toBe(0);
  });
});

describe('"not modified"', () => {
  const document = (day: number): DocumentShape => ({ ...usual, at: days(day).toISOString() });
  const run = (changes: Partial<SourceState>, at: Date): boolean =>
    isStale({ ...known, unchangedRun: 100, ...changes }, at);

  test('is doubted after a hundred times and thirty days', () => {
    expect(run({ unchangedRun: 99 }, days(31))).toBe(false);
    expect(run({}, days(30))).toBe(false);
    expect(run({}, days(30.001))).toBe(true);
  });

  test('is doubted later where the source has been as quiet before', () => {
    const history = [document(-63), document(-23), document(0)];
    expect(run({ history }, days(80))).toBe(false);
    expect(run({ history }, days(80.001))).toBe(true);
  });

  test('is doubted half as often each time that it was right', () => {
    let before: SourceState = { ...known, unchangedRun: 100 };
    const doubts: number[] = [];
    for (let day = 1; day <= 1000; day += 1) {
      if (isStale(before, days(day))) doubts.push(day);
      before = { ...judged([same], { before, at: days(day) }).state, unchangedRun: 1000 };
    }
    expect(doubts).toEqual([31, 63, 127, 255, 511]);
  });
});
