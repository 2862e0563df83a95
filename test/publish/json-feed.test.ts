import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/publish/entry.ts';
import { documentOf } from './documents.ts';
import { full, story } from './sample.ts';

/** JSON Feed 1.1 out: https://www.jsonfeed.org/version/1.1/ */

type Fields = Readonly<Record<string, unknown>>;

const read = (entries: readonly Entry[]) => JSON.parse(documentOf('json', entries)) as Fields;

function itemOf(entry: Entry): Fields {
  const [item = {}] = read([entry])['items'] as readonly Fields[];
  return item;
}

describe('a JSON feed', () => {
  const feed = read([full, story]);

  test('says what it is and where', () => {
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Rivers & <lakes>',
      description: 'All that flows',
      home_page_url: 'https://river.example/',
      feed_url: 'https://river.example/feeds/all.json',
      language: 'zh-Hans',
      authors: [{ name: 'Rivers' }],
      favicon: 'https://river.example/favicon.svg',
    });
  });

  test('has one item an entry, in their order', () => {
    expect((feed['items'] as readonly Fields[]).map(({ id }) => id)).toEqual([full.id, story.id]);
  });

  test('may be empty', () => {
    expect(read([])['items']).toEqual([]);
  });
});

describe('an item', () => {
  test('has every field of its entry', () => {
    expect(itemOf(full)).toMatchObject({
      id: 'https://upper.example/id/1',
      url: 'https://upper.example/news/1?a=1&b=2',
      title: '水位 < 3 m & rising: "A ]]> B" &amp; more',
      content_html: full.content,
      summary: 'Short & clear',
      image: 'https://upper.example/1.jpg',
      date_published: '2024-05-06T07:00:00Z',
      date_modified: '2024-05-06T07:30:00Z',
      authors: [{ name: '李江', url: 'https://upper.example/people/li' }],
      tags: ['Floods "and" droughts', '水'],
      language: 'en',
      attachments: [
        { url: 'https://upper.example/1.mp3?x=1&y=2', mime_type: 'audio/mpeg', size_in_bytes: 1234 },
        { url: 'https://upper.example/1.jpg', mime_type: 'image/jpeg' },
      ],
    });
  });

  test('tells the rest under _tributary', () => {
    expect(itemOf(full)['_tributary']).toMatchObject({ source: full.source, rights: '© Upper & Sons' });
    expect(itemOf(story)['_tributary']).toMatchObject({
      reports: [
        { source: 'upper', url: 'https://upper.example/9', time: '2024-05-06T06:00:00Z', matched: 'first' },
        { source: 'lower', url: 'https://lower.example/9', time: '2024-05-06T06:44:00Z', matched: 'title' },
      ],
    });
  });

  test('tells its license there, whether its rights are one or stand beside it', () => {
    const license = 'https://creativecommons.org/licenses/by-sa/4.0/';
    expect(itemOf({ ...full, license })['_tributary']).toMatchObject({ rights: '© Upper & Sons', license });
    expect(itemOf({ ...full, rights: license })['_tributary']).toMatchObject({ rights: license, license });
    expect(itemOf(full)['_tributary']).not.toHaveProperty('license');
  });

  test('tells there what the format has no place for', () => {
    const item = itemOf({
      ...full,
      column: '研选',
      agency: '财联社',
      commentsUrl: 'https://upper.example/1#comments',
      titleHash: 'ab'.repeat(32),
    });
    expect(item['_tributary']).toMatchObject({
      column: '研选',
      agency: '财联社',
      commentsUrl: 'https://upper.example/1#comments',
      contributors: [{ name: 'B. Rook' }],
      entryId: 'https://upper.example/id/1',
      titleHash: 'ab'.repeat(32),
    });
  });

  test('has each tag once, and none that is empty', () => {
    const categories = [
      { term: 'a', scheme: 'urn:x' },
      { term: 'a' },
      { term: 'b', label: 'a' },
      { term: '' },
      { term: 'c', label: '' },
    ];
    expect(itemOf({ ...full, categories })['tags']).toEqual(['a', 'c']);
  });

  test('shows its summary where there is no more', () => {
    expect(itemOf({ id: 'urn:x:1', title: 't', summary: '<p>s</p>' })['content_html']).toBe('<p>s</p>');
  });

  test('always has content: its title where there is nothing else', () => {
    const item = itemOf({ id: 'urn:x:1', title: 'if a < b' });
    expect(item['content_text']).toBe('if a < b');
    expect(item).not.toHaveProperty('content_html');
  });

  test('has an attachment type always, for the format demands it', () => {
    const item = itemOf({ ...full, enclosures: [{ url: 'https://upper.example/x' }] });
    expect(item['attachments']).toEqual([
      { url: 'https://upper.example/x', mime_type: 'application/octet-stream' },
    ]);
  });

  test('takes its URL for an id where it has none', () => {
    expect(itemOf({ url: 'https://a.example/1', title: 'x' })['id']).toBe('https://a.example/1');
  });

  test('has no author without a name, a URL or an avatar', () => {
    expect(itemOf({ ...full, authors: [{ role: '文' }] })['authors'] ?? []).toEqual([]);
  });

  test('has no field that is null or empty', () => {
    const values = Object.entries(itemOf({ id: 'urn:x:1', title: 't' }));
    expect(values.filter(([, value]) => value === null || value === '')).toEqual([]);
  });
});
