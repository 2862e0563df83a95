import { describe, expect, test } from 'vitest';
import { parseFeed, readFeed } from '../../src/normalize/parse-feed.ts';

/** Rights in words and the license beside them. */

const modules = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:cc="http://web.resource.org/cc/"
  xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"
  xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"`;

const rss = (item: string, channel = '') =>
  Buffer.from(
    `<rss version="2.0" ${modules}><channel><title>Mill</title>${channel}<item><title>t</title>${item}</item></channel></rss>`,
  );

const atom = (entry: string, feed = '') =>
  Buffer.from(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://mill.example/"><title>Mill</title>${feed}<entry><title>t</title>${entry}</entry></feed>`,
  );

const by = 'https://license.example/by';

function rightsIn(bytes: Buffer) {
  const { rights, license } = readFeed(bytes, {}).items[0] ?? {};
  return { rights, license };
}

describe('a license', () => {
  test.each([
    ['creativeCommons:license', `<creativeCommons:license> ${by} </creativeCommons:license>`],
    ['cc:license', `<cc:license rdf:resource="${by}"/>`],
    ['dcterms:license', `<dcterms:license>${by}</dcterms:license>`],
    ['podcast:license', `<podcast:license url="${by}">Mill 1.0</podcast:license>`],
    ['atom:link', `<atom:link href="${by}" rel="License"/>`],
  ])('is kept beside rights in words: %s', (_, element) => {
    const words = '<dc:rights>© Mill</dc:rights>';
    expect(rightsIn(rss(words + element))).toEqual({ rights: '© Mill', license: by });
    expect(rightsIn(rss(element + words))).toEqual({ rights: '© Mill', license: by });
  });

  test('is kept beside atom:rights, relative too', () => {
    const entry = '<rights>© Mill</rights><link rel="license" href="/by"/>';
    expect(rightsIn(atom(entry))).toEqual({ rights: '© Mill', license: 'https://mill.example/by' });
  });

  test('is the rights where nothing else is said, and stands nowhere twice', () => {
    for (const element of [
      `<creativeCommons:license>${by}</creativeCommons:license>`,
      `<cc:license rdf:resource="${by}"/>`,
      `<dc:rights>${by}</dc:rights><cc:license rdf:resource="${by}"/>`,
    ])
      expect(rightsIn(rss(element))).toEqual({ rights: by, license: undefined });
  });

  test('that has a name is called by it', () => {
    const element = `<podcast:license url="${by}">Mill 1.0</podcast:license>`;
    expect(rightsIn(rss(element))).toEqual({ rights: 'Mill 1.0', license: by });
    expect(rightsIn(rss('<podcast:license>Mill 1.0</podcast:license>'))).toEqual({
      rights: 'Mill 1.0',
      license: undefined,
    });
  });

  test('is no address that leads nowhere', () => {
    const element = '<dc:rights>© Mill</dc:rights><cc:license rdf:resource="javascript:grind()"/>';
    expect(rightsIn(rss(element))).toEqual({ rights: '© Mill', license: undefined });
  });

  test('of a feed is not its items’, and one of an item’s source is that source’s', () => {
    const said = '<rights>© Mill</rights><link rel="license" href="/by"/>';
    const { feed, items } = readFeed(atom(`<source><id>urn:m</id>${said}</source>`, said), {});
    const license = 'https://mill.example/by';
    expect(feed).toMatchObject({ rights: '© Mill', license });
    expect(items[0]).not.toHaveProperty('license');
    expect(items[0]?.source).toMatchObject({ rights: '© Mill', license });
  });

  test('is no field of the canonical schema', () => {
    const said = '<rights>© Mill</rights><link rel="license" href="/by"/>';
    const { feed, items } = parseFeed(atom(`${said}<source><id>urn:m</id>${said}</source>`, said));
    for (const part of [feed, items[0], items[0]?.source]) {
      expect(part).toMatchObject({ rights: '© Mill' });
      expect(part).not.toHaveProperty('license');
    }
  });
});
