import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ParsedFeed } from '../../src/model/feed.ts';
import { startOrigin } from '../support/origin.ts';
import { repository, temporaryFolder, tributary } from '../support/tributary.ts';

interface Failure {
  readonly input: string;
  readonly error: { readonly code: string; readonly message: string; readonly line?: number };
}

const feed = (title = '堤坝加固工程提前完工', more = '') => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>河讯</title><link>https://river.example/</link>
<item><title>${title}</title><link>/news/1</link><guid>n1</guid><pubDate>Mon, 06 May 2024 07:00:00 GMT</pubDate></item>
${more}</channel></rss>
`;

/** Each line of output as JSON. */
const lines = (out: string): readonly unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

async function parseText(input: string | Uint8Array, ...options: string[]) {
  const finished = await tributary(['parse', '-', ...options], { input });
  const [first] = lines(finished.out);
  return { ...finished, parsed: first as ParsedFeed, failure: first as Failure };
}

describe.concurrent('a document', () => {
  test('is one line of canonical JSON', async () => {
    const { status, out, err, parsed } = await parseText(feed(), '--base-url', 'https://river.example/feed');
    expect(status).toBe(0);
    expect(err).toBe('');
    expect(out.split('\n')).toHaveLength(2);
    expect(parsed.feed).toMatchObject({ format: 'rss-2.0', encoding: 'utf-8', title: '河讯' });
    expect(parsed.items).toEqual([
      {
        id: 'n1',
        title: '堤坝加固工程提前完工',
        url: 'https://river.example/news/1',
        published: '2024-05-06T07:00:00Z',
      },
    ]);
    expect(parsed.warnings).toEqual([]);
  });

  test('is the same whatever the machine’s zone and language are', async () => {
    const undated = feed().replace('07:00:00 GMT', '07:00:00');
    const outputs = await Promise.all(
      [
        { TZ: 'UTC', LANG: 'C' },
        { TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8' },
        { TZ: 'America/New_York', LC_ALL: 'tr_TR.UTF-8' },
      ].map(async (env) => (await tributary(['parse', '-'], { env, input: undated })).out),
    );
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toContain('"published":"2024-05-06T07:00:00Z"');
  });

  test('without zones is read in the one that is given', async () => {
    const undated = feed().replace('07:00:00 GMT', '07:00:00');
    const { parsed } = await parseText(undated, '--timezone', 'Asia/Shanghai');
    expect(parsed.items[0]?.published).toBe('2024-05-05T23:00:00Z');
  });

  test('may have Windows line ends, a byte order mark, or both', async () => {
    const { parsed: plain } = await parseText(feed());
    for (const text of [
      feed().replaceAll('\n', '\r\n'),
      `\uFEFF${feed()}`,
      `\uFEFF${feed().replaceAll('\n', '\r\n')}`,
    ]) {
      const { status, parsed } = await parseText(text);
      expect(status).toBe(0);
      expect(parsed.items).toEqual(plain.items);
    }
  });

  test('may have a title of a megabyte, which is cut', async () => {
    const { status, parsed } = await parseText(feed('长'.repeat(350_000)));
    expect(status).toBe(0);
    const { title = '' } = parsed.items[0] ?? {};
    expect(title).toHaveLength(1024);
    expect(title).toMatch(/^长+$/);
  });

  test('of a document format has to be named', async () => {
    const text = '#水利\n堤坝加固工程提前完工两周\n' + `${'正文'.repeat(150)} (河讯)\n`;
    const { status, parsed } = await parseText(text, '--format', 'tag-page');
    expect(status).toBe(0);
    expect(parsed.feed.format).toBe('tag-page');
    expect(parsed.items).toHaveLength(1);
    expect((await parseText(text)).status).toBe(1);
  });

  test('from a file and from a URL is the same as from stdin', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'feed.xml');
    await writeFile(file, feed());
    await using origin = { ...(await startOrigin()), [Symbol.asyncDispose]: () => origin.close() };
    origin.on('/feed.xml', { headers: { 'content-type': 'application/rss+xml' }, body: feed() });
    const base = ['--base-url', 'https://river.example/feed'];
    const config = join(folder.path, 'site.yaml');
    await writeFile(config, 'fetch: { allow: [127.0.0.1/32] }\n');
    const [stdin, fromFile, fromUrl] = await Promise.all([
      tributary(['parse', '-', ...base], { input: feed() }),
      tributary(['parse', file, ...base]),
      tributary(['parse', `${origin.url}/feed.xml`, ...base, '--config', config]),
    ]);
    expect(fromFile.out).toBe(stdin.out);
    expect(fromUrl).toMatchObject({ status: 0, err: '', out: stdin.out });
  });
});

describe.concurrent('what cannot be read is status 1, and says so in a line', () => {
  test.each<[string, string | Uint8Array, ...string[]]>([
    ['nothing', ''],
    ['white space', ' \n\n\t '],
    ['plain text', 'no feed at all'],
    ['a page', '<!doctype html><html><head><title>502</title></head><body>Bad Gateway</body></html>'],
    ['JSON of another kind', '{"error":"rate limited"}'],
    ['JSON that breaks off', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":'],
    ['an XML declaration alone', '<?xml version="1.0"?>'],
    ['a feed’s beginning', '<?xml version="1.0"?><rss version="2.0"><chan'],
    ['XML of another kind', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['zeros', Buffer.alloc(5000)],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256))],
    ['compressed bytes', Buffer.from('1f8b0800000000000003', 'hex')],
    ['a feed as a digest', feed(), '--format', 'markdown-digest'],
    ['a feed as a tag page', feed(), '--format', 'tag-page'],
    ['a feed as a telegraph', feed(), '--format', 'telegraph'],
    ['a feed as a stripped one', feed(), '--format', 'stripped-rss'],
  ])('%s', async (_, input, ...options) => {
    const { status, out, err, failure } = await parseText(input, ...options);
    // A document that breaks off inside its first lines may still be a feed without items.
    if (status === 0) {
      expect((failure as unknown as ParsedFeed).items).toEqual([]);
      expect((failure as unknown as ParsedFeed).warnings).not.toEqual([]);
      return;
    }
    expect(status).toBe(1);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(failure.input).toBe('-');
    expect(failure.error.code).toMatch(/^[a-z][a-z-]+$/);
    expect(failure.error.message).toMatch(/^parse: \S/);
    expect(failure.error.message).not.toMatch(/undefined|\bat .*:\d+:\d+|defect/);
    expect(err).toBe(`${failure.error.message}\n`);
  });

  test('a file that is not there', async () => {
    const { status, out, err } = await tributary(['parse', '/nowhere/feed.xml']);
    expect(status).toBe(1);
    expect(lines(out)).toMatchObject([{ input: '/nowhere/feed.xml' }]);
    expect(err).toMatch(/^[^\n]*no such file[^\n]*\n$/);
    expect(err.match(/nowhere/g)).toHaveLength(1);
  });

  test('a folder', async () => {
    const { status, err } = await tributary(['parse', repository]);
    expect(status).toBe(1);
    expect(err).toMatch(/^[^\n]+\n$/);
  });

  test('an address that does not answer, or may not be reached', async () => {
    for (const url of [
      'http://127.0.0.1:1/',
      'http://169.254.169.254/',
      'http://[::1]/',
      'http://0x7f000001/',
    ]) {
      const { status, out, err } = await tributary(['parse', url]);
      expect(status).toBe(1);
      expect(lines(out)).toMatchObject([
        { input: url, error: { message: expect.stringMatching(/\S/) as string } },
      ]);
      expect(err).toMatch(/^[^\n]+\n$/);
    }
  });
});

describe.concurrent('a document that breaks off', () => {
  test('gives the items that came whole', async () => {
    const more = '<item><title>第二条</title><link>https://river.example/2</link></item>';
    const whole = feed(undefined, more);
    const { status, parsed } = await parseText(whole.slice(0, whole.indexOf('第二条')));
    expect(status).toBe(0);
    expect(parsed.items[0]?.title).toBe('堤坝加固工程提前完工');
    expect(parsed.warnings.length).toBeGreaterThan(0);
  });
});

describe.concurrent('several documents', () => {
  test('are one line each, in their order, a failed one too, and status 1', async () => {
    await using folder = await temporaryFolder();
    const file = (name: string) => join(folder.path, name);
    await writeFile(file('a.xml'), feed('第一条标题'));
    await writeFile(file('b.xml'), 'no feed');
    await writeFile(file('c.xml'), feed('第三条标题'));
    const { status, out } = await tributary([
      'parse',
      file('a.xml'),
      file('b.xml'),
      file('c.xml'),
      file('d.xml'),
    ]);
    expect(status).toBe(1);
    expect(lines(out)).toMatchObject([
      { items: [{ title: '第一条标题' }] },
      { input: file('b.xml'), error: { line: 1 } },
      { items: [{ title: '第三条标题' }] },
      { input: file('d.xml'), error: {} },
    ]);
  });

  test('that can all be read are status 0', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a.xml');
    await writeFile(file, feed());
    const { status, out } = await tributary(['parse', file, '-', file], { input: feed() });
    expect(status).toBe(0);
    expect(lines(out)).toHaveLength(3);
  });
});
