import { expect, test } from 'vitest';
import { foldSpace } from '../../src/text/space.ts';
import { count, describeSeeds, plain, readSeed } from './seeds.ts';

describeSeeds('the 36kr document', () => {
  const { feed, items, warnings, line, lines } = readSeed('000_e920307b66195e1d.txt', 'markdown-digest');

  /** Line of the title, end of the URL, column. */
  const expected: readonly (readonly [number, string, string?])[] = [
    [1, 'p/3549325365260417', '8点1氪'],
    [203, 'p/3548504245350535', '36氪独家'],
    [250, 'p/3548342241734786', '氪星晚报'],
    [317, 'p/3548523752173447'],
    [587, 'p/3548467952152707', 'CEO锦囊·X计划'],
    [676, 'p/3548062348750723', '潜伏独角兽'],
    [767, 'p/3547017248075654', '36氪研究院'],
    [884, 'p/3542784904753282', '36氪首发'],
    [935, 'p/3547904883028104', '8点1氪'],
    [1140, 'p/3546917756759942', '氪星晚报'],
    [1211, 'newsflashes/3549319536258949'],
    [1218, 'newsflashes/3549320900751495'],
    [1225, 'newsflashes/3549315139825798'],
    [1232, 'newsflashes/3549312494235781'],
    [1239, 'newsflashes/3548653001060487'],
    [1246, 'newsflashes/3549311450722432'],
    [1253, 'newsflashes/3549306430730118'],
    [1260, 'newsflashes/3549305086488708'],
    [1267, 'newsflashes/3549301110435976'],
    [1274, 'newsflashes/3549298156728454'],
  ];

  test('20 items, each title with its url and column', () => {
    expect(items.map(({ title, id, url, column }) => [title, id, url, column])).toEqual(
      expected.map(([number, path, column]) => {
        const address = `https://36kr.com/${path}`;
        return [line(number).slice('# '.length), address, address, column];
      }),
    );
  });

  test('no time, but a hint from each id', () => {
    expect(items.filter((item) => 'published' in item || 'updated' in item)).toEqual([]);
    const hints = items.map(({ orderHint }) => orderHint?.slice(0, 16));
    // In Beijing: the evening paper of the 11th was begun at 15:20, the article of line 884 four days before.
    expect(hints[2]).toBe('2025-11-11T07:20');
    expect(hints[7]?.slice(0, 10)).toBe('2025-11-07');
    expect(hints.slice(10).filter((hint) => !/^2025-11-11T(?:12:36|23:[345]\d)$/.test(hint ?? ''))).toEqual(
      [],
    );
  });

  test('authors stand in the bylines', () => {
    const author = (number: number, role: string | undefined, separator = /[｜|]/): object => ({
      name: (line(number).split(separator)[1] ?? '').replaceAll('*', '').trim(),
      ...(role !== undefined && { role }),
    });
    expect(
      Object.fromEntries(
        items.flatMap(({ authors }, n) => (authors === undefined ? [] : [[n + 1, authors]])),
      ),
    ).toEqual({
      1: [author(198, '整理')],
      2: [author(205, '文'), author(207, '编辑')],
      4: [author(319, '文'), author(321, undefined)],
      6: [author(678, '作者'), author(680, '编辑')],
      9: [author(1135, '整理')],
    });
    expect(plain(items[3]?.content)).toContain(items[3]?.authors?.[0]?.name);
    expect(items[3]?.source?.title).toBe(/“(.+?)”/.exec(line(582))?.[1]);
  });

  test('the summary is the first line that is no byline, heading or image', () => {
    const leads = [0, 209, 256, 323, 589, 682, 769, 886, 0, 1146];
    for (const [index, number] of leads.entries()) {
      if (number > 0) expect(plain(items[index]?.summary)).toBe(line(number).replace(/^> /, ''));
    }
    for (const [index, [number]] of expected.entries()) {
      if (index >= 10) expect(plain(items[index]?.summary)).toBe(line(number + 2).slice('> '.length));
    }
    expect(count(items[0]?.summary, '<li>')).toBe(6);
    expect(count(items[8]?.summary, '<li>')).toBe(5);
    expect(plain(items[0]?.summary)).toBe(
      lines
        .slice(4, 10)
        .map((text) => text.slice('  * '.length))
        .join(' '),
    );
  });

  test('newsflashes name their source, one has none', () => {
    const sources = items.slice(10).map(({ agency, source }) => [agency, source?.title]);
    expect(sources.map(([agency]) => agency === undefined)).toEqual(
      [0, 0, 0, 0, 1, 0, 0, 0, 0, 0].map(Boolean),
    );
    for (const [index, [agency, source]] of sources.entries()) {
      const text = line((expected[10 + index]?.[0] ?? 0) + 2);
      if (agency !== undefined) expect(text.endsWith(`（${agency}）`)).toBe(true);
      expect(source).toBe(agency);
    }
  });

  test('106 parts in four digests, 27 of them linked, two to one page', () => {
    const sections = items.map(({ parts }) => {
      const bySection = Map.groupBy(parts ?? [], ({ section }) => section ?? '');
      return [...bySection.values()].map((group) => group.length);
    });
    expect(sections[0]).toEqual([3, 21, 5, 5, 3, 1]);
    expect(sections[2]).toEqual([6, 1, 3, 1, 2]);
    expect(sections[8]).toEqual([3, 24, 1, 2, 4, 5, 2]);
    expect(sections[9]).toEqual([4, 2, 3, 2, 3]);
    const parts = items.flatMap((item) => item.parts ?? []);
    expect(parts).toHaveLength(106);
    const urls = parts.flatMap(({ url }) => url ?? []);
    expect(urls).toHaveLength(27);
    expect(new Set(urls).size).toBe(26);
    expect(urls.filter((url) => !/^https:\/\/36kr\.com\/newsflashes\/\d{16}$/.test(url))).toEqual([]);
  });

  test('each part is a bold line of the document, with text below it', () => {
    const text = new Set(lines.map(foldSpace));
    for (const { title, url, content } of items.flatMap(({ parts }) => parts ?? [])) {
      expect(text.has(url === undefined ? `**${title}**` : `[**${title}**](${url})`)).toBe(true);
      expect(plain(content).length).toBeGreaterThan(20);
    }
  });

  test('section names have neither bold nor colon', () => {
    const names = items.flatMap(({ parts }) => parts ?? []).map(({ section }) => section ?? '');
    expect(names.filter((name) => /[*：]|^$/.test(name))).toEqual([]);
    // Line 1170 is the only section heading without bold.
    expect(items[9]?.parts?.filter(({ section }) => line(1170) === `## ${section ?? ''}：`)).toHaveLength(3);
  });

  test('images, lists and headings of the contents', () => {
    expect(items.map(({ content }) => count(content, '<img '))).toEqual([
      ...[1, 0, 0, 6, 0, 0, 39, 0, 0, 0],
      ...Array.from({ length: 10 }, () => 0),
    ]);
    expect(count(items[4]?.content, '<ol><li>')).toBe(1);
    expect(count(items[4]?.content, '<li>')).toBe(7);
    expect(count(items[5]?.content, '<h3>')).toBe(2);
    expect(items[6]?.content).toContain('https://pan.baidu.com/');
    expect(items.filter(({ content }) => /原文链接\]|nbsp|\*\*/.test(content ?? ''))).toEqual([]);
  });

  test('characters that were lost before are kept and said', () => {
    expect(warnings.map((warning) => [warning.code, warning.line])).toEqual(
      [112, 321, 562, 1227].map((number) => ['replacement-character', number]),
    );
    expect(count(items.map(({ content }) => content).join(''), '\uFFFD')).toBe(11);
    expect(items[12]?.summary).toContain('\uFFFD\uFFFD\uFFFD');
  });

  test('nothing more is known of the feed', () => {
    expect(feed).toEqual({ format: 'markdown-digest', encoding: 'utf-8' });
  });
});
