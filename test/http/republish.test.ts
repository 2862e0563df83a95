import { describe, expect, test } from 'vitest';
import { apiIdOf } from '../../src/identify/entry-id.ts';
import { openSite, type Site } from '../support/site.ts';

/** How much of a source's items may be published: `republish`, wherever something of an item is told. */

/** Only in the summaries, and only in the contents. */
const summary = 'zusammenfassung';
const content = 'volltext';

const entry = (source: string, title = `<title>${source}：港口今晨恢复运转</title>`) =>
  `<entry><id>tag:${source}.example,2026:1</id>${title}<link href="https://${source}.example/1"/>
<updated>2026-01-05T08:00:00Z</updated><summary>${summary} ${source}</summary>
<content type="html">&lt;p&gt;${content} ${source}&lt;/p&gt;</content></entry>`;
const feed = (source: string, ...entries: readonly string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:${source}</id><title>${source}</title>${entries.join('')}</feed>`;

const sources = ['full', 'summary', 'title'] as const;

const config = {
  site: { title: 'Harbour', url: 'https://harbour.example', authority: 'harbour.example,2026' },
  sources: sources.map((id) => ({ id, title: id.toUpperCase(), url: `file:${id}.xml`, republish: id })),
};

const documents = Object.fromEntries(sources.map((id) => [`${id}.xml`, feed(id, entry(id))]));

const open = (changes: object = {}) => openSite({ ...config, ...changes }, documents);

/** Whether summary and content of a source are told at an address. */
async function told(site: Site, source: string, path: string): Promise<readonly boolean[]> {
  const { statusCode, body } = await site.get(path);
  expect([path, statusCode]).toEqual([path, 200]);
  return [body.includes(`${summary} ${source}`), body.includes(`${content} ${source}`)];
}

const formats = ['atom', 'rss', 'json'];

const allowed = { full: [true, true], summary: [true, false], title: [false, false] };

describe.each(sources)('an item of which %s may be published', (source) => {
  const apiId = apiIdOf(`tag:${source}.example,2026:1`);

  test('tells no more in any feed or answer', async () => {
    await using site = await open();
    const paths = [
      ...formats.flatMap((format) => [
        `/feeds/all.${format}`,
        `/feeds/sources/${source}.${format}`,
        `/feeds/all.${format}?content=full&limit=9`,
      ]),
      '/api/items',
      '/api/items?since=0',
      `/api/items/${apiId}`,
    ];
    for (const path of paths) expect([path, await told(site, source, path)]).toEqual([path, allowed[source]]);
    expect((await told(site, source, `/items/${apiId}`))[1]).toBe(allowed[source][1]);
    expect((await told(site, source, `/items/${apiId}`))[0] && source === 'title').toBe(false);
    for (const path of [`/api/items/${apiId}/explain`, '/', '/api/stories'])
      expect([path, await told(site, source, path)]).toEqual([path, [false, false]]);
  });

  test('is not found by what is not published', async () => {
    await using site = await open();
    const found = async (query: string) =>
      (await site.get(`/api/items?source=${source}&${query}`)).json<{ items: unknown[] }>().items.length > 0;
    for (const since of ['', '&since=0'])
      expect([await found(`q=${content}${since}`), await found(`q=${source}${since}`)]).toEqual([
        allowed[source][1],
        true,
      ]);
  });

  test('is not found in a feed by what is not published', async () => {
    await using site = await open();
    for (const feed of ['all', `sources/${source}`]) {
      const found = async (q: string) =>
        (await site.get(`/feeds/${feed}.json?source=${source}&q=${q}`)).json<{ items: unknown[] }>().items
          .length;
      expect([feed, await found(content), await found(source)]).toEqual([
        feed,
        allowed[source][1] ? 1 : 0,
        1,
      ]);
    }
  });

  test('tells no more when its source has left the configuration', async () => {
    await using site = await open();
    await site.restart({ ...config, sources: [] });
    for (const path of ['/feeds/all.atom', '/feeds/all.json', `/api/items/${apiId}`])
      expect([path, await told(site, source, path)]).toEqual([path, allowed[source]]);
  });
});

test('a document that was not published is shown only where all of it might be', async () => {
  await using site = await open();
  for (const id of sources) await site.write(`${id}.xml`, `no feed: ${content}`);
  await site.read();
  for (const id of sources) {
    const { body } = await site.get(`/api/sources/${id}`);
    expect(body).toContain('keptDocuments');
    expect(body.includes(content)).toBe(id === 'full');
  }
});

test('an item without a title is named by no text that is not published', async () => {
  await using site = await openSite(config, { ...documents, 'title.xml': feed('title', entry('title', '')) });
  const explained = `/api/items/${apiIdOf('tag:title.example,2026:1')}/explain`;
  for (const path of ['/feeds/all.atom', '/', '/api/stories', '/feeds/sources/title.json', explained])
    expect(await told(site, 'title', path)).toEqual([false, false]);
});

describe('source-in-title', () => {
  const titlesIn = async (site: Site, path: string) =>
    (await site.get(path)).json<{ items: { title: string }[] }>().items.map(({ title }) => title);

  test.each([
    ['prefix', 'FULL: full：港口今晨恢复运转'],
    ['suffix', 'full：港口今晨恢复运转 (FULL)'],
  ])('%s names the source in merged feeds, and not in its own', async (where, expected) => {
    await using site = await open({ publish: { 'source-in-title': where } });
    expect(await titlesIn(site, '/feeds/all.json')).toContain(expected);
    for (const format of ['atom', 'rss'])
      expect((await site.get(`/feeds/all.${format}`)).body).toContain(expected);
    expect(await titlesIn(site, '/feeds/sources/full.json')).toEqual(['full：港口今晨恢复运转']);
  });
});
