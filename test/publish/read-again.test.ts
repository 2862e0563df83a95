import fc from 'fast-check';
import { parseFeed as feedsmith } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { Entry } from '../../src/publish/entry.ts';
import type { FeedFormatName } from '../../src/publish/representation.ts';
import { soundEntries } from './arbitraries.ts';
import { documentOf } from './documents.ts';
import { full, story } from './sample.ts';

/** Everything published says the same to whoever reads it: to feedsmith, and to tributary itself. */

/** What a reader shows of an entry. */
interface Seen {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly url: string | undefined;
  readonly published: number;
  readonly content: string | undefined;
  readonly categories: readonly (string | undefined)[];
  readonly enclosures: readonly {
    readonly url: string | undefined;
    readonly type: string | undefined;
    readonly length: number | undefined;
  }[];
}

function meant(entry: Entry | Item): Seen {
  const { id, title, url, published = '', content, categories = [], enclosures = [] } = entry;
  return {
    id,
    title,
    url,
    published: Date.parse(published),
    content,
    categories: categories.map(({ term }) => term),
    enclosures: enclosures.map(({ url: at, type, length }) => ({ url: at, type, length })),
  };
}

function seenByFeedsmith(document: string): readonly Seen[] {
  const parsed = feedsmith(document);
  switch (parsed.format) {
    case 'atom':
      return (parsed.feed.entries ?? []).map((entry) => ({
        id: entry.id,
        title: entry.title?.value,
        url: entry.links?.find(({ rel }) => rel === 'alternate')?.href,
        published: Date.parse(entry.published ?? ''),
        content: entry.content?.value,
        categories: (entry.categories ?? []).map(({ term }) => term),
        enclosures: (entry.links ?? [])
          .filter(({ rel }) => rel === 'enclosure')
          .map(({ href, type, length }) => ({ url: href, type, length })),
      }));
    case 'rss':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.guid?.value,
        title: item.title,
        url: item.link,
        published: Date.parse(item.pubDate ?? ''),
        content: item.content?.encoded,
        categories: (item.categories ?? []).map(({ name }) => name),
        enclosures: (item.enclosures ?? []).map(({ url, type, length }) => ({ url, type, length })),
      }));
    case 'json':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.id,
        title: item.title,
        url: item.url,
        published: Date.parse(item.date_published ?? ''),
        content: item.content_html,
        categories: item.tags ?? [],
        enclosures: (item.attachments ?? []).map(({ url, mime_type: type, size_in_bytes: length }) => ({
          url,
          type,
          length,
        })),
      }));
    case 'rdf':
      throw new Error('read as RDF');
  }
}

const seenByUs = (document: string): readonly Seen[] => parseFeed(Buffer.from(document)).items.map(meant);

const formats: readonly FeedFormatName[] = ['atom', 'rss', 'json'];

/** XML formats have URIs where JSON has IRIs, and RSS has room for one enclosure, which needs a path. */
function asTold(format: FeedFormatName, seen: Seen): Seen {
  if (format === 'json') return seen;
  const uri = (iri: string | undefined) => iri?.replace('中文', '%E4%B8%AD%E6%96%87');
  const enclosures = seen.enclosures.map((enclosure) => ({ ...enclosure, url: uri(enclosure.url) }));
  const told = { ...seen, url: uri(seen.url), enclosures };
  if (format === 'atom') return told;
  const [first] = enclosures;
  const withPath = first?.url?.replace(/^(https:\/\/[^/?]+)\?/, '$1/?');
  return { ...told, enclosures: first ? [{ ...first, url: withPath }] : [] };
}

describe.each(formats)('published as %s', (format) => {
  test('sound entries are the same to feedsmith', () => {
    fc.assert(
      fc.property(soundEntries, (entries) => {
        expect(seenByFeedsmith(documentOf(format, entries))).toEqual(
          entries.map((entry) => asTold(format, meant(entry))),
        );
      }),
    );
  });

  test('and to tributary', () => {
    fc.assert(
      fc.property(soundEntries, (entries) => {
        // An RSS title is text or HTML, nobody knows: those that could be either are left to feedsmith.
        const plain = entries.filter(({ title }) => format !== 'rss' || !/[&<>]/.test(title));
        expect(seenByUs(documentOf(format, plain))).toEqual(
          plain.map((entry) => asTold(format, meant(entry))),
        );
      }),
    );
  });

  test('nothing is warned of', () => {
    expect(parseFeed(Buffer.from(documentOf(format, [full, story]))).warnings).toEqual([]);
  });
});

test('the three formats are recognised as what they are', () => {
  const read = (format: FeedFormatName) => parseFeed(Buffer.from(documentOf(format, [full]))).feed;
  expect(formats.map((format) => read(format).format)).toEqual(['atom-1.0', 'rss-2.0', 'json-feed-1.1']);
  for (const format of formats) {
    expect(read(format)).toMatchObject({
      title: 'Rivers & <lakes>',
      selfUrl: `https://river.example/feeds/all.${format}`,
      homepage: 'https://river.example/',
      language: 'zh-Hans',
    });
  }
});

test('Atom gives back every field of an entry', () => {
  const [item] = parseFeed(Buffer.from(documentOf('atom', [full])), { sanitize: false }).items;
  const { id, title, url, summary, content, published, updated } = full;
  expect(item).toMatchObject({ id, title, url, summary, content, published, updated });
  const { authors, contributors, categories, enclosures, language, rights, source } = full;
  expect(item).toMatchObject({ authors, contributors, categories, enclosures, language, rights, source });
});
