import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apiIdOf, feedId, isAbsoluteIri, mintEntryId } from '../../src/identify/entry-id.ts';

const installId = '0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('an id of the source that can be an Atom id', () => {
  test.each([
    'https://example.org/a/1',
    'http://example.org/?p=12',
    'https://例え.example/记事/1',
    'tag:example.org,2026:news/1',
    'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a',
    'urn:isbn:0451450523',
  ])('%s', (id) => {
    expect(isAbsoluteIri(id)).toBe(true);
  });
});

describe('an id of the source that cannot be one', () => {
  test.each([
    '',
    '12345',
    'n/a',
    '/a/1',
    '//example.org/a',
    'article one',
    'https://',
    'https://a b/',
    'urn:',
    '标题:一',
    'urn:a<b',
    'urn:a"b',
  ])('%s', (id) => {
    expect(isAbsoluteIri(id)).toBe(false);
  });

  test('one of more than 2,048 characters', () => {
    expect(isAbsoluteIri(`urn:a:${'x'.repeat(2043)}`)).toBe(false);
  });
});

test('with an authority an id is a tag of the source and 32 digits of the key’s SHA-256', () => {
  const authority = { name: 'news.example.org,2026', installId };
  expect(mintEntryId(authority, 'harbour', 'id:7')).toBe(
    `tag:news.example.org,2026:harbour/${sha256('id:7').slice(0, 32)}`,
  );
});

test('without one it is a UUID of version 5 under the install id', () => {
  // RFC 9562, 5.5: SHA-1 over the namespace’s bytes and the name, with version and variant set.
  const name = `harbour/${sha256('id:7').slice(0, 32)}`;
  const hash = createHash('sha1')
    .update(Buffer.from(installId.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  const id = mintEntryId({ installId }, 'harbour', 'id:7');
  expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(id.slice('urn:uuid:'.length, 'urn:uuid:'.length + 8)).toBe(hash.toString('hex', 0, 4));
  expect(id.slice(-12)).toBe(hash.toString('hex', 10, 16));
});

test('the same source and key have one id; another source, key or installation has another', () => {
  const ids = [
    mintEntryId({ installId }, 'a', 'id:1'),
    mintEntryId({ installId }, 'b', 'id:1'),
    mintEntryId({ installId }, 'a', 'id:2'),
    mintEntryId({ installId: installId.replace('0', '1') }, 'a', 'id:1'),
  ];
  expect(new Set(ids)).toHaveLength(4);
  expect(mintEntryId({ installId }, 'a', 'id:1')).toBe(ids[0]);
});

test('feeds and entries never share an id', () => {
  const authority = { name: 'news.example.org,2026', installId };
  expect(feedId(authority, 'feeds/all')).not.toBe(feedId(authority, 'feeds/topics/ai'));
  expect(feedId(authority, 'feeds/all')).toMatch(/^tag:news\.example\.org,2026:/);
  expect(feedId({ installId }, 'feeds/all')).toMatch(/^urn:uuid:/);
});

test('the API id is the first 16 hexadecimal digits of the SHA-256 of the entry id', () => {
  expect(apiIdOf('urn:example:1')).toBe(sha256('urn:example:1').slice(0, 16));
});
