import { expect, test } from 'vitest';
import { describeSeeds, plain, readSeed } from './seeds.ts';

/** What stands in the last parentheses of a line. */
function lastParenthesis(text: string): string {
  return text.slice(text.lastIndexOf('(') + 1, text.lastIndexOf(')'));
}

describeSeeds('the first tag page', () => {
  const { feed, items, warnings, line } = readSeed('001_8deb6fad8f11d47a.txt', 'tag-page');

  test('8 pairs of title and body', () => {
    expect(items.map(({ title }) => title)).toEqual([2, 4, 6, 8, 10, 12, 14, 16].map(line));
    for (const [index, item] of items.entries()) {
      const body = line(3 + 2 * index);
      expect(plain(item.content).slice(0, 40)).toBe(body.slice(0, 40));
      expect([item.agency, item.source?.title]).toEqual([lastParenthesis(body), lastParenthesis(body)]);
    }
    expect(warnings).toEqual([]);
  });

  test('no id, no url, no time', () => {
    expect(items.map((item) => Object.keys(item).sort())).toEqual(
      items.map(() => ['agency', 'content', 'source', 'title']),
    );
    expect(feed).toEqual({ format: 'tag-page', encoding: 'utf-8', title: line(1).slice(1) });
  });
});

describeSeeds('the second tag page', () => {
  const { items, line } = readSeed('002_3050de5fecd53efa.txt', 'tag-page');
  const bookTitle = line(6).slice(1, line(6).indexOf('》'));

  test('7 pairs and a body without a title, which shifts nothing', () => {
    expect(items.map(({ title }) => title)).toEqual([
      ...[2, 4].map(line),
      bookTitle,
      ...[7, 9, 11, 13, 15].map(line),
    ]);
    for (const [index, number] of [3, 5, 6, 8, 10, 12, 14, 16].entries()) {
      expect(plain(items[index]?.content).slice(0, 40)).toBe(line(number).slice(0, 40));
      expect(items[index]?.agency).toBe(number === 6 ? undefined : lastParenthesis(line(number)));
    }
  });

  test('the column after the bar is named and stays in the title', () => {
    expect(items.map(({ column }) => column)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((index) => (index === 1 ? line(4).split('|')[1] : undefined)),
    );
  });
});
