import { expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import { listDocument } from '../../src/pipeline/list-document.ts';
import type { Parser } from '../../src/pipeline/parse-aside.ts';
import { nextPoll } from '../../src/schedule/next-poll.ts';
import { createPoller } from '../../src/schedule/poller.ts';
import { fetcherOfTest, fetchSettings, originOfTest } from '../support/fetching.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import type { FramedAnswer, RecordedRequest } from '../support/origin.ts';

/** What other people's servers see of the program: real requests, in a time that is only said to pass. */

const weekMs = 7 * 86_400_000;
const everyMs = 3_600_000;
const everyHour = { schedule: { kind: 'interval', everyMs } } as const;

/** A feed of so many items. */
const feed = (name: string, count = 1): string =>
  `<rss version="2.0"><channel><title>${name}</title>${Array.from(
    { length: count },
    (_, at) =>
      `<item><guid isPermaLink="false">${name}-${at}</guid><title>第${at}条来自${name}的消息</title></item>`,
  ).join('')}</channel></rss>`;

interface Seen {
  readonly atMs: number;
  readonly request: RecordedRequest;
}

/** What a path answers, by the request and by how often it was asked before. */
type Script = (request: RecordedRequest, turn: number) => FramedAnswer;

/** 304 to who sends the validators, else the document with them. */
const validated =
  (validators: Readonly<Record<string, string>>, body: string, more: Readonly<Record<string, string>> = {}) =>
  (request: RecordedRequest): FramedAnswer => {
    const { etag, 'last-modified': modified } = validators;
    const isKnown =
      etag === undefined
        ? request.header('if-modified-since') === modified
        : request.header('if-none-match') === etag;
    const headers = { ...validators, ...more };
    return isKnown ? { status: 304, headers } : { headers, body };
  };

const strangeTag = 'W/"a\u00e9\u00ff,b"';
const date = 'Tue, 06 Jan 2026 07:00:00 GMT';
const two = (turn: number) => (turn < 100 ? 1 : 2);

const scripts: Readonly<Record<string, Script>> = {
  '/tag': validated({ etag: strangeTag }, feed('tag')),
  '/date': validated({ 'last-modified': date }, feed('date')),
  '/both': validated({ etag: '"b"', 'last-modified': date }, feed('both')),
  '/changing': (request, turn) => validated({ etag: `"${two(turn)}"` }, feed('changing', two(turn)))(request),
  '/fresh': validated({ etag: '"f"' }, feed('fresh'), { 'cache-control': 'max-age=6000', age: '300' }),
  '/busy': (request, turn) =>
    turn === 50
      ? { status: 429, headers: { 'retry-after': '7201' } }
      : turn === 80
        ? { status: 503, headers: { date, 'retry-after': 'Tue, 06 Jan 2026 10:00:07 GMT' } }
        : validated({ etag: '"busy"' }, feed('busy'))(request),
  '/moved': () => ({ status: 302, headers: { location: '/there' } }),
  '/there': validated({ etag: '"there"' }, feed('there')),
};

/** Repeats itself, and looks like chance. */
function chance(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Polls the sources for as long as is said; the clock moves on to when one is due. */
async function pass(room: Newsroom, names: readonly string[], forMs: number): Promise<void> {
  const { fetch } = fetcherOfTest({ perHost: 16 }, { now: room.clock.now });
  const random = chance();
  const tools = {
    ...room.tools(),
    fetch,
    parse: (...[bytes, hints, lister]: Parameters<Parser['parse']>) =>
      Promise.resolve(listDocument(bytes, hints, lister)),
    nextPoll: (
      ...[source, state, outcome]: Parameters<typeof nextPoll> extends [...infer First, unknown]
        ? First
        : never
    ) => nextPoll(source, state, outcome, { now: room.clock.now(), limits: fetchSettings(), random }),
  };
  const sources = names.map(room.source);
  const poller = createPoller(sources, tools, { concurrency: 16, perHost: 16, minIntervalMs: 30_000 });
  const endsAt = room.clock.now().getTime() + forMs;
  for (;;) {
    await poller.pass(sources, { force: false });
    const next = Math.min(...(await room.store().sources()).map(({ nextPollAt }) => nextPollAt.getTime()));
    if (next > endsAt) return;
    room.clock.set(new Date(next).toISOString());
  }
}

test('a week of polls is one unconditional request a source, and conditional ones that are never early', async () => {
  const origin = await originOfTest();
  const names = ['tag', 'date', 'both', 'changing', 'fresh', 'busy', 'moved'];
  const at = (id: string): Partial<Source> => ({
    ...everyHour,
    location: { kind: 'http', url: `${origin.url}/${id}` },
  });
  await using room = await newsroom(Object.fromEntries(names.map((id) => [id, at(id)])));
  const seen = new Map<string, Seen[]>(Object.keys(scripts).map((path) => [path, []]));
  for (const [path, script] of Object.entries(scripts)) {
    origin.on(path, (request) => {
      const before = seen.get(path) ?? [];
      const answer = script(request, before.length);
      before.push({ atMs: room.clock.now().getTime(), request });
      return answer;
    });
  }
  await pass(room, names, weekMs);
  const requests = (path: string) => (seen.get(path) ?? []).map(({ request }) => request);
  const pauses = (path: string) => {
    const times = (seen.get(path) ?? []).map(({ atMs }) => atMs);
    return times.slice(1).map((time, index) => time - (times[index] ?? time));
  };
  const without = (list: readonly number[], ...left: readonly number[]) =>
    list.filter((_, index) => !left.includes(index));

  // The bytes of the first request, and of those after it.
  const first = `GET /tag HTTP/1.1\r
host: ${origin.host}\r
connection: keep-alive\r
user-agent: tributary/0 (+http://reader.test)\r
accept: application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, text/markdown;q=0.8, text/html;q=0.7, text/plain;q=0.7, */*;q=0.5\r
accept-encoding: gzip, br, deflate\r
`;
  const [head, ...later] = requests('/tag').map((request) => request.head);
  expect(head).toBe(`${first}\r\n`);
  expect(new Set(later)).toEqual(new Set([`${first}if-none-match: ${strangeTag}\r\na-im: feed\r\n\r\n`]));

  // Each later request is conditional, by what the last answer gave.
  const conditions = (path: string) =>
    requests(path).map((request) => [request.header('if-none-match'), request.header('if-modified-since')]);
  const same = (path: string, ...condition: readonly (string | undefined)[]) => {
    const [unconditional, ...others] = conditions(path);
    expect(unconditional).toEqual([undefined, undefined]);
    expect(others).toEqual(others.map(() => condition));
    expect(others.length).toBeGreaterThan(100);
  };
  same('/date', undefined, date);
  same('/both', '"b"', date);
  same('/fresh', '"f"', undefined);
  same('/busy', '"busy"', undefined);
  same('/there', '"there"', undefined);
  expect(conditions('/moved').flat().filter(Boolean)).toEqual([]);
  // The hundred-and-first answer is another document.
  expect(conditions('/changing').map(([tag]) => tag)).toEqual([
    undefined,
    ...Array.from({ length: 100 }, () => '"1"'),
    ...Array.from({ length: requests('/changing').length - 101 }, () => '"2"'),
  ]);

  // None is earlier than allowed; chance makes it later, by half a minute at most.
  for (const [path, leastMs, left] of [
    ['/tag', everyMs, []],
    ['/date', everyMs, []],
    ['/both', everyMs, []],
    ['/changing', everyMs, []],
    ['/moved', everyMs, []],
    ['/there', everyMs, []],
    ['/fresh', 5_700_000, []],
    ['/busy', everyMs, [50, 80]],
  ] as const) {
    const plain = without(pauses(path), ...left);
    expect({ path, earliest: Math.min(...plain) >= leastMs }).toEqual({ path, earliest: true });
    expect({ path, latest: Math.max(...plain) <= leastMs + 30_000 }).toEqual({ path, latest: true });
    expect(new Set(plain).size).toBeGreaterThan(10);
  }
  // Retry-After to the second, as a number and as a date.
  expect(pauses('/busy')[50]).toBe(7_201_000);
  expect(pauses('/busy')[80]).toBe(3 * 3_600_000 + 7000);
  expect((await room.store().counts()).items).toBe(8);
}, 60_000);

test('a list of what is new alone is merged with what is known', async () => {
  const origin = await originOfTest();
  await using room = await newsroom({
    delta: { ...everyHour, location: { kind: 'http', url: `${origin.url}/delta` } },
  });
  const news = feed('delta', 4).replace(/<item>.*(?=<item>)/s, '');
  origin.on(
    '/delta',
    { headers: { etag: '"1"' }, body: feed('delta', 3) },
    { status: 226, headers: { im: 'feed', etag: '"2"' }, body: news },
    { status: 304, headers: { etag: '"2"' } },
  );
  await pass(room, ['delta'], 2 * everyMs + 60_000);
  expect(origin.requests.map((request) => [request.header('a-im'), request.header('if-none-match')])).toEqual(
    [
      [undefined, undefined],
      ['feed', '"1"'],
      ['feed', '"2"'],
    ],
  );
  expect((await room.items()).map(({ item }) => item.id).toSorted()).toEqual(
    [0, 1, 2, 3].map((at) => `delta-${at}`),
  );
  const record = await room.store().source('delta');
  // It says nothing of what is usual, nor that the others have left.
  expect(record?.state).toMatchObject({ status: 'healthy', documents: 1, validators: { etag: '"2"' } });
  expect(record?.state.history).toHaveLength(1);
});
