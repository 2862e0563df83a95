import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hashOf, represent } from '../../src/publish/representation.ts';

const make = (text: string) => {
  const body = Buffer.from(text);
  return represent(body, {
    hash: hashOf(body),
    contentType: 'text/plain',
    lastModified: new Date('2024-05-06T07:08:09Z'),
    link: '',
    sources: [],
  });
};

describe.each([
  ['a small body', '水'.repeat(100)],
  ['a large one', '<p>水</p>'.repeat(100_000)],
  ['an empty one', ''],
])('%s', (_, text) => {
  test('is the same bytes behind each coding', async () => {
    const { identity, gzip, br } = await make(text);
    expect(identity.body.toString()).toBe(text);
    expect(gunzipSync(gzip.body).toString()).toBe(text);
    expect(brotliDecompressSync(br.body).toString()).toBe(text);
  });

  test('has a strong ETag for each coding, the same each time', async () => {
    const tags = ({ identity, gzip, br }: Awaited<ReturnType<typeof make>>) =>
      [identity, gzip, br].map(({ etag }) => etag);
    const first = tags(await make(text));
    expect(new Set(first).size).toBe(3);
    for (const tag of first) expect(tag).toMatch(/^"[\x21\x23-\x7e]+"$/);
    expect(tags(await make(text))).toEqual(first);
    expect(tags(await make(`${text}!`))).not.toEqual(first);
  });
});

test('compressing is worth it', async () => {
  const { identity, gzip, br } = await make('<p>水</p>'.repeat(10_000));
  expect(gzip.body.length).toBeLessThan(identity.body.length / 10);
  expect(br.body.length).toBeLessThan(identity.body.length / 10);
});
