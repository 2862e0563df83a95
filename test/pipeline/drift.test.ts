import { describe, expect, test } from 'vitest';
import type { DocumentShape } from '../../src/model/source.ts';
import { driftCause, remember } from '../../src/pipeline/drift.ts';

const shape = (items: number, linked = 1, format: DocumentShape['format'] = 'rss-2.0'): DocumentShape => ({
  at: '2026-01-06T08:00:00Z',
  format,
  items,
  linked,
  bytes: 1000,
});

const usual = [shape(20), shape(20), shape(20)];

describe('a document has drifted', () => {
  test.each([
    ['of another format', shape(20, 1, 'telegraph'), /telegraph/],
    ['JSON instead of RSS', shape(20, 1, 'json-feed-1.1'), /json-feed/],
    ['without an item', shape(0), /no item/],
    ['half as many items, half as many links', shape(9, 0.4), /9 items/],
  ])('%s', (_, document, cause) => {
    expect(driftCause(document, usual)).toMatch(cause);
  });
});

describe('a document has not drifted', () => {
  test.each([
    ['on a thin day', shape(1), usual],
    ['with links that are gone', shape(20, 0), usual],
    ['at exactly half', shape(10, 0.5), usual],
    ['of another version of its format', shape(20, 1, 'rss-0.91'), usual],
    ['when it is the first', shape(0), []],
    ['without an item, as usual', shape(0), [shape(0), shape(0), shape(0)]],
    ['when one large day does not make the usual', shape(8, 0.3), [shape(10), shape(90), shape(12)]],
  ])('%s', (name, document, history) => {
    const cause = driftCause(document, history);
    // Eight of twelve are more than half, whatever the links.
    expect(cause, name).toBeUndefined();
  });
});

test('what is usual is the median of the last twenty documents', () => {
  const long = Array.from({ length: 30 }, (_, index) => index).reduce<readonly DocumentShape[]>(
    (history, index) => remember(history, shape(index < 15 ? 1000 : 20)),
    [],
  );
  expect(long).toHaveLength(20);
  expect(driftCause(shape(15, 0.3), long)).toBeUndefined();
  expect(driftCause(shape(9, 0.3), long)).toBeDefined();
});
