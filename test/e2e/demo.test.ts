import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  counters,
  expat,
  expatComplaints,
  feedparser,
  newsboat,
  python,
  testWith,
  xmllint,
  xmllintComplaints,
} from '../support/programs.ts';
import { expectedItems, furtherReports, serveDemo, type Demo } from './demo.ts';

/** The demo as a newcomer starts it, seen by the programs of others. */

const run = promisify(execFile);

let demo: Demo;
let feeds: readonly string[];

/** How many entries each source's feed and the merged feed hold, from what the samples are expected to hold. */
let sizes: ReadonlyMap<string, number>;
let stories: number;

beforeAll(async () => {
  demo = await serveDemo();
  const { topics } = (await demo.json('/api/topics')) as { topics: { id: string }[] };
  feeds = [
    'all',
    ...topics.map(({ id }) => `topics/${id}`),
    ...demo.sources.map((source) => `sources/${source}`),
    'incidents',
  ];
  const items = await Promise.all(demo.sources.map(expectedItems));
  sizes = new Map(demo.sources.map((source, at) => [source, items[at]?.length ?? 0]));
  const promos = items.flat().filter(({ promo }) => promo === true).length;
  stories = items.flat().length - promos - furtherReports;
});

afterAll(() => demo[Symbol.asyncDispose]());

const entriesIn = (atom: string) => atom.match(/<entry\b/g)?.length ?? 0;

/** Every feed in every format, byte for byte. */
const everything = () =>
  Promise.all(
    feeds
      .flatMap((path) =>
        (path === 'incidents' ? ['atom'] : ['atom', 'rss', 'json']).map(
          (format) => `/feeds/${path}.${format}`,
        ),
      )
      .map(async (path) => {
        const answer = await fetch(`${demo.url()}${path}`);
        return [path, await answer.text(), answer.headers.get('etag'), answer.headers.get('last-modified')];
      }),
  );

describe('the demo', () => {
  test('reads every bundled source whole', async () => {
    for (const [source, size] of sizes)
      expect(entriesIn(await demo.text(`/feeds/sources/${source}.atom`)), source).toBe(size);
  });

  test('tells each story once', async () => {
    expect(entriesIn(await demo.text('/feeds/all.atom'))).toBe(stories);
  });

  test('has stories that are told in both scripts by several sources', async () => {
    const answer = (await demo.json('/api/stories?limit=500')) as {
      stories: { reports: { source: string }[] }[];
    };
    const traditional = new Set(['harbor-rss', 'tag-innovation']);
    const inBoth = answer.stories.filter(
      ({ reports }) =>
        reports.some(({ source }) => traditional.has(source)) &&
        reports.some(({ source }) => !traditional.has(source)),
    );
    expect(inBoth.length).toBeGreaterThanOrEqual(3);
  });

  test('puts a story under a topic, whichever script it is told in', async () => {
    const gold = await demo.text('/feeds/topics/commod.json');
    expect(gold).toContain('现货黄金站上每盎司4260美元');
  });

  test('shows a page with the stories and with links to subscribe', async () => {
    const page = await demo.text('/');
    expect(page).toMatch(/星槎三(?:号|號)/);
    expect(page).toContain('3 reports');
    expect(page).toContain('/feeds/all.atom');
  });

  test('has no incident', async () => {
    expect(entriesIn(await demo.text('/feeds/incidents.atom'))).toBe(0);
  });
});

describe('its feeds', () => {
  const grammar = join(import.meta.dirname, '..', 'fixtures', 'atom.rng');

  testWith(xmllint, 'are valid Atom for libxml2', async () => {
    for (const path of feeds)
      expect(xmllintComplaints(await demo.text(`/feeds/${path}.atom`), grammar), path).toBe('');
  });

  testWith(xmllint, 'are well-formed RSS for libxml2, and so is the list of them', async () => {
    for (const path of feeds.filter((name) => name !== 'incidents'))
      expect(xmllintComplaints(await demo.text(`/feeds/${path}.rss`)), path).toBe('');
    expect(xmllintComplaints(await demo.text('/opml'))).toBe('');
  });

  testWith(expat, 'are well formed for expat', async () => {
    for (const path of ['all.atom', 'all.rss', 'topics/ai.atom', 'sources/wire-telegraph.rss'])
      expect(expatComplaints(await demo.text(`/feeds/${path}`)), path).toBe('');
  });

  testWith(
    feedparser,
    'are read by feedparser without complaint, each entry with id, title, link and date',
    async () => {
      const script = [
        'import feedparser, json, sys',
        'def look(url):',
        '    d = feedparser.parse(url)',
        '    whole = all(e.get("id") and e.get("title") and e.get("link") and e.get("updated_parsed") and e.get("author") for e in d.entries)',
        '    return [bool(d.bozo), d.version, d.status, len(d.entries), len({e.id for e in d.entries}), whole]',
        'print(json.dumps([look(url) for url in sys.argv[1:]]))',
      ].join('\n');
      const { topics } = (await demo.json('/api/topics')) as { topics: { id: string; stories: number }[] };
      const macro = topics.find(({ id }) => id === 'macro')?.stories ?? 0;
      expect(macro).toBeGreaterThan(0);
      const wanted: readonly (readonly [string, string, number])[] = [
        ['all.atom', 'atom10', stories],
        ['topics/macro.atom', 'atom10', macro],
        ...[...sizes].map(([source, size]) => [`sources/${source}.atom`, 'atom10', size] as const),
      ];
      const urls = wanted.map(([path]) => `${demo.url()}/feeds/${path}`);
      const { stdout } = await run(python, ['-c', script, ...urls]);
      expect(JSON.parse(stdout)).toEqual(
        wanted.map(([, version, size]) => [false, version, 200, size, size, true]),
      );
      const rss = await run(python, [
        '-c',
        script.replace('updated_parsed', 'published_parsed'),
        `${demo.url()}/feeds/all.rss`,
      ]);
      expect(JSON.parse(rss.stdout)).toEqual([[false, 'rss20', 200, stories, stories, true]]);
    },
  );

  for (const program of counters) {
    testWith(program, `have as many entries for ${program.name} as there are stories`, async () => {
      for (const format of ['atom', 'rss'])
        expect(program.count(await demo.text(`/feeds/all.${format}`)), format).toBe(stories);
    });
  }

  testWith(newsboat, 'are read by newsboat, and nothing is new at its second look', async () => {
    const wanted: readonly (readonly [string, number])[] = [
      ['all.atom', stories],
      ['all.rss', stories],
      ['sources/harbor-rss.atom', sizes.get('harbor-rss') ?? 0],
    ];
    for (const [path, size] of wanted) {
      const home = join(demo.folder, `newsboat-${path.replaceAll('/', '-')}`);
      const files = { urls: `${home}.urls`, config: `${home}.config`, cache: `${home}.db` };
      await writeFile(files.urls, `${demo.url()}/feeds/${path}\n`);
      await writeFile(files.config, 'cleanup-on-quit no\n');
      const ask = async (...commands: string[]) =>
        (
          await run(
            'newsboat',
            ['-u', files.urls, '-C', files.config, '-c', files.cache, '-x', ...commands],
            {
              env: { PATH: process.env['PATH'], HOME: demo.folder, LANG: 'C.UTF-8' },
            },
          )
        ).stdout;
      await ask('reload');
      expect(await ask('print-unread'), path).toContain(`${size} unread`);
      await ask('reload');
      expect(await ask('print-unread'), path).toContain(`${size} unread`);
    }
  });
});

describe('what is served stays as it is', () => {
  test('byte for byte, when sources are read again from files that were touched', async () => {
    const before = await everything();
    const revision = ((await demo.json('/healthz')) as { revision: number }).revision;
    await demo.readAgain();
    // Longer than another process's poll takes to show.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(await everything()).toEqual(before);
    expect(await demo.json('/healthz')).toMatchObject({ revision });
  });

  test('byte for byte, after a restart, from the first answer on', async () => {
    const before = await everything();
    await demo.restart();
    expect(await everything()).toEqual(before);
  });
});
