import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOpml } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { repository, temporaryFolder, tributary } from '../support/tributary.ts';

/** What the commands do with the bundled sources. */

const demo = ['--config', join(repository, 'config', 'demo.yaml')];

/** The environment of a run with a store of its own. */
const storeIn = (folder: string) => ({ DATABASE_URL: `sqlite:${join(folder, 'news.db')}` });

interface Refreshed {
  readonly source?: string;
  readonly items?: number;
  readonly new?: number;
}

const refreshesOf = (out: string): readonly Refreshed[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Refreshed)
    .filter(({ source }) => source !== undefined);

describe.concurrent('check', () => {
  test('finds no problem in the demo', async () => {
    const { status, out, err } = await tributary(['check', ...demo]);
    expect(err).toBe('');
    expect(out).toMatch(/no problem/);
    expect(status).toBe(0);
  });

  test('finds no problem in the live configuration', async () => {
    const { status, err } = await tributary([
      'check',
      '--config',
      join(repository, 'config', 'tributary.yaml'),
    ]);
    expect(err).toBe('');
    expect(status).toBe(0);
  });

  test('finds a sample that is not as expected, a rule that breaks its examples, and tells where', async () => {
    await using folder = await temporaryFolder();
    const path = (...names: string[]) => join(folder.path, ...names);
    await cp(join(repository, 'feeds', 'harbor-rss'), path('feeds', 'harbor-rss'), { recursive: true });
    await mkdir(path('feeds', 'other'));
    await copyFile(
      join(repository, 'feeds', 'orbit-atom', 'sample.xml'),
      path('feeds', 'other', 'sample.xml'),
    );
    await writeFile(
      path('feeds', 'other', 'source.yaml'),
      'sample: sample.xml\nexpect: { minItems: 1000 }\n',
    );
    await writeFile(
      path('topics.yaml'),
      '- id: gold\n  title: Gold\n  any: [黄金]\n  examples: [白银下跌]\n',
    );
    await writeFile(path('site.yaml'), 'feeds: feeds\ntopics: topics.yaml\norigin: samples\n');
    const expected = JSON.parse(await readFile(path('feeds', 'harbor-rss', 'expected.json'), 'utf8')) as {
      items: { title: string }[];
    };
    const items = expected.items.map((item, at) => (at === 1 ? { ...item, title: 'another title' } : item));
    await writeFile(path('feeds', 'harbor-rss', 'expected.json'), JSON.stringify({ items }));

    const { status, err } = await tributary(['check', '--config', path('site.yaml')], { cwd: folder.path });
    expect(status).toBe(2);
    const problems = err.trimEnd().split('\n');
    expect(problems.some((line) => line.includes('harbor-rss') && line.includes('another title'))).toBe(true);
    expect(problems.some((line) => line.includes('other') && line.includes('1000'))).toBe(true);
    expect(problems.some((line) => line.includes('topics.yaml') && line.includes('白银下跌'))).toBe(true);
  });
});

describe.concurrent('poll', () => {
  test('reads every source that is due, tells of each in a line, and exits', async () => {
    await using folder = await temporaryFolder();
    const env = storeIn(folder.path);
    const first = await tributary(['poll', ...demo], { env });
    expect(first.err).toBe('');
    expect(first.status).toBe(0);
    const refreshed = refreshesOf(first.out);
    expect(refreshed.map(({ source }) => source).sort()).toEqual([
      'capital-rss',
      'harbor-rss',
      'ledger-json',
      'morning-digest',
      'orbit-atom',
      'street-view',
      'tag-innovation',
      'wire-telegraph',
    ]);
    for (const { items = 0, new: added } of refreshed)
      expect(added).toBeGreaterThanOrEqual(Math.min(items, 1));

    const second = await tributary(['poll', ...demo], { env });
    expect(second.status).toBe(0);
    expect(refreshesOf(second.out)).toEqual([]);

    const forced = await tributary(['poll', ...demo, '--force'], { env });
    expect(forced.status).toBe(0);
    expect(refreshesOf(forced.out)).toHaveLength(8);
    expect(refreshesOf(forced.out).filter(({ new: added = 0 }) => added > 0)).toEqual([]);
  });

  test('--source reads those alone', async () => {
    await using folder = await temporaryFolder();
    const args = ['poll', ...demo, '--source', 'orbit-atom', '--source', 'capital-rss'];
    const { status, out } = await tributary(args, { env: storeIn(folder.path) });
    expect(status).toBe(0);
    expect(
      refreshesOf(out)
        .map(({ source }) => source)
        .sort(),
    ).toEqual(['capital-rss', 'orbit-atom']);
  });

  test('is status 1 where a source cannot be read, and reads the others', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'site.yaml');
    await copyFile(join(repository, 'feeds', 'orbit-atom', 'sample.xml'), join(folder.path, 'good.xml'));
    await writeFile(
      file,
      'sources:\n  - { id: good, url: "file:good.xml" }\n  - { id: gone, url: "file:gone.xml" }\n  - { id: refused, url: "http://127.0.0.1:1/" }\n',
    );
    const { status, out } = await tributary(['poll', '--config', file], { env: storeIn(folder.path) });
    expect(status).toBe(1);
    const refreshed = new Map(refreshesOf(out).map((line) => [line.source, line]));
    expect(refreshed.get('good')?.new).toBeGreaterThan(0);
    expect(refreshed.get('gone')).toMatchObject({ level: 40 });
    expect(refreshed.get('refused')).toMatchObject({ level: 40 });
  });
});

describe.concurrent('explain', () => {
  const simplified = '央行开展3650亿元逆回购操作，利率维持1.35%不变';
  const traditional = '央行開展3,650億元逆回購操作　利率維持1.35%不變';

  test('shows the same key and the same story for one title in two scripts', async () => {
    await using folder = await temporaryFolder();
    const env = storeIn(folder.path);
    await tributary(['poll', ...demo], { env });
    const [hans, hant] = await Promise.all(
      [simplified, traditional].map((title) => tributary(['explain', ...demo, title], { env })),
    );
    for (const finished of [hans, hant]) {
      expect(finished).toMatchObject({ status: 0, err: '' });
      expect(finished?.out).toContain('央行开展3650亿元逆回购操作利率维持1.35%不变');
      for (const source of ['capital-rss', 'harbor-rss', 'wire-telegraph'])
        expect(finished?.out).toContain(source);
      expect(finished?.out).toContain('macro');
    }
    const hash = (out = '') => /\b[0-9a-f]{64}\b/.exec(out)?.[0];
    expect(hash(hans?.out)).toBeDefined();
    expect(hash(hant?.out)).toBe(hash(hans?.out));
    const story = (out = '') => /^Story +(\S+)$/m.exec(out)?.[1];
    expect(story(hans?.out)).toBeDefined();
    expect(story(hant?.out)).toBe(story(hans?.out));
  });

  test('works on plain text without a store', async () => {
    await using folder = await temporaryFolder();
    const { status, out, err } = await tributary(['explain', ...demo, simplified], {
      cwd: folder.path,
      env: storeIn(folder.path),
    });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('央行开展3650亿元逆回购操作利率维持1.35%不变');
    expect(out).toMatch(/逆回购|央行/);
  });

  test.each(['', '   ', '\u0000', '<script>', '__proto__', 'urn:nothing', 'https://nowhere.example/'])(
    'works on %j',
    async (text) => {
      await using folder = await temporaryFolder();
      const { err } = await tributary(['explain', ...demo, text.replace('\u0000', '\u0001')], {
        env: storeIn(folder.path),
      });
      expect(err).not.toMatch(/defect|\bat .*:\d+:\d+/);
    },
  );
});

describe.concurrent('opml', () => {
  const config =
    '# my feeds\nsources:\n  - id: first # the first one\n    title: First\n    url: https://first.example/feed\n';
  const opml = `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Second &amp; third" type="rss" xmlUrl="https://second.example/feed?a=1&amp;b=2"/></outline>
<outline text="第三" type="rss" xmlUrl="https://third.example/atom"/>
<outline text="First again" type="rss" xmlUrl="https://first.example/feed"/>
<outline text="A note"/>
</body></opml>`;

  test('import adds what is not there yet, keeps what is, and export gives it all back', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'site.yaml');
    const subscriptions = join(folder.path, 'mine.opml');
    await writeFile(file, config);
    await writeFile(subscriptions, opml);

    const imported = await tributary(['opml', 'import', subscriptions, '--config', file]);
    expect(imported.status).toBe(0);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('# my feeds');
    expect(text).toContain('# the first one');
    expect((await tributary(['check', '--config', file])).status).toBe(0);

    const exported = await tributary(['opml', 'export', '--config', file]);
    expect(exported.status).toBe(0);
    expect(parseOpml(exported.out).body?.outlines?.map(({ text: title, xmlUrl }) => [title, xmlUrl])).toEqual(
      [
        ['First', 'https://first.example/feed'],
        ['Second & third', 'https://second.example/feed?a=1&b=2'],
        ['第三', 'https://third.example/atom'],
      ],
    );

    await tributary(['opml', 'import', subscriptions, '--config', file]);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('export never shows what a request carries', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'site.yaml');
    await writeFile(file, `${config}    headers: { Authorization: Bearer s3cret }\n`);
    const { status, out } = await tributary(['opml', 'export', '--config', file]);
    expect(status).toBe(0);
    expect(out).not.toContain('s3cret');
  });

  test.each([
    ['a file that is not there', undefined],
    ['nothing', ''],
    ['text', 'no outline'],
    ['another document', '<rss version="2.0"/>'],
    ['XML that breaks off', '<opml version="2.0"><body><outline text="a"'],
  ])('import of %s is status 1 and leaves the configuration as it was', async (_, text) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'site.yaml');
    const subscriptions = join(folder.path, 'mine.opml');
    await writeFile(file, config);
    if (text !== undefined) await writeFile(subscriptions, text);
    const { status, err } = await tributary(['opml', 'import', subscriptions, '--config', file]);
    expect(status).toBe(1);
    expect(err).toMatch(/^opml: [^\n]+\n$/);
    expect(await readFile(file, 'utf8')).toBe(config);
  });
});
