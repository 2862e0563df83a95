import { expect, test } from 'vitest';
import { describeSeeds, plain, readSeed } from './seeds.ts';

describeSeeds('the telegraph document', () => {
  const { feed, items, warnings, line, lines } = readSeed('004_319134b2502362af.txt', 'telegraph');
  const numbers = lines.flatMap((text, index) => (text.startsWith('**[') ? [index + 1] : []));
  const at = (number: number): (typeof items)[number] | undefined => items[numbers.indexOf(number)];
  const numbersWhere = (test: (item: (typeof items)[number]) => boolean): number[] =>
    numbers.filter((_, index) => test(items[index] ?? {}));

  test('70 entries of one level', () => {
    expect(items).toHaveLength(70);
    expect(warnings).toEqual([]);
    expect(feed).toMatchObject({ format: 'telegraph', categories: [{ term: line(1).slice(6, 8) }] });
  });

  test('each has its own minute of 6 January in Beijing, in the order of the file', () => {
    expect(items.map(({ published }) => published)).toEqual(
      numbers.map((number) => {
        const clock = line(number).slice('**['.length, '**[05:45'.length);
        return new Date(`2026-01-06T${clock}:00+08:00`).toISOString().replace('.000Z', 'Z');
      }),
    );
    expect(at(8)?.published).toBe('2026-01-05T21:49:00Z');
    expect(at(10)?.published).toBe('2026-01-05T21:45:00Z');
    expect(at(144)?.published).toBe('2026-01-06T03:53:00Z');
  });

  test('53 titles are printed, 17 are first sentences', () => {
    const untitled = [6, 14, 26, 28, 30, 36, 38, 44, 62, 70, 74, 86, 100, 106, 110, 126, 140];
    for (const number of numbers) {
      const text = line(number);
      const title = at(number)?.title ?? '';
      if (!untitled.includes(number))
        expect(text.includes(`】${title}】`) || text.includes(`【${title}】`)).toBe(true);
      else expect(text.slice(text.indexOf('电，') + 2).startsWith(`${title}。`)).toBe(true);
    }
    expect(untitled.filter((number) => line(number).includes('【'))).toEqual([]);
    // Two sentences; and one long one.
    expect(at(14)?.title).toHaveLength(line(14).indexOf('。') - line(14).indexOf('英'));
    expect(at(126)?.title?.length).toBe(line(126).length - line(126).indexOf('电，') - 3);
  });

  test('five columns, each a teaser', () => {
    const columns = new Map([
      [34, '研选'],
      [48, '点金互动易'],
      [72, '盘中宝'],
      [78, '风口研报·公司'],
      [124, '大佬持仓跟踪'],
    ]);
    expect(
      new Map(
        numbersWhere(({ column }) => column !== undefined).map((number) => [number, at(number)?.column]),
      ),
    ).toEqual(columns);
    expect(numbersWhere(({ promo }) => promo === true)).toEqual([...columns.keys()]);
  });

  test('agencies, sources and a reporter', () => {
    expect(numbersWhere(({ agency }) => agency === '财联社')).toHaveLength(63);
    expect(numbersWhere(({ agency }) => agency === '科创板日报')).toEqual([84]);
    expect(numbersWhere(({ agency }) => agency === undefined)).toEqual([24, 34, 48, 72, 78, 124]);
    const sources = numbersWhere(({ source }) => source !== undefined);
    expect(sources).toEqual([18, 20, 50, 68, 92, 104, 132]);
    for (const number of sources)
      expect(line(number).endsWith(` (${at(number)?.source?.title ?? ''})`)).toBe(true);
    expect(numbersWhere(({ authors }) => authors !== undefined)).toEqual([98]);
    expect(at(98)?.authors).toEqual([{ name: line(98).slice(-4, -1), role: '记者' }]);
  });

  test('contents are whole, summaries without the dateline', () => {
    for (const number of numbers) {
      const text = line(number);
      expect(text.endsWith(plain(at(number)?.content))).toBe(true);
      const summary = plain(at(number)?.summary);
      expect(text.endsWith(summary)).toBe(true);
      expect(summary).not.toMatch(/^.{0,12}日[电讯]，/);
    }
    expect(plain(at(50)?.summary).length).toBeGreaterThan(1900);
  });

  test('no id and no url', () => {
    expect(numbersWhere((item) => 'id' in item || 'url' in item)).toEqual([]);
  });
});
