import { expect, test } from 'vitest';
import { count, describeSeeds, plain, readSeed } from './seeds.ts';

describeSeeds('the wallstreetcn document', () => {
  const { feed, items, warnings, line, lines } = readSeed('003_3e53410e1489001e.txt', 'stripped-rss');
  const heads = lines.flatMap((text, index) => (text.includes('<![CDATA[') ? [index] : []));
  const name = line(1).split(' ')[0] ?? '';

  test('the channel', () => {
    expect(feed).toEqual({
      format: 'stripped-rss',
      encoding: 'utf-8',
      title: name,
      homepage: 'https://wallstreetcn.com',
      language: 'zh-Hans',
    });
    expect(warnings).toEqual([]);
  });

  test('53 items, each with the title and url of its head line', () => {
    expect(items).toHaveLength(53);
    expect(items.map(({ title, url }) => [title, url])).toEqual(
      heads.map((index) => {
        const [, title = '', url = ''] = /<!\[CDATA\[ (.*) \]\]> (\S+)/.exec(lines[index] ?? '') ?? [];
        return [title, url];
      }),
    );
    expect(items.map(({ id }) => id)).toEqual(items.map(({ url }) => url));
    expect(items.slice(0, 3).map(({ url }) => url?.slice(-7))).toEqual(['3765201', '3765199', '3765196']);
    expect(items.at(-1)?.url?.slice(-7)).toBe('3765110');
  });

  test('each item has the time of the line above the next head', () => {
    expect(items.map(({ published }) => Date.parse(published ?? ''))).toEqual(
      heads.map((_, n) => {
        const end = lines[(heads[n + 1] ?? lines.length) - 1] ?? '';
        return Date.parse(end.slice(name.length));
      }),
    );
    expect(items[0]?.published).toBe('2026-02-06T22:08:07Z');
    expect(items[5]?.published).toBe('2026-02-06T19:37:48Z');
    expect(items.at(-1)?.published).toBe('2026-02-06T00:38:03Z');
    const times = items.map(({ published }) => published ?? '');
    expect(times).toEqual([...new Set(times)].sort().reverse());
  });

  test('the summary is the first paragraph that is no byline', () => {
    const below = new Map([
      [11, 431],
      [19, 777],
      [20, 817],
      [23, 993],
      [25, 1151],
      [38, 3855],
      [50, 4397],
    ]);
    for (const [index, item] of items.entries()) {
      const number = below.get(index + 1);
      const head = lines[heads[index] ?? 0] ?? '';
      const expected =
        number === undefined
          ? head.slice(head.indexOf(item.url ?? '') + 1 + (item.url ?? '').length)
          : line(number);
      expect(plain(item.summary)).toBe(expected);
    }
  });

  test('the authors are the channel, or the two people of a byline', () => {
    const byline = (number: number): object => ({ name: line(number).split(' | ')[1], role: '作者' });
    expect(items.map(({ authors }) => authors)).toEqual(
      items.map((_, index) => {
        if (index === 18) return [byline(775)];
        return index === 37 ? [byline(3853)] : [{ name }];
      }),
    );
  });

  test('every paragraph is there but the invitation at the end and the bylines', () => {
    for (const [index, item] of items.entries()) {
      const body = lines.slice((heads[index] ?? 0) + 1, (heads[index + 1] ?? lines.length) - 2);
      const paragraphs = body.filter((text) => text !== '').length - 1;
      const onHead = [11, 19, 20, 23, 25, 38, 50].includes(index + 1) ? 0 : 1;
      expect(count(item.content, '<p>') + count(item.content, '<li>')).toBe(paragraphs + onHead);
      expect(item.content).not.toContain('APP查看更多');
    }
  });

  test('bullets and numbers become lists', () => {
    const contents = items.map(({ content }) => content).join('');
    expect(count(contents, '<li>')).toBe(lines.filter((text) => /^ {2}(?:•|\d\.) /.test(text)).length);
    expect(contents).not.toContain('•  ');
    expect(count(items[15]?.content, '<ol><li>')).toBe(1);
  });
});
