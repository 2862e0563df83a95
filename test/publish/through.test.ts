import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseFeed as feedsmith } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import type { Schema } from 'ajv/dist/2020.js';
import { feedFormats } from '../../src/publish/representation.ts';
import { schemaComplaints } from '../support/json-schema.ts';
import { testWith, xmllint, xmllintComplaints } from '../support/programs.ts';
import { hostileItems, publish } from './hostile-news.ts';

/** What sources write, read, stored and published again: whatever they say, the feeds are what they claim. */

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const grammar = join(fixtures, 'atom.rng');
const jsonFeed = JSON.parse(readFileSync(join(fixtures, 'json-feed-1.1.schema.json'), 'utf8')) as Schema;

describe('any news, read and published again,', () => {
  testWith(xmllint, 'is valid Atom under the grammar of RFC 4287', async () => {
    await fc.assert(
      fc.asyncProperty(hostileItems, async (items) => {
        expect(xmllintComplaints((await publish(items)).get('atom') ?? '', grammar)).toBe('');
      }),
      { numRuns: 40 },
    );
  });

  test('is JSON Feed under its schema', async () => {
    await fc.assert(
      fc.asyncProperty(hostileItems, async (items) => {
        const feed: unknown = JSON.parse((await publish(items)).get('json') ?? '');
        expect(schemaComplaints(jsonFeed, feed)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('is the same entries to an independent parser, in each format', async () => {
    await fc.assert(
      fc.asyncProperty(hostileItems, async (items) => {
        const documents = await publish(items);
        const ids = feedFormats.map((format) => idsOf(documents.get(format) ?? ''));
        expect(ids[1]).toEqual(ids[0]);
        expect(ids[2]).toEqual(ids[0]);
        expect(new Set(ids[0]).size).toBe(ids[0]?.length);
      }),
      { numRuns: 40 },
    );
  });
});

test('a schema that finds faults checks it', () => {
  const item = { id: '1', content_text: 't' };
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: 't', items: [item] };
  expect(schemaComplaints(jsonFeed, feed)).toEqual([]);
  for (const fault of [{ id: 1 }, { tags: ['a', 'a'] }, { url: 'mailto:a' }, { date_published: 'today' }])
    expect(schemaComplaints(jsonFeed, { ...feed, items: [{ ...item, ...fault }] })).not.toEqual([]);
});

function idsOf(document: string): readonly (string | undefined)[] {
  const parsed = feedsmith(document);
  switch (parsed.format) {
    case 'atom':
      return (parsed.feed.entries ?? []).map(({ id }) => id);
    case 'rss':
      return (parsed.feed.items ?? []).map(({ guid }) => guid?.value);
    case 'json':
      return (parsed.feed.items ?? []).map(({ id }) => id);
    case 'rdf':
      throw new Error('read as RDF');
  }
}
