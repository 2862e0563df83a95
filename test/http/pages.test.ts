import { createHash } from 'node:crypto';
import { Parser } from 'htmlparser2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Site } from '../support/site.ts';
import { openRiver, riverConfig, siteUrl, titles } from './river.ts';

/** The pages for people. */

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The start tags of a page, as a browser would see them. */
function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      tags.push({ name, attributes });
    },
  });
  parser.end(html);
  return tags;
}

function textOf(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
  });
  parser.end(html);
  return text;
}

const links = (html: string) =>
  tagsOf(html).flatMap(({ name, attributes }) => (name === 'a' ? [attributes['href'] ?? ''] : []));

const apiIdOf = (entryId: string) => createHash('sha256').update(entryId).digest('hex').slice(0, 16);

let site: Site;

beforeAll(async () => {
  site = await openRiver();
});

afterAll(() => site[Symbol.asyncDispose]());

const pages = [
  '/',
  '/api',
  ...[
    'tag:upper.example,2024:1',
    'tag:upper.example,2024:2',
    'tag:lower.example,2024:1',
    'tag:lower.example,2024:5',
  ].map((entryId) => `/items/${apiIdOf(entryId)}`),
];

describe.each(pages)('%s', (path) => {
  test('is a page of HTML in a language, with a title', async () => {
    const { statusCode, headers, body } = await site.get(path);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toMatch(/^<!doctype html>/i);
    const tags = tagsOf(body);
    expect(tags.find(({ name }) => name === 'html')?.attributes['lang']).toBe('en');
    expect(tags.filter(({ name }) => name === 'title')).toHaveLength(1);
    expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1);
    expect(tags.find(({ attributes }) => attributes['name'] === 'viewport')).toBeDefined();
  });

  test('runs nothing, and may load images alone', async () => {
    const { headers, body } = await site.get(path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe-inline|unsafe-eval/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    for (const { name, attributes } of tagsOf(body)) {
      expect(['script', 'iframe', 'object', 'embed', 'form', 'base']).not.toContain(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        expect(attribute).not.toMatch(/^on|^style$/);
        if (attribute === 'href' || attribute === 'src') expect(value).toMatch(/^(?:https?:\/\/|\/)/);
      }
    }
    const styles = tagsOf(body).filter(({ name }) => name === 'style');
    const [, css = ''] = /<style>([^]*?)<\/style>/.exec(body) ?? [];
    expect(styles).toHaveLength(1);
    expect(policy).toContain(`'sha256-${createHash('sha256').update(css).digest('base64')}'`);
  });

  test('leads a feed reader to feeds that are there', async () => {
    const { body } = await site.get(path);
    const found = tagsOf(body).filter(
      ({ name, attributes }) => name === 'link' && attributes['rel'] === 'alternate',
    );
    expect(found.map(({ attributes }) => attributes['href'])).toContain(`${siteUrl}/feeds/all.atom`);
    for (const { attributes } of found) {
      expect(attributes['type']).toBe('application/atom+xml');
      expect(attributes['title']).toMatch(/\S/);
      expect((await site.get((attributes['href'] ?? '').replace(siteUrl, ''))).statusCode).toBe(200);
    }
  });

  test('has no link within the site that leads nowhere', async () => {
    const { body } = await site.get(path);
    const own = links(body).flatMap((href) =>
      href.startsWith('/') ? [href] : href.startsWith(siteUrl) ? [href.slice(siteUrl.length)] : [],
    );
    expect(own.length).toBeGreaterThan(0);
    for (const href of new Set(own)) expect((await site.get(href)).statusCode, href).toBe(200);
  });
});

describe('the front page', () => {
  test('shows the stories, newest first, as text and nothing else', async () => {
    const { body } = await site.get('/');
    const text = textOf(body);
    const places = Object.values(titles).map((title) => text.indexOf(title));
    expect(places.every((at) => at >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('has a link to subscribe to each feed, in each format', async () => {
    const found = links((await site.get('/')).body);
    for (const path of [
      'all',
      'topics/water',
      'topics/gold',
      'topics/void',
      'sources/upper',
      'sources/lower',
    ])
      for (const format of ['atom', 'rss', 'json'])
        expect(found).toContain(`${siteUrl}/feeds/${path}.${format}`);
  });

  test('shows the stories of one topic', async () => {
    const text = textOf((await site.get('/?topic=gold')).body);
    expect([titles.reserve, titles.price].every((title) => text.includes(title))).toBe(true);
    expect(text).not.toContain(titles.ferry);
    expect((await site.get('/?topic=none')).statusCode).toBe(404);
  });

  test('says the language of each story', async () => {
    const { body } = await site.get('/');
    const links = tagsOf(body).filter(({ attributes }) => attributes['href'] === 'https://lower.example/4');
    expect(links.map(({ attributes }) => attributes['lang'])).toEqual(['zh-Hant']);
  });

  test('offers every topic’s feed to a feed reader', async () => {
    const found = tagsOf((await site.get('/')).body).filter(
      ({ attributes }) => attributes['rel'] === 'alternate',
    );
    expect(found.map(({ attributes }) => attributes['href'])).toEqual(
      expect.arrayContaining(
        ['topics/water', 'topics/gold', 'topics/void'].map((path) => `${siteUrl}/feeds/${path}.atom`),
      ),
    );
  });

  test('tells how each source is', async () => {
    await using river = await openRiver();
    await river.write('lower.xml', 'no feed at all');
    await river.read();
    const text = textOf((await river.get('/')).body);
    expect(text).toContain('上游');
    expect(text).toContain('下游');
    expect((await river.get('/')).body).toMatch(/drifted/);
  });

  test('names no topic that is configured no longer', async () => {
    await using river = await openRiver();
    await river.write('topics.yaml', '[]');
    await river.restart(riverConfig);
    for (const path of ['/', `/items/${apiIdOf('tag:upper.example,2024:1')}`])
      expect(links((await river.get(path)).body)).not.toContain('/?topic=water');
  });

  test('is there before anything was read', async () => {
    await using empty = await openRiver({ sources: [] });
    const { statusCode, body } = await empty.get('/');
    expect(statusCode).toBe(200);
    expect(textOf(body)).toContain('River');
  });
});

describe('an item’s page', () => {
  const page = async (entryId: string) => (await site.get(`/items/${apiIdOf(entryId)}`)).body;

  test('shows its text, its title, its source and where to read it', async () => {
    const body = await page('tag:upper.example,2024:1');
    const text = textOf(body);
    expect(text).toContain(titles.ferry);
    expect(text).toContain('今晨全部复航');
    expect(text).toContain('上游');
    expect(text).toContain('2024-05-06 08:00');
    expect(links(body)).toContain('https://upper.example/1');
  });

  test('shows who else reported it, and how the reports matched', async () => {
    const body = await page('tag:upper.example,2024:1');
    expect(textOf(body)).toContain('下游');
    expect(links(body)).toContain('https://lower.example/1');
    expect(textOf(body)).toContain('沿江三城水位回落渡轮恢复通航');
  });

  test('shows a hostile title as text, and hostile HTML without what would run', async () => {
    const body = await page('tag:upper.example,2024:2');
    expect(textOf(body)).toContain('<script>alert("1")</script>');
    expect(body).not.toMatch(/<script|onclick|onerror|alert\([34]\)/i);
  });

  test('is English around an item that says its own language', async () => {
    const tags = tagsOf(await page('tag:lower.example,2024:5'));
    const languageOf = (wanted: string) => tags.find(({ name }) => name === wanted)?.attributes['lang'];
    expect(languageOf('html')).toBe('en');
    expect(languageOf('h1')).toBe('zh-Hant');
    expect(languageOf('article')).toBe('zh-Hant');
  });

  test('shows what comes with the item', async () => {
    const body = await page('tag:upper.example,2024:1');
    expect(links(body)).toContain('https://upper.example/1.mp3');
    expect(textOf(body)).toContain('audio/mpeg · 4 kB');
  });

  test('leads from a topic to its stories', async () => {
    const body = await page('tag:upper.example,2024:1');
    expect(links(body)).toContain('/?topic=water');
  });
});
