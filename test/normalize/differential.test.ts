import fc from 'fast-check';
import { parseFeed as feedsmith } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/normalize/parse-feed.ts';

/**
 * On well-formed documents another parser of feeds has to see the same. Where the two differ by intent the
 * comparison says so, and why, in `canonical…` below:
 *
 * - times are instants here, the text of the document there;
 * - the language is in its canonical case here;
 * - titles are plain text here: Atom's HTML is decoded and RSS's markup is removed;
 * - authors of all vocabularies are one list here;
 * - URLs are compared as they are, so documents give them absolute.
 */
type Rss = Extract<ReturnType<typeof feedsmith>, { format: 'rss' }>['feed'];
type Atom = Extract<ReturnType<typeof feedsmith>, { format: 'atom' }>['feed'];

const instant = (written: unknown): string | undefined =>
  typeof written === 'string' ? new Date(written).toISOString().replace('.000Z', 'Z') : undefined;

function canonicalRss({ items = [], ...channel }: Rss): unknown {
  return {
    title: channel.title,
    homepage: channel.link,
    description: channel.description,
    language: channel.language === 'en-us' ? 'en-US' : channel.language,
    items: items.map((item) => ({
      id: item.guid?.value,
      title: item.title,
      url: item.link,
      summary: item.description,
      content: item.content?.encoded,
      published: instant(item.pubDate),
      categories: item.categories?.map(({ name, domain }) => ({ term: name, scheme: domain })),
      authors: item.dc?.creators?.map((name) => ({ name })),
      enclosures: item.enclosures?.map(({ url, type, length }) => ({ url, type, length })),
      source: item.source,
      commentsUrl: item.comments,
    })),
  };
}

function canonicalAtom({ entries = [], ...feed }: Atom): unknown {
  const alternate = (links: Atom['links']): string | undefined =>
    links?.find(({ rel }) => rel !== 'self')?.href;
  return {
    title: feed.title?.value,
    homepage: alternate(feed.links),
    items: entries.map((entry) => ({
      id: entry.id,
      title: entry.title?.value,
      url: alternate(entry.links),
      summary: entry.summary?.value,
      content: entry.content?.value,
      published: instant(entry.published),
      updated: instant(entry.updated),
      categories: entry.categories?.map(({ term, scheme, label }) => ({ term, scheme, label })),
      authors: entry.authors,
    })),
  };
}

/** The keys of the other parser's result that are known; ours may know more. */
function compare(document: string): void {
  const theirs = feedsmith(document);
  const { feed, items } = parseFeed(new TextEncoder().encode(document), { sanitize: false });
  if (theirs.format !== 'rss' && theirs.format !== 'atom') throw new Error(`not compared: ${theirs.format}`);
  const expected =
    theirs.format === 'rss' ? canonicalRss(theirs.feed as Rss) : canonicalAtom(theirs.feed as Atom);
  expect({ ...feed, items }).toMatchObject(JSON.parse(JSON.stringify(expected)) as object);
}

const word = fc.stringMatching(/^[a-zA-Z0-9éü中文字]{1,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
const url = word.map((name) => `https://pier.example/${encodeURIComponent(name)}?a=1&b=2`);
const html = words.map((text) => `<p>${text} &amp; <a href="https://pier.example/">${text}</a></p>`);
const date = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const cdata = (text: string): string => `<![CDATA[${text}]]>`;
const written = fc.constantFrom(escaped, cdata);

const item = fc
  .record({
    title: words,
    link: url,
    html,
    content: html,
    date,
    category: words,
    author: words,
    write: written,
  })
  .map(
    ({ title, link, html: summary, content, date: at, category, author, write }) => `<item>
<title>${write(title)}</title><link>${write(link)}</link><guid isPermaLink="false">${write(title)}</guid>
<pubDate>${at.toUTCString()}</pubDate><category domain="${escaped(author)}">${write(category)}</category><category>x</category>
<dc:creator>${write(author)}</dc:creator><description>${write(summary)}</description><content:encoded>${write(content)}</content:encoded>
<enclosure url="${escaped(link)}" type="audio/mpeg" length="12"/><comments>${write(link)}</comments><source url="${escaped(link)}">${write(title)}</source>
</item>`,
  );

const entry = fc
  .record({ title: words, link: url, html, date, term: words, author: words, write: written })
  .map(
    ({ title, link, html: content, date: at, term, author, write }) => `<entry>
<id>urn:x:${write(title)}</id><title>${write(title)}</title><link href="${escaped(link)}"/>
<published>${at.toISOString()}</published><updated>${at.toISOString()}</updated>
<category term="${escaped(term)}" scheme="https://pier.example/s" label="${escaped(author)}"/><author><name>${write(author)}</name><email>a@pier.example</email></author>
<summary type="html">${write(content)}</summary><content type="html">${write(content)}</content>
</entry>`,
  );

describe('feedsmith sees the same', () => {
  test('in RSS', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), words, url, (items, title, link) => {
        compare(`<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>${title}</title><link>${escaped(link)}</link><description>${title}</description><language>en-us</language>
${items.join('\n')}</channel></rss>`);
      }),
    );
  });

  test('in Atom', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), words, url, (entries, title, link) => {
        compare(`<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:feed</id><title>${title}</title><updated>2026-01-05T10:00:00Z</updated>
<link rel="self" href="https://pier.example/f"/><link href="${escaped(link)}"/>${entries.join('\n')}</feed>`);
      }),
    );
  });
});
