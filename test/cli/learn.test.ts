import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { learn } from '../../src/cli/learn.ts';
import type { DocumentShape } from '../../src/model/source.ts';
import { temporaryFolder, tributary } from '../support/tributary.ts';

const shape = (items: number, linked: number, timed: number): DocumentShape => ({
  at: '2026-01-06T08:00:00Z',
  format: 'rss-2.0',
  items,
  linked,
  timed,
  bytes: 1000,
});

test.each([
  ['nothing', [], undefined],
  ['half of the items, rounded down', [shape(15, 1, 1)], { minItems: 7, timed: 1, linked: 1 }],
  ['shares, rounded down', [shape(3, 2 / 3, 0.999)], { minItems: 1, timed: 0.99, linked: 0.66 }],
  [
    'the median, not the exception',
    [shape(20, 1, 1), shape(1, 0, 0), shape(22, 1, 0.9)],
    { minItems: 10, timed: 0.9, linked: 1 },
  ],
] as const)('a history teaches %s', (_, history, expected) => {
  expect(learn(history)).toEqual(expected);
});

test('check --learn prints what each source has kept so far', async () => {
  await using folder = await temporaryFolder();
  const config = join(folder.path, 'site.yaml');
  const item = '<item><title>一条消息</title><link>https://news.example/1</link></item>';
  await writeFile(
    join(folder.path, 'news.xml'),
    `<rss version="2.0"><channel>${item.repeat(5)}</channel></rss>`,
  );
  await writeFile(
    config,
    JSON.stringify({
      store: { url: `sqlite:${join(folder.path, 'news.db')}` },
      sources: [
        { id: 'news', url: 'file:news.xml' },
        { id: 'other', url: 'file:missing.xml' },
      ],
    }),
  );
  await tributary(['poll', '--config', config]);
  const { status, out } = await tributary(['check', '--learn', '--config', config]);
  expect(status).toBe(0);
  expect(out).toContain('news: expect: { minItems: 2, timed: 0, linked: 1 }\n');
  expect(out).toContain('other: # not read yet\n');
});
