import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { addSubscriptions, readOpml } from '../../src/config/opml.ts';
import { ConfigError, TributaryError } from '../../src/model/errors.ts';
import { renderOpml } from '../../src/publish/opml.ts';
import { temporaryFolder } from '../support/tributary.ts';

const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>订阅</title></head><body>${body}</body></opml>`;

describe('reading OPML', () => {
  test('finds subscriptions in folders of any depth, in their order', () => {
    const text = opml(`
      <outline text="一" xmlUrl="https://a.example/1"/>
      <outline text="文件夹"><outline text="二" xmlUrl="https://a.example/2"/>
        <outline text="里层"><outline text="三" xmlUrl="https://a.example/3"/></outline></outline>
      <outline text="四" xmlUrl="https://a.example/4"/>`);
    expect(readOpml(text, 'x.opml').map(({ title }) => title)).toEqual(['一', '二', '三', '四']);
  });

  test('takes the title before the text, and the host where there is neither', () => {
    const text = opml(`
      <outline title="标题" text="文字" xmlUrl="https://a.example/1"/>
      <outline text=" 文字 " xmlUrl=" https://a.example/2 "/>
      <outline xmlUrl="https://www.a.example/3"/>`);
    expect(readOpml(text, 'x.opml')).toEqual([
      { title: '标题', url: 'https://a.example/1' },
      { title: '文字', url: 'https://a.example/2' },
      { title: 'www.a.example', url: 'https://www.a.example/3' },
    ]);
  });

  test('decodes references once', () => {
    const text = opml('<outline text="A &amp;amp; B &#x4E2D;" xmlUrl="https://a.example/?a=1&amp;b=2"/>');
    expect(readOpml(text, 'x.opml')).toEqual([{ title: 'A &amp; B 中', url: 'https://a.example/?a=1&b=2' }]);
  });

  test('leaves out what is no subscription, and what is there twice', () => {
    const text = opml(`
      <outline></outline>
      <outline/>
      <outline text="一" xmlUrl="https://a.example/1"/>
      <outline text="又一" xmlUrl="https://a.example/1"/>
      <outline text="链接" url="https://a.example/2"/>
      <outline text="脚本" xmlUrl="javascript:alert(1)"/>
      <outline text="文件" xmlUrl="file:///etc/passwd"/>
      <outline text="坏" xmlUrl="https://"/>`);
    expect(readOpml(text, 'x.opml')).toEqual([{ title: '一', url: 'https://a.example/1' }]);
  });

  test('finds nothing in an empty list', () => {
    expect(readOpml(opml(''), 'x.opml')).toEqual([]);
  });

  test.each(['', 'not xml', '<rss/>', '<opml', '{}'])('refuses %j in a plain sentence', (text) => {
    expect(() => readOpml(text, 'x.opml')).toThrow(TributaryError);
    expect(() => readOpml(text, 'x.opml')).toThrow(/^opml: x\.opml /);
  });

  test('reads what is written', () => {
    const outlines = [
      { text: '财经 "A" & <B>', xmlUrl: 'https://a.example/?a=1&b=2' },
      { text: '组', outlines: [{ text: '二', xmlUrl: 'https://b.example/' }] },
    ];
    expect(readOpml(renderOpml('订阅', outlines), 'x.opml')).toEqual([
      { title: '财经 "A" & <B>', url: 'https://a.example/?a=1&b=2' },
      { title: '二', url: 'https://b.example/' },
    ]);
  });
});

describe('adding subscriptions', () => {
  const none = { ids: new Set<string>(), urls: new Set<string>() };

  async function withConfig(text: string, use: (file: string) => Promise<void>): Promise<void> {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'tributary.yaml');
    await writeFile(file, text);
    await use(file);
    expect(await readdir(folder.path)).toEqual(['tributary.yaml']);
  }

  test('keeps the comments and the order of the file', async () => {
    const text =
      '# ours\nsite:\n  title: 新闻 # the name\n\nsources:\n  - id: a # first\n    url: https://a.example/\n';
    await withConfig(text, async (file) => {
      const added = addSubscriptions(file, [{ title: 'Harbour News', url: 'https://b.example/feed' }], none);
      expect(added).toMatchObject([{ id: 'harbour-news', url: 'https://b.example/feed' }]);
      const after = await readFile(file, 'utf8');
      for (const line of text.trimEnd().split('\n')) expect(after).toContain(line);
      expect(loadConfig(file, {}).sources.map(({ id, title }) => [id, title])).toEqual([
        ['a', 'a'],
        ['harbour-news', 'Harbour News'],
      ]);
    });
  });

  test.each(['', 'site: {}\n', 'sources:\n', 'sources: []\n'])(
    'works where there is no list yet: %j',
    async (text) => {
      await withConfig(text, async (file) => {
        addSubscriptions(file, [{ title: '海港', url: 'https://b.example/feed' }], none);
        expect(loadConfig(file, {}).sources).toMatchObject([{ id: 'b-example', title: '海港' }]);
        await Promise.resolve();
      });
    },
  );

  test('gives each an id of its own', async () => {
    await withConfig('', async (file) => {
      const subscriptions = ['https://www.b.example/1', 'https://b.example/2', 'https://b.example/3'].map(
        (url) => ({ title: '海港', url }),
      );
      const added = addSubscriptions(file, subscriptions, { ids: new Set(['b-example-2']), urls: new Set() });
      expect(added.map(({ id }) => id)).toEqual(['b-example', 'b-example-3', 'b-example-4']);
      await Promise.resolve();
    });
  });

  test('leaves out what is there already, and then the file as it is', async () => {
    const text = '# ours\nsources: [ { id: a, url: "https://a.example/" } ]\n';
    await withConfig(text, async (file) => {
      const known = { ids: new Set(['a']), urls: new Set(['https://a.example/']) };
      expect(addSubscriptions(file, [{ title: '一', url: 'https://a.example/' }], known)).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe(text);
    });
  });

  test('cannot be made to write YAML by a title', async () => {
    await withConfig('', async (file) => {
      const title = '一\nserver: { port: 1 }\n"#: {} [] & * ${HOME}';
      addSubscriptions(file, [{ title, url: 'https://a.example/' }], none);
      const { sources, server } = loadConfig(file, { HOME: '/root' });
      expect(sources[0]?.title.replace('/root', '${HOME}')).toBe(title);
      expect(server.port).toBe(8080);
      await Promise.resolve();
    });
  });

  test('leaves the file to those who could read it', async () => {
    await withConfig('', async (file) => {
      await chmod(file, 0o600);
      addSubscriptions(file, [{ title: '一', url: 'https://a.example/' }], none);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    });
  });

  test('refuses a file that is no YAML, and leaves it as it is', async () => {
    await withConfig('site: "x\n', async (file) => {
      expect(() => addSubscriptions(file, [{ title: '一', url: 'https://a.example/' }], none)).toThrow(
        ConfigError,
      );
      expect(await readFile(file, 'utf8')).toBe('site: "x\n');
    });
  });
});
