import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Complaint } from '../support/feed-validator/complaint.ts';
import { readDocument, type Element } from '../support/feed-validator/elements.ts';
import { validatorComplaints } from '../support/feed-validator/validate.ts';
import { html5lib, html5libComplaints, testWith } from '../support/programs.ts';
import { reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';
import { openSite, type Site } from '../support/site.ts';
import { repository } from '../support/tributary.ts';
import { hostileEntries } from './arbitraries.ts';
import { documentOf } from './documents.ts';
import { hostileItems, publish } from './hostile-news.ts';
import { head } from './sample.ts';

/** What is served is valid for the feed validator of W3C, without an error and with no warning but those below. */

const siteUrl = 'https://river.example';

/**
 * - Our own elements and those of RFC 6721 are in namespaces that it does not know.
 * - Sources print minutes, and a time is never altered to please a checker.
 * - A character that a source has lost (U+FFFD) stays lost; nobody knows what it was.
 */
const ours = (complaints: readonly Complaint[]): readonly Complaint[] =>
  complaints.filter(
    ({ rule, value }) =>
      !(rule === 'UnknownNamespace' && /^urn:tributary:1$|tombstones/.test(value)) &&
      rule !== 'DuplicateUpdated' &&
      !(rule === 'BadCharacters' && value === '"\uFFFD"'),
  );

const htmlOf = (element: Element): readonly string[] => [
  ...(element.attributes.get('type') === 'html' || ['description', 'content:encoded'].includes(element.name)
    ? [element.text]
    : []),
  ...element.children.flatMap(htmlOf),
];

describe('of the demo', () => {
  let demo: Site;
  let documents: ReadonlyMap<string, string>;

  beforeAll(async () => {
    demo = await openSite(
      {
        site: { url: siteUrl, language: 'zh' },
        feeds: join(repository, 'feeds'),
        topics: join(repository, 'config', 'topics.yaml'),
        origin: 'samples',
      },
      {},
    );
    const idsOf = async (list: string) => {
      const answer = (await demo.get(`/api/${list}`)).json<Record<string, { id: string }[]>>();
      return (answer[list] ?? []).map(({ id }) => `${list}/${id}`);
    };
    const paths = ['all', ...(await idsOf('topics')), ...(await idsOf('sources'))];
    const queries = ['', '?limit=500', '?content=none', '?content=summary', '?script=hans', '?script=hant'];
    const urls = paths.flatMap((path) =>
      ['atom', 'rss'].flatMap((format) => queries.map((query) => `/feeds/${path}.${format}${query}`)),
    );
    const bodies = await Promise.all(
      [...urls, '/feeds/incidents.atom'].map(async (url) => [url, (await demo.get(url)).body] as const),
    );
    documents = new Map(bodies);
  }, 60_000);

  afterAll(() => demo[Symbol.asyncDispose]());

  test('is every feed and every variant', () => {
    expect(documents.size).toBeGreaterThan(100);
    for (const [url, document] of documents)
      expect(ours(validatorComplaints(document, siteUrl + url)), url).toEqual([]);
  });

  testWith(html5lib, 'is all HTML for html5lib', () => {
    const fragments = new Set([...documents.values()].flatMap((document) => htmlOf(readDocument(document))));
    expect(fragments.size).toBeGreaterThan(100);
    expect(html5libComplaints([...fragments])).toEqual([]);
  });
});

describe('of a site', () => {
  test('is the feed of incidents with one that is open', async () => {
    await using site = await openSite(
      { site: { url: siteUrl }, sources: [{ id: 'upper', title: 'Upper', url: 'file:missing.xml' }] },
      {},
    );
    const { body } = await site.get('/feeds/incidents.atom');
    expect(body).toContain('<entry');
    expect(ours(validatorComplaints(body, `${siteUrl}/feeds/incidents.atom`))).toEqual([]);
  });

  test('is a feed with tombstones, and each of its archives between two others', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(350));
    const publisher = room.publisher({ entries: 5, hours: 0, maxEntries: 20 });
    const [first] = await room.items();
    await room.store().takeDown(first?.entryId ?? '', room.clock.now());
    await publisher.renew();
    const check = (path: string, document = '') =>
      expect(ours(validatorComplaints(document, `https://news.example/feeds/${path}.atom`)), path).toEqual(
        [],
      );
    for (const path of ['all', 'sources/harbour']) {
      const document = (await publisher.feed(path, 'atom'))?.identity.body.toString();
      expect(document).toContain('at:deleted-entry');
      check(path, document);
      const archives = await Promise.all([1, 2, 3].map((number) => publisher.archive(path, number, 'atom')));
      archives.forEach((archive, at) =>
        check(`${path}/archive/${at + 1}`, archive?.identity.body.toString()),
      );
    }
  });

  test('is its only archive, but that it has no neighbours', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', reports(150));
    const publisher = room.publisher({ entries: 5, hours: 0, maxEntries: 20 });
    await publisher.renew();
    const archive = (await publisher.archive('all', 1, 'atom'))?.identity.body.toString() ?? '';
    const url = 'https://news.example/feeds/all/archive/1.atom';
    expect(ours(validatorComplaints(archive, url)).map(({ rule }) => rule)).toEqual(['ArchiveIncomplete']);
  });
});

/**
 * What stays as the source wrote it, whatever the validator makes of it: ids, which are permanent and may be IRIs;
 * times; schemes that were registered since; an end tag in words, which are no HTML.
 */
const unaltered = (complaints: readonly Complaint[]): readonly Complaint[] =>
  ours(complaints).filter(
    ({ rule, at, value }) =>
      !['entry/id', 'source/id', 'feed/id'].includes(at) &&
      !['ImplausibleDate', 'SchemeNotIANARegistered', 'BadCharacters'].includes(rule) &&
      !(rule.endsWith('HTML') && value.startsWith('</')),
  );

describe('of hostile news', () => {
  test.each(['atom', 'rss'] as const)(
    'is what was read, stored and published again, as %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(hostileItems, async (items) => {
          const document = (await publish(items)).get(format) ?? '';
          expect(
            unaltered(validatorComplaints(document, `https://news.example/feeds/all.${format}`)),
          ).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );

  test.each(['atom', 'rss'] as const)('is any entry but for its HTML, as %s', (format) => {
    const url = `https://river.example/feeds/all.${format}`;
    fc.assert(
      fc.property(hostileEntries, (entries) => {
        // HTML is made sound when it is read, and ids are told apart when they are stored.
        const stored = entries.map((entry, at) => ({
          ...entry,
          id: `urn:ab:${at}`,
          updated: '2024-05-06T07:30:00Z',
          sourceFeedUrl: 'https://river.example/feeds/sources/upper',
          summary: '<p>s</p>',
          content: '<p>c</p>',
          source: { ...entry.source, id: 'urn:ab:1', title: 'S', updated: '2024-05-06T07:30:00Z' },
        }));
        const document = documentOf(format, stored, { ...head, selfUrl: url });
        expect(unaltered(validatorComplaints(document, url))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('html5lib finds', () => {
  testWith(html5lib, 'what browsers stumble over, and nothing else', () => {
    const faults = ['<p><ul></ul></p>', '<b><i></b></i>', 'a &nbsp b', '<td>', '\u0001'];
    expect(html5libComplaints(['<p>a &amp; <em>b</em></p>', ...faults])).toHaveLength(faults.length);
  });
});
