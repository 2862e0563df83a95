import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { renderAtom } from '../../src/publish/atom/feed.ts';
import type { Entry, FeedHead } from '../../src/publish/entry.ts';
import { expat, expatComplaints, testWith, xmllint, xmllintComplaints } from '../support/programs.ts';
import { full, head, story, without } from './sample.ts';

/** Atom out: RFC 4287. The sections are named where a test is of one. */

const grammar = join(import.meta.dirname, '..', 'fixtures', 'atom.rng');

/** The document as elements with their attributes: every child is a list. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  alwaysCreateTextNode: true,
  // Numeric references are XML, whatever the parser calls them.
  htmlEntities: true,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && !['feed', '?xml'].includes(name),
});

type Element = Readonly<Record<string, unknown>>;

function feedOf(document: string): Element {
  return (parser.parse(document) as { feed: Element }).feed;
}

function all(element: Element, name: string): readonly Element[] {
  return (element[name] ?? []) as readonly Element[];
}

function entryOf(entry: Entry, feed: FeedHead = head): Element {
  const [element = {}] = all(feedOf(renderAtom(feed, [entry])), 'entry');
  return element;
}

const texts = (element: Element, name: string) => all(element, name).map((child) => child['#text']);

const links = (element: Element, rel: string) =>
  all(element, 'link')
    .filter((link) => link['@rel'] === rel)
    .map((link) => link['@href']);

describe('a feed', () => {
  const feed = feedOf(renderAtom(head, [full, story]));

  test('has exactly one id, title and updated, and an author (4.1.1)', () => {
    expect(texts(feed, 'id')).toEqual(['tag:river.example,2024:feeds/all']);
    expect(texts(feed, 'title')).toEqual(['Rivers & <lakes>']);
    expect(texts(feed, 'updated')).toEqual(['2024-05-06T07:30:00Z']);
    expect(all(feed, 'author').flatMap((author) => texts(author, 'name'))).toEqual(['Rivers']);
  });

  test('links to itself and to its page', () => {
    expect(links(feed, 'self')).toEqual(['https://river.example/feeds/all.atom']);
    expect(links(feed, 'alternate')).toEqual(['https://river.example/']);
  });

  test('says its language, subtitle, generator and icon', () => {
    expect(feed['@xml:lang']).toBe('zh-Hans');
    expect(texts(feed, 'subtitle')).toEqual(['All that flows']);
    expect(texts(feed, 'generator')).toEqual(['tributary']);
    expect(texts(feed, 'icon')).toEqual(['https://river.example/favicon.svg']);
  });

  test('keeps the order of its entries', () => {
    expect(all(feed, 'entry').flatMap((entry) => texts(entry, 'id'))).toEqual([full.id, story.id]);
  });

  test('is dated by its newest entry where nothing else is said', () => {
    expect(texts(feedOf(renderAtom(without(head, 'updated'), [story, full])), 'updated')).toEqual([
      '2024-05-06T07:30:00Z',
    ]);
  });

  test('has what Atom demands even where nothing is known of it', () => {
    const empty = feedOf(renderAtom({}, []));
    for (const name of ['id', 'title', 'updated', 'author']) expect(all(empty, name), name).toHaveLength(1);
  });
});

describe('an entry', () => {
  const entry = entryOf(full);

  test('has exactly one id, title and updated (4.1.2)', () => {
    expect(texts(entry, 'id')).toEqual(['https://upper.example/id/1']);
    expect(texts(entry, 'title')).toEqual(['水位 < 3 m & rising: "A ]]> B" &amp; more']);
    expect(texts(entry, 'updated')).toEqual(['2024-05-06T07:30:00Z']);
    expect(texts(entry, 'published')).toEqual(['2024-05-06T07:00:00Z']);
  });

  test('has a title of text, and summary and content of HTML that is escaped once (3.1.1)', () => {
    const types = ['title', 'summary', 'content'].map((name) => all(entry, name)[0]?.['@type']);
    expect(types).toEqual(['text', 'html', 'html']);
    expect(texts(entry, 'summary')).toEqual([full.summary]);
    expect(texts(entry, 'content')).toEqual([full.content]);
  });

  test('has one alternate link', () => {
    expect(links(entry, 'alternate')).toEqual(['https://upper.example/news/1?a=1&b=2']);
  });

  test('names its people with their addresses (3.2)', () => {
    const [author = {}] = all(entry, 'author');
    expect(texts(author, 'name')).toEqual(['李江']);
    expect(texts(author, 'email')).toEqual(['li@upper.example']);
    expect(texts(author, 'uri')).toEqual(['https://upper.example/people/li']);
    expect(all(entry, 'contributor').flatMap((person) => texts(person, 'name'))).toEqual(['B. Rook']);
  });

  test('gives each category its term, scheme and label (4.2.2)', () => {
    const categories = all(entry, 'category').map((category) => [
      category['@term'],
      category['@scheme'],
      category['@label'],
    ]);
    expect(categories).toEqual([
      ['floods & droughts', 'https://upper.example/topics', 'Floods "and" droughts'],
      ['water', 'urn:tributary:topics', '水'],
    ]);
  });

  test('has all enclosures, with their type and length', () => {
    const enclosures = all(entry, 'link')
      .filter((link) => link['@rel'] === 'enclosure')
      .map((link) => [link['@href'], link['@type'], link['@length']]);
    expect(enclosures).toEqual([
      ['https://upper.example/1.mp3?x=1&y=2', 'audio/mpeg', '1234'],
      ['https://upper.example/1.jpg', 'image/jpeg', undefined],
    ]);
  });

  test('carries rights', () => {
    expect(texts(entry, 'rights')).toEqual(['© Upper & Sons']);
  });

  test('links to its license where its rights are one (RFC 4946)', () => {
    const rights = 'https://creativecommons.org/licenses/by/4.0/';
    expect(links(entryOf({ ...full, rights }), 'license')).toEqual([rights]);
    expect(links(entry, 'license')).toEqual([]);
  });

  test('links to the license that is said beside its rights, and to its source’s', () => {
    const license = 'https://creativecommons.org/licenses/by-sa/4.0/';
    const ofSource = 'https://upper.example/terms';
    const licensed = entryOf({ ...full, license, source: { ...full.source, license: ofSource } });
    expect(links(licensed, 'license')).toEqual([license]);
    expect(texts(licensed, 'rights')).toEqual(['© Upper & Sons']);
    const [source = {}] = all(licensed, 'source');
    expect(links(source, 'license')).toEqual([ofSource]);
    expect(texts(source, 'rights')).toEqual(['© Upper & Sons']);
    expect(links(entryOf({ ...full, license: 'javascript:grind()' }), 'license')).toEqual([]);
  });

  test('links to its comments (RFC 4685)', () => {
    const commentsUrl = 'https://upper.example/1#comments';
    expect(links(entryOf({ ...full, commentsUrl }), 'replies')).toEqual([commentsUrl]);
  });

  test('says its language where it is not the feed’s', () => {
    expect(entry['@xml:lang']).toBe('en');
    expect(entryOf(story)['@xml:lang']).toBeUndefined();
  });

  test('tells after its own fields where it came from (4.2.11)', () => {
    const [source = {}] = all(entry, 'source');
    expect(texts(source, 'id')).toEqual(['https://upper.example/feed']);
    expect(texts(source, 'title')).toEqual(['Upper & Sons']);
    expect(texts(source, 'updated')).toEqual(['2024-05-06T07:30:00Z']);
    expect(texts(source, 'rights')).toEqual(['© Upper & Sons']);
    expect(links(source, 'self')).toEqual(['https://upper.example/feed.xml']);
    expect(links(source, 'alternate')).toEqual(['https://upper.example/']);
    const text = renderAtom(head, [full]);
    const own = ['<content', '<category', '<rights', '<author'].map((tag) => text.lastIndexOf(tag));
    // The source has rights of its own, which come last.
    expect(text.indexOf('<source>')).toBeGreaterThan(Math.max(...own.slice(0, 2), own[3] ?? 0));
  });

  test('links to the other reports of its story and says how they matched', () => {
    const told = entryOf(story);
    const related = all(told, 'link').filter((link) => link['@rel'] === 'related');
    expect(related.map((link) => [link['@href'], link['@title']])).toEqual([
      ['https://upper.example/9', 'Upper & Sons · 2024-05-06 06:00'],
    ]);
    expect(
      all(told, 'tributary:report').map((report) => [
        report['@source'],
        report['@id'],
        report['@time'],
        report['@matched'],
      ]),
    ).toEqual([
      ['upper', story.id, '2024-05-06T06:00:00Z', 'first'],
      ['lower', 'https://lower.example/9', '2024-05-06T06:44:00Z', 'title'],
    ]);
  });
});

describe('an entry that lacks what Atom demands', () => {
  test('is dated by published where it has no updated', () => {
    expect(texts(entryOf(without(full, 'updated')), 'updated')).toEqual(['2024-05-06T07:00:00Z']);
  });

  test('has content where it has no link (4.1.2): its title, as HTML', () => {
    expect(texts(entryOf({ id: 'urn:x:1', title: 'if a < b & c' }), 'content')).toEqual([
      'if a &lt; b &amp; c',
    ]);
  });

  test('has its title for a summary where there is nothing else to read', () => {
    expect(texts(entryOf(without(story, 'content')), 'summary')).toEqual(['两岸同时报道']);
    expect(texts(entryOf({ id: 'urn:x:1', url: 'https://a.example/1', title: 'a < b' }), 'summary')).toEqual([
      'a &lt; b',
    ]);
    expect(texts(entryOf(story), 'summary')).toEqual([]);
  });

  test('takes its URL for an id', () => {
    expect(texts(entryOf({ url: 'https://a.example/1', title: 'x' }), 'id')).toEqual(['https://a.example/1']);
  });

  test('has an id of its own that stays the same where nothing names it', () => {
    const id = texts(entryOf({ title: 'x', content: 'y' }), 'id')[0];
    expect(id).toMatch(/^urn:/);
    expect(texts(entryOf({ title: 'x', content: 'y' }), 'id')).toEqual([id]);
    expect(texts(entryOf({ title: 'x', content: 'z' }), 'id')).not.toEqual([id]);
  });
});

describe('what an entry must not have', () => {
  test('an address that is none', () => {
    const [author = {}] = all(
      entryOf({ ...full, authors: [{ name: 'A', email: 'not an address' }] }),
      'author',
    );
    expect(texts(author, 'name')).toEqual(['A']);
    expect(all(author, 'email')).toEqual([]);
  });

  test('a person without a name', () => {
    const authors = all(entryOf({ ...full, authors: [{ email: 'a@b.example' }, {}] }), 'author');
    expect(authors.flatMap((author) => texts(author, 'name'))).toEqual(['a@b.example']);
  });

  test('an address within a name', () => {
    const [author = {}] = all(entryOf({ ...full, authors: [{ name: 'A <a@b.example>' }] }), 'author');
    expect(texts(author, 'name')).toEqual(['A']);
  });

  test('a link that is no URI: it is written as the one it stands for (RFC 3987, 3.1)', () => {
    const url = 'https://港口.example/渡輪?a[]=1';
    expect(links(entryOf({ ...full, url }), 'alternate')).toEqual([
      'https://xn--6orv52d.example/%E6%B8%A1%E8%BC%AA?a%5B%5D=1',
    ]);
  });

  test('a category twice, or one without a term', () => {
    const categories = [{ term: 'a' }, { term: 'a' }, { term: 'a', scheme: 'urn:s' }, { term: '' }];
    expect(all(entryOf({ ...full, categories }), 'category').map((category) => category['@term'])).toEqual([
      'a',
      'a',
    ]);
  });

  test('a scheme that is no IRI (4.2.2.2)', () => {
    const [category] = all(
      entryOf({ ...full, categories: [{ term: 'a', scheme: 'Top Stories' }] }),
      'category',
    );
    expect([category?.['@term'], category?.['@scheme']]).toEqual(['a', undefined]);
  });

  test('an enclosure whose type is no media type, or whose address is none', () => {
    const enclosures = [
      { url: 'https://upper.example/1.mp3', type: 'mp3' },
      { url: 'https://[::1', type: 'audio/mpeg' },
    ];
    const found = all(entryOf({ ...full, enclosures }), 'link').filter(
      (link) => link['@rel'] === 'enclosure',
    );
    expect(found.map((link) => [link['@href'], link['@type']])).toEqual([
      ['https://upper.example/1.mp3', undefined],
    ]);
  });

  test('an alternate that no browser opens', () => {
    for (const url of ['mailto:desk@upper.example', 'https://[::1', 'urn:x:1'])
      expect(links(entryOf({ ...full, url }), 'alternate')).toEqual([]);
  });

  test('an id of its source that is no IRI (4.2.6)', () => {
    const [source = {}] = all(entryOf({ ...full, source: { ...full.source, id: 'own source' } }), 'source');
    expect(all(source, 'id')).toEqual([]);
    expect(texts(source, 'title')).toEqual(['Upper & Sons']);
  });

  test('an id of its own that is no IRI: one stands for it, always the same', () => {
    const [id] = texts(entryOf({ ...full, id: 'article one' }), 'id');
    expect(id).toMatch(/^urn:sha256:[0-9a-f]{64}$/);
    expect(texts(entryOf({ id: 'article one', title: 'changed' }), 'id')).toEqual([id]);
  });

  test('a language that is none', () => {
    for (const language of ['zh_CN.UTF-8', 'qq', 'klingon'])
      expect(entryOf({ ...full, language })['@xml:lang'], language).toBeUndefined();
  });

  test('controls and noncharacters that XML 1.0 advises against (2.2)', () => {
    const title = 'a\u007Fb\u0085c\u009Fd\uFDD0e\u{1FFFE}f';
    expect(texts(entryOf({ ...full, title }), 'title')).toEqual(['abcdef']);
  });

  test('characters that XML 1.0 forbids', () => {
    const title = 'a\u0000b\u0008c\u000Bd\uFFFEe\uFFFFf\uD800g\t\u{1F30A}';
    expect(texts(entryOf({ ...full, title }), 'title')).toEqual(['abcdef\uFFFDg\t\u{1F30A}']);
  });
});

describe('words that could be taken for HTML', () => {
  const written = (title: string) =>
    /<entry[^]*?<title[^>]*>(.*)<\/title>/.exec(renderAtom(head, [{ ...full, title }]))?.[1];

  test('are written with hexadecimal references, which readers do not decode twice', () => {
    expect(written('S&P500')).toBe('S&#x26;P500');
    expect(written('&nbsp; < &#160;')).toBe('&#x26;nbsp; &#x3C; &#x26;#160;');
  });

  test('are the same to XML, and others are written as ever', () => {
    expect(texts(entryOf({ ...full, title: 'S&P500 &nbsp;' }), 'title')).toEqual(['S&P500 &nbsp;']);
    expect(written('AT&T, R&D, 3 < 4')).toBe('AT&amp;T, R&amp;D, 3 &lt; 4');
  });
});

describe('for others the document', () => {
  const document = renderAtom(head, [full, story, { id: 'urn:x:1', title: 'alone' }]);
  const empty = renderAtom({}, []);

  testWith(xmllint, 'is valid under the grammar of RFC 4287', () => {
    expect(xmllintComplaints(document, grammar)).toBe('');
    expect(xmllintComplaints(empty, grammar)).toBe('');
  });

  testWith(xmllint, 'is checked by a grammar that finds faults', () => {
    expect(xmllintComplaints(document.replace(/<id>.*<\/id>/, ''), grammar)).toContain('Relax-NG');
    expect(xmllintComplaints(document.replace('T07:30:00Z</updated>', '</updated>'), grammar)).toContain(
      'updated',
    );
  });

  testWith(expat, 'is well formed for expat', () => {
    expect(expatComplaints(document)).toBe('');
    expect(expatComplaints(empty)).toBe('');
  });
});
