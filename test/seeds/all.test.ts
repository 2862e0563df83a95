import { expect, test } from 'vitest';
import { describeSeeds, readSeed } from './seeds.ts';

describeSeeds('all source documents', () => {
  const documents = [
    readSeed('000_e920307b66195e1d.txt', 'markdown-digest'),
    readSeed('001_8deb6fad8f11d47a.txt', 'tag-page'),
    readSeed('002_3050de5fecd53efa.txt', 'tag-page'),
    readSeed('003_3e53410e1489001e.txt', 'stripped-rss'),
    readSeed('004_319134b2502362af.txt', 'telegraph'),
  ];
  const items = documents.flatMap((document) => document.items);

  test('159 items with as many titles', () => {
    expect(documents.map((document) => document.items.length)).toEqual([20, 8, 8, 53, 70]);
    expect(new Set(items.map(({ title }) => title)).size).toBe(159);
  });

  test('each has a text and no text is empty', () => {
    const texts = items.flatMap(({ title, content, parts }) => [
      title,
      content,
      ...(parts ?? []).map((part) => part.content),
    ]);
    expect(texts.filter((text) => text === undefined || text.trim() === '')).toEqual([]);
  });

  test('no markup of the documents is left in a title or a summary', () => {
    const texts = items.flatMap(({ title, summary }) => [title ?? '', summary ?? '']);
    expect(texts.filter((text) => /\*\*|\]\(|CDATA|^[>#]|【【/.test(text))).toEqual([]);
  });
});
