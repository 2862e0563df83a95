import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { identifyItems, idsCollide, listItem, type Evidence } from '../../src/identify/item-key.ts';
import type { Item } from '../../src/model/feed.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function identified(items: readonly Item[], evidence: Partial<Evidence> = {}) {
  return identifyItems(
    items.map((item) => listItem(item)),
    { idsUseful: true, sharedUrls: new Set(), ...evidence },
  );
}

const keysOf = (items: readonly Item[], evidence: Partial<Evidence> = {}) =>
  identified(items, evidence).map(({ itemKey }) => itemKey);

describe('the item key is', () => {
  test('the source’s own id', () => {
    expect(keysOf([{ id: 'n-7', url: 'https://a.example/7', title: '一' }])).toEqual(['id:n-7']);
  });

  test('the canonical URL where there is no id', () => {
    expect(keysOf([{ url: 'http://a.example/7/?utm_source=rss&f=rss', title: '一' }])).toEqual([
      'url:https://a.example/7',
    ]);
  });

  test.each(['', 'N/A', 'n/a', 'null', 'None', 'undefined', '0', '-', ' NA '])(
    'the URL where the id is %j, which is none',
    (id) => {
      expect(keysOf([{ id, url: 'https://a.example/7' }])).toEqual(['url:https://a.example/7']);
    },
  );

  test('the URL where the source’s ids are of no use', () => {
    expect(keysOf([{ id: '1', url: 'https://a.example/7' }], { idsUseful: false })).toEqual([
      'url:https://a.example/7',
    ]);
  });

  test('the title hash where there is neither', () => {
    expect(keysOf([{ title: '「星舟」完成融資' }])).toEqual([`title:${sha256('星舟完成融资')}`]);
  });

  test('the hash of the first sentence where there is no title', () => {
    expect(keysOf([{ content: '<p>星舟完成融资。其余从略。</p>' }])).toEqual([
      `title:${sha256('星舟完成融资')}`,
    ]);
  });

  test('something of its own for an item that has no word at all', () => {
    const [first, second] = keysOf([
      { enclosures: [{ url: 'https://a.example/1.mp3' }] },
      { enclosures: [{ url: 'https://a.example/2.mp3' }] },
    ]);
    expect(first).toMatch(/^text:/);
    expect(second).not.toBe(first);
  });
});

describe('a URL is no evidence of identity', () => {
  test('where it is the site’s root', () => {
    const [item] = identified([{ id: '1', url: 'https://a.example/' }]);
    expect(item?.urlKey).toBeUndefined();
  });

  test('where two items of the document have it', () => {
    const items = identified([
      { title: '第一场事故', url: 'https://status.example/now' },
      { title: '第二场事故', url: 'https://status.example/now/' },
    ]);
    expect(items.map(({ urlKey }) => urlKey)).toEqual([undefined, undefined]);
    expect(items.map(({ itemKey }) => itemKey.split(':')[0])).toEqual(['title', 'title']);
  });

  test('where several of the source’s stored items have it', () => {
    const [item] = identified([{ title: '第三场事故', url: 'https://status.example/now' }], {
      sharedUrls: new Set(['https://status.example/now']),
    });
    expect(item?.urlKey).toBeUndefined();
    expect(item?.itemKey).toMatch(/^title:/);
    expect(item?.url).toBe('https://status.example/now');
  });
});

test('a short link behind a question mark is no site root', () => {
  expect(identified([{ id: '1', url: 'https://a.example/?p=12' }])[0]?.urlKey).toBe('https://a.example?p=12');
});

test('fragments that tell items apart are a part of the URL', () => {
  expect(
    keysOf([
      { title: '一', url: 'https://a.example/log#v1' },
      { title: '二', url: 'https://a.example/log#v2' },
    ]),
  ).toEqual(['url:https://a.example/log#v1', 'url:https://a.example/log#v2']);
});

test('an item that is listed twice is one item, and its URL is evidence', () => {
  const items = identified([
    { id: '1', title: '一', url: 'https://a.example/1' },
    { id: '1', title: '一', url: 'https://a.example/1' },
  ]);
  expect(items).toHaveLength(1);
  expect(items[0]?.urlKey).toBe('https://a.example/1');
});

test('of two listings of one item the first counts', () => {
  const items = identified([
    { id: '1', title: '改过的标题' },
    { id: '1', title: '原来的标题' },
  ]);
  expect(items.map(({ item }) => item.title)).toEqual(['改过的标题']);
});

test('two untitled notes on one page stay two', () => {
  expect(
    keysOf([
      { content: '早上有雾', url: 'https://a.example/notes' },
      { content: '中午放晴', url: 'https://a.example/notes' },
    ]),
  ).toHaveLength(2);
});

describe('ids collide', () => {
  test('where one id stands at two links', () => {
    expect(
      idsCollide(
        [
          { id: '1', url: 'https://a.example/1' },
          { id: '1', url: 'https://a.example/2' },
        ].map((item) => listItem(item)),
      ),
    ).toBe(true);
  });

  test('where one id stands at two titles without links', () => {
    expect(
      idsCollide(
        [
          { id: '1', title: '一' },
          { id: '1', title: '二' },
        ].map((item) => listItem(item)),
      ),
    ).toBe(true);
  });
});

describe('ids do not collide', () => {
  test.each<[string, Item[]]>([
    [
      'where an item is listed twice',
      [
        { id: '1', url: 'https://a.example/1' },
        { id: '1', url: 'https://a.example/1' },
      ],
    ],
    [
      'where two spellings of one link have one id',
      [
        { id: '1', url: 'http://a.example/1' },
        { id: '1', url: 'https://a.example/1/?utm_source=x' },
      ],
    ],
    [
      'where all of them are N/A',
      [
        { id: 'N/A', url: 'https://a.example/1' },
        { id: 'N/A', url: 'https://a.example/2' },
      ],
    ],
    ['where there are none', [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }]],
    ['in an empty document', []],
  ])('%s', (_, items) => {
    expect(idsCollide(items.map((item) => listItem(item)))).toBe(false);
  });
});

describe('a title was cut by its source', () => {
  const long = '海港引航站说清淤工程比计划早两天完成夜里又试航';

  test.each([`${long}…`, `${long}……`, `${long}...`, `${long}....`, `${long} …`])('%s', (title) => {
    expect(identified([{ title }])[0]?.cut).toBe(true);
  });

  test('exactly twenty characters before the ellipsis are enough', () => {
    expect(identified([{ title: `${Array.from(long).slice(0, 20).join('')}…` }])[0]?.cut).toBe(true);
    expect(identified([{ title: `${Array.from(long).slice(0, 19).join('')}…` }])[0]?.cut).toBe(false);
  });

  test.each([`${long}2026…`, `${long}２０２６…`, `${long}..`, `${long}。`, `…${long}`, `${long}…结束`])(
    'but not in %s',
    (title) => {
      expect(identified([{ title }])[0]?.cut).toBe(false);
    },
  );
});

test('a title with U+FFFD is damaged', () => {
  expect(identified([{ title: '海港第\uFFFD号泊位' }])[0]?.damaged).toBe(true);
  expect(identified([{ title: '海港第七号泊位' }])[0]?.damaged).toBe(false);
});

test('the column of an item is no part of its title key, that of a digest is', () => {
  const [item, digest] = identified([
    { id: '1', title: '研选｜星舟完成融资', column: '研选' },
    { id: '2', title: '晨报｜星舟完成融资', column: '晨报', parts: [{ title: '一' }] },
  ]);
  expect(item?.titleKey).toBe('星舟完成融资');
  expect(digest?.titleKey).toBe('晨报星舟完成融资');
});

describe('a part of a digest', () => {
  const part = (root: string, place: number, url: string) => ({
    ...listItem({ title: '星舟完成融资', url }),
    partOf: { root, place },
  });
  const keyOf = (...entry: Parameters<typeof part>) =>
    identifyItems([part(...entry)], { idsUseful: true, sharedUrls: new Set() })[0]?.itemKey;

  test('is known by its digest, its place and its fragment', () => {
    const key = keyOf('id:d-1', 0, 'https://a.example/1#x');
    expect(key).toMatch(/^part:[0-9a-f]{64}$/);
    expect(keyOf('id:d-1', 0, 'https://b.example/other#x')).toBe(key);
    expect(keyOf('id:d-1', 1, 'https://a.example/1#x')).not.toBe(key);
    expect(keyOf('id:d-1', 0, 'https://a.example/1#y')).not.toBe(key);
    expect(keyOf('id:d-2', 0, 'https://a.example/1#x')).not.toBe(key);
  });
});

test.each(['__proto__', 'constructor'])('an id %s is an id like any other', (id) => {
  expect(keysOf([{ id, title: id }])).toEqual([`id:${id}`]);
});
