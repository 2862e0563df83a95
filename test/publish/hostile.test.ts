import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderOpml } from '../../src/publish/opml.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import { expat, expatComplaints, testWith, xmllint, xmllintComplaints } from '../support/programs.ts';
import { hostileEntries } from './arbitraries.ts';
import { documentOf } from './documents.ts';
import { full, head } from './sample.ts';

/** Whatever sources send, what we publish can be read. */

const xmlFormats = ['atom', 'rss'] as const;

const hostileHead = fc.constantFrom(
  head,
  {},
  { ...head, title: ']]> & <b>\u0000\uFFFF', description: '&amp; ]]>', rights: '\uD800 & ©' },
);

describe.each(xmlFormats)('any entries, as %s,', (format) => {
  const property = (check: (document: string) => void, numRuns: number) =>
    fc.assert(
      fc.property(hostileEntries, hostileHead, (entries, feed) => {
        check(documentOf(format, entries, feed));
      }),
      { numRuns },
    );

  test('hold nothing that XML 1.0 forbids', () => {
    const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
    property((document) => expect(forbidden.exec(document)).toBeNull(), 150);
  });

  testWith(xmllint, 'are well formed for libxml2', () => {
    property((document) => expect(xmllintComplaints(document)).toBe(''), 60);
  });

  testWith(expat, 'are well formed for expat', () => {
    property((document) => expect(expatComplaints(document)).toBe(''), 30);
  });

  test('are as many when they are read again', () => {
    fc.assert(
      fc.property(hostileEntries, (entries) => {
        const named = entries.map((entry, at) => ({ ...entry, id: `urn:x:${at}`, title: `t ${at}` }));
        expect(parseFeed(Buffer.from(documentOf(format, named))).items.map(({ id }) => id)).toEqual(
          named.map((entry) => entry.id),
        );
      }),
      { numRuns: 60 },
    );
  });
});

test('any entries, as JSON, are JSON with as many items, each with an id and content', () => {
  fc.assert(
    fc.property(hostileEntries, hostileHead, (entries, feed) => {
      const { items } = JSON.parse(documentOf('json', entries, feed)) as { items: object[] };
      expect(items).toHaveLength(entries.length);
      for (const item of items) {
        expect(item).toHaveProperty('id');
        expect('content_html' in item || 'content_text' in item).toBe(true);
      }
    }),
  );
});

testWith(xmllint, 'any outline, as OPML, is well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, text) => {
      expect(xmllintComplaints(renderOpml(title, [{ text, xmlUrl: text, htmlUrl: text }]))).toBe('');
    }),
    { numRuns: 60 },
  );
});

describe('a feed of large entries', () => {
  const large = Array.from({ length: 100 }, (_, at) => ({
    ...full,
    id: `urn:x:${at}`,
    content: `<p>${'水'.repeat(20_000)}</p>`,
  }));

  test.each(['atom', 'rss', 'json'] as const)('is at most 2 MB, and whole, as %s', (format) => {
    const document = documentOf(format, large);
    expect(Buffer.byteLength(document)).toBeLessThanOrEqual(2 * 1024 * 1024);
    const { items } = parseFeed(Buffer.from(document));
    expect(items.length).toBeGreaterThan(25);
    expect(items.map(({ id }) => id)).toEqual(large.slice(0, items.length).map(({ id }) => id));
  });
});
