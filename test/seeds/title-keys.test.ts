import { expect, test } from 'vitest';
import { titleKey } from '../../src/identify/title-key.ts';
import type { Item } from '../../src/model/feed.ts';
import { describeSeeds, readSeed } from './seeds.ts';

describeSeeds('the titles of all documents', () => {
  const items = (): readonly Item[] => [
    ...readSeed('000_e920307b66195e1d.txt', 'markdown-digest').items,
    ...readSeed('001_8deb6fad8f11d47a.txt', 'tag-page').items,
    ...readSeed('002_3050de5fecd53efa.txt', 'tag-page').items,
    ...readSeed('003_3e53410e1489001e.txt', 'stripped-rss').items,
    ...readSeed('004_319134b2502362af.txt', 'telegraph').items,
  ];
  // A digest's column is a part of its title.
  const keyOf = ({ title = '', column, parts }: Item) =>
    titleKey(title, column === undefined || parts ? {} : { column });

  test('265 with those of the digests’ parts have 256 keys, of which 8 are repeated', () => {
    const keys = items().flatMap((item) => [
      keyOf(item),
      ...(item.parts ?? []).map(({ title }) => titleKey(title)),
    ]);
    expect(keys).toHaveLength(265);
    const groups = Map.groupBy(keys, (key) => key);
    expect(groups.size).toBe(256);
    expect([...groups.values()].filter(({ length }) => length > 1)).toHaveLength(8);
  });

  test('159 keys are those of items', () => {
    expect(new Set(items().map(keyOf)).size).toBe(159);
  });
});
