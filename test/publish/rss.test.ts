import { parseFeed as feedsmith } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/publish/entry.ts';
import { documentOf } from './documents.ts';
import { full, head, story, without } from './sample.ts';

/** RSS 2.0 out, read by feedsmith. */

function read(document: string) {
  const parsed = feedsmith(document);
  if (parsed.format !== 'rss') throw new Error(`read as ${parsed.format}`);
  return parsed.feed;
}

function itemOf(entry: Entry) {
  const [item] = read(documentOf('rss', [entry])).items ?? [];
  return item;
}

describe('a channel', () => {
  const document = documentOf('rss', [full, story]);
  const channel = read(document);

  test('has a title, a link and a description', () => {
    expect(channel.title).toBe('Rivers & <lakes>');
    expect(channel.link).toBe('https://river.example/');
    expect(channel.description).toBe('All that flows');
  });

  test('has a description even where none is given, for RSS demands it', () => {
    const { description } = read(documentOf('rss', [], without(head, 'description')));
    expect(description).toBe('Rivers & <lakes>');
  });

  test('links to itself', () => {
    expect(channel.atom?.links).toEqual([
      { href: 'https://river.example/feeds/all.rss', rel: 'self', type: 'application/rss+xml' },
    ]);
  });

  test('was built when its newest entry changed', () => {
    expect(channel.lastBuildDate).toBe('Mon, 06 May 2024 07:30:00 GMT');
  });

  test('says its language and its generator', () => {
    expect(channel.language).toBe('zh-Hans');
    expect(channel.generator).toBe('tributary');
  });

  test('has one item an entry, in their order, and is one document', () => {
    expect(channel.items?.map(({ guid }) => guid?.value)).toEqual([full.id, story.id]);
    expect(document.match(/<rss\b/g)).toHaveLength(1);
    expect(document.match(/<channel>/g)).toHaveLength(1);
  });

  test('may be empty', () => {
    const empty = read(documentOf('rss', []));
    expect(empty.title).toBe('Rivers & <lakes>');
    expect(empty.items ?? []).toEqual([]);
  });
});

describe('an item', () => {
  const item = itemOf(full);

  test('has its title and link as they are', () => {
    expect(item?.title).toBe('水位 < 3 m & rising: "A ]]> B" &amp; more');
    expect(item?.link).toBe('https://upper.example/news/1?a=1&b=2');
  });

  test('has a guid that is no permalink where it is not its link', () => {
    expect(item?.guid).toEqual({ value: 'https://upper.example/id/1', isPermaLink: false });
  });

  test('has a guid that is a permalink, or says nothing else, where it is its link', () => {
    const guid = itemOf({ ...full, id: 'https://upper.example/9', url: 'https://upper.example/9' })?.guid;
    expect(guid?.value).toBe('https://upper.example/9');
    expect(guid?.isPermaLink ?? true).toBe(true);
  });

  test('has a pubDate with a year of four digits', () => {
    expect(item?.pubDate).toBe('Mon, 06 May 2024 07:00:00 GMT');
  });

  test('has its summary as description and its content as content:encoded', () => {
    expect(item?.description).toBe(full.summary);
    expect(item?.content?.encoded).toBe(full.content);
  });

  test('is described by the first sentence of its content where it has no summary', () => {
    const content = '<p>水位上涨 &amp; 回落。渡轮停航。</p>';
    const item = itemOf({ ...story, content });
    expect(item?.description).toBe('水位上涨 &amp; 回落');
    expect(item?.content?.encoded).toBe(content);
  });

  test('is described by its title where its content is a picture', () => {
    expect(itemOf({ ...story, content: '<img src="https://a.example/1.png">' })?.description).toBe(
      story.title,
    );
  });

  test('links with URIs, for RSS knows no IRIs', () => {
    const item = itemOf({ ...full, id: 'https://a.example/渡輪', url: 'https://a.example/渡輪' });
    expect(item?.link).toBe('https://a.example/%E6%B8%A1%E8%BC%AA');
    // The id stays as it is, and is no URI.
    expect(item?.guid).toEqual({ value: 'https://a.example/渡輪', isPermaLink: false });
  });

  test('keeps HTML whole that holds the end of a CDATA section', () => {
    const content = '<p>a[b[0]]&gt;c</p><pre>x[y[1]]>z</pre>';
    const encoded = itemOf({ ...full, content })?.content?.encoded;
    // In HTML ]]> and ]]&gt; are the same text.
    expect(encoded?.replaceAll('&gt;', '>')).toBe(content.replaceAll('&gt;', '>'));
  });

  test('names its authors with dc:creator', () => {
    expect(item?.dc?.creators).toEqual(['李江']);
    expect(itemOf({ ...full, authors: [{ name: 'A & B' }, { name: '<C>' }] })?.dc?.creators).toEqual([
      'A & B',
      '<C>',
    ]);
  });

  test('has its categories by their terms', () => {
    expect(item?.categories?.map(({ name }) => name)).toEqual(['floods & droughts', 'water']);
  });

  test('tells the domain of a category', () => {
    const categories = [{ term: 'floods', scheme: 'Top Stories' }, { term: 'rain' }, { term: 'rain' }];
    expect(itemOf({ ...full, categories })?.categories).toEqual([
      { name: 'floods', domain: 'Top Stories' },
      { name: 'rain' },
    ]);
  });

  test('links to its comments and carries its rights', () => {
    const told = itemOf({ ...full, commentsUrl: 'https://upper.example/1#comments' });
    expect(told?.comments).toBe('https://upper.example/1#comments');
    expect(told?.dc?.rights).toEqual(['© Upper & Sons']);
  });

  test('has its first enclosure with type and length: RSS allows one', () => {
    expect(item?.enclosures).toEqual([
      { url: 'https://upper.example/1.mp3?x=1&y=2', type: 'audio/mpeg', length: 1234 },
    ]);
  });

  test('has the first enclosure that RSS allows: on the web, at a domain', () => {
    const urls = ['ftp://upper.example/1.mp3', 'http://localhost/1.mp3', 'https://upper.example?1.mp3'];
    const enclosures = urls.map((url) => ({ url, type: 'audio/mpeg', length: 1 }));
    expect(itemOf({ ...full, enclosures })?.enclosures).toEqual([
      { url: 'https://upper.example/?1.mp3', type: 'audio/mpeg', length: 1 },
    ]);
  });

  test('names its source by the feed that it has here', () => {
    expect(item?.source).toEqual({
      title: 'Upper & Sons',
      url: 'https://river.example/feeds/sources/upper.rss',
    });
  });

  test('says what it says where it has a title and an id alone', () => {
    const bare = itemOf({ id: 'urn:x:1', title: 'alone', updated: '2024-05-06T07:30:00Z' });
    expect(bare?.title).toBe('alone');
    expect(bare?.guid).toEqual({ value: 'urn:x:1', isPermaLink: false });
    expect(bare?.pubDate).toBe('Mon, 06 May 2024 07:30:00 GMT');
    expect(bare?.link).toBeUndefined();
  });
});
