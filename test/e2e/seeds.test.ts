import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from '../support/tributary.ts';
import { openSite, type Site } from '../support/site.ts';

/** The documents of real sources, served as five sources. */

const folder = join(repository, '..', 'shared', 'seeds');

const seeds = [
  { id: 'kr', file: '000_e920307b66195e1d.txt', format: 'markdown-digest', items: 20 },
  { id: 'baidu', file: '001_8deb6fad8f11d47a.txt', format: 'tag-page', items: 8 },
  { id: 'innovation', file: '002_3050de5fecd53efa.txt', format: 'tag-page', items: 8 },
  { id: 'street', file: '003_3e53410e1489001e.txt', format: 'stripped-rss', items: 53 },
  { id: 'wire', file: '004_319134b2502362af.txt', format: 'telegraph', items: 70 },
];

const total = 159;

if (!existsSync(folder)) test.skip('skipped: no ../shared/seeds (five sources)', () => undefined);
else
  describe('five documents', () => {
    let site: Site;

    beforeAll(async () => {
      site = await openSite(
        {
          site: { url: 'https://river.example' },
          sources: seeds.map(({ id, file, format }) => ({
            id,
            title: id,
            format,
            url: `file:${join(folder, file)}`,
            timezone: 'Asia/Shanghai',
          })),
          publish: { promo: true },
        },
        {},
      );
    });

    afterAll(() => site[Symbol.asyncDispose]());

    const idsOf = async (url: string) => {
      const { items } = JSON.parse((await site.get(url)).body) as { items: { id: string }[] };
      return items.map(({ id }) => id);
    };

    test.each(seeds)('$id has $items entries', async ({ id, items }) => {
      const ids = await idsOf(`/feeds/sources/${id}.json?limit=500`);
      expect(ids).toHaveLength(items);
      expect(new Set(ids).size).toBe(items);
    });

    test('make 159 stories, none of which merges', async () => {
      expect(await idsOf('/feeds/all.json?limit=500')).toHaveLength(total);
      expect((await site.get('/api/items?limit=500')).json<{ items: unknown[] }>().items).toHaveLength(total);
      expect((await site.get('/api/stories?limit=500')).json<{ stories: unknown[] }>().stories).toHaveLength(
        total,
      );
    });

    test('are led by the newest news that has a time, which no untimed item hides', async () => {
      const { items } = (await site.get('/api/items?limit=123')).json<{
        items: { source: string; published?: string }[];
      }>();
      expect(items.map(({ source }) => source)).toEqual([
        ...Array<string>(53).fill('street'),
        ...Array<string>(70).fill('wire'),
      ]);
      expect(items[0]?.published).toBe('2026-02-06T22:08:07Z');
      expect(items[53]?.published).toBe('2026-01-06T03:53:00Z');
    });

    test('change no byte when they are read again', async () => {
      const paths = ['all', ...seeds.map(({ id }) => `sources/${id}`)].flatMap((path) =>
        ['atom', 'rss', 'json'].map((format) => `/feeds/${path}.${format}`),
      );
      const look = () =>
        Promise.all(
          paths.map(async (path) => [path, (await site.get(path)).body, (await site.get(path)).headers.etag]),
        );
      const before = await look();
      await site.read();
      expect(await look()).toEqual(before);
    });
  });
