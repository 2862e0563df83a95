import type { Entry, FeedHead } from '../../src/publish/entry.ts';

/** A feed and its entries with everything that can be said of them. */
export const head: FeedHead = {
  id: 'tag:river.example,2024:feeds/all',
  title: 'Rivers & <lakes>',
  description: 'All that flows',
  selfUrl: 'https://river.example/feeds/all.atom',
  homepage: 'https://river.example/',
  language: 'zh-Hans',
  updated: '2024-05-06T07:30:00Z',
  authors: [{ name: 'Rivers' }],
  generator: 'tributary',
  icon: 'https://river.example/favicon.svg',
};

/** Told by one source, with every field. */
export const full: Entry = {
  id: 'https://upper.example/id/1',
  title: '水位 < 3 m & rising: "A ]]> B" &amp; more',
  url: 'https://upper.example/news/1?a=1&b=2',
  summary: '<p>Short &amp; <em>clear</em></p>',
  content: '<p>Long: 1 &lt; 2, ]]&gt; and <a href="https://upper.example/x?a=1&amp;b=2">more</a></p>',
  published: '2024-05-06T07:00:00Z',
  updated: '2024-05-06T07:30:00Z',
  authors: [{ name: '李江', email: 'li@upper.example', url: 'https://upper.example/people/li' }],
  contributors: [{ name: 'B. Rook' }],
  categories: [
    { term: 'floods & droughts', scheme: 'https://upper.example/topics', label: 'Floods "and" droughts' },
    { term: 'water', scheme: 'urn:tributary:topics', label: '水' },
  ],
  enclosures: [
    { url: 'https://upper.example/1.mp3?x=1&y=2', type: 'audio/mpeg', length: 1234 },
    { url: 'https://upper.example/1.jpg', type: 'image/jpeg' },
  ],
  image: 'https://upper.example/1.jpg',
  language: 'en',
  rights: '© Upper & Sons',
  source: {
    id: 'https://upper.example/feed',
    title: 'Upper & Sons',
    url: 'https://upper.example/feed.xml',
    homepage: 'https://upper.example/',
    updated: '2024-05-06T07:30:00Z',
    rights: '© Upper & Sons',
  },
  sourceFeedUrl: 'https://river.example/feeds/sources/upper',
};

/** A story of two sources, in the language of the feed. */
export const story: Entry = {
  id: 'tag:river.example,2024:upper/0123456789abcdef0123456789abcdef',
  title: '两岸同时报道',
  url: 'https://lower.example/9',
  content: '<p>全文</p>',
  published: '2024-05-06T06:00:00Z',
  updated: '2024-05-06T06:00:00Z',
  authors: [{ name: 'Lower' }],
  language: 'zh-Hans',
  source: {
    id: 'urn:uuid:6b1f4d0a-5d5c-4d53-9f2c-2d6a7c1a0b11',
    title: 'Lower',
    url: 'https://lower.example/feed',
    updated: '2024-05-06T06:00:00Z',
  },
  sourceFeedUrl: 'https://river.example/feeds/sources/lower',
  reports: [
    {
      source: 'upper',
      sourceTitle: 'Upper & Sons',
      entryId: 'tag:river.example,2024:upper/0123456789abcdef0123456789abcdef',
      url: 'https://upper.example/9',
      time: '2024-05-06T06:00:00Z',
      matched: 'first',
    },
    {
      source: 'lower',
      sourceTitle: 'Lower',
      entryId: 'https://lower.example/9',
      url: 'https://lower.example/9',
      time: '2024-05-06T06:44:00Z',
      matched: 'title',
    },
  ],
};

/** The same without a field. */
export function without<Value extends object>(value: Value, field: keyof Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field)) as Partial<Value>;
}
