import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Warning } from '../../src/model/feed.ts';
import { cutHtml } from '../../src/text/html/cut.ts';
import { newest } from '../../src/normalize/limits.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';

const rss = (items: string): Uint8Array =>
  new TextEncoder().encode(`<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`);

describe('of too many items the newest stay', () => {
  const days = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());

  test('the first, where the document runs newest first', () => {
    const warnings: Warning[] = [];
    const items = days(2001).toReversed();
    expect(newest(items, (date) => date, warnings)).toEqual(items.slice(0, 2000));
    expect(warnings.map(({ code }) => code)).toEqual(['too-many-items']);
  });

  test('the last, where it runs oldest first', () => {
    const items = days(2001);
    expect(newest(items, (date) => date, [])).toEqual(items.slice(1));
  });

  test('the first, where nothing has a date', () => {
    const items = days(3000);
    expect(newest(items, () => undefined, [])).toEqual(items.slice(0, 2000));
  });
});

describe('an item', () => {
  test('has 64 categories and 16 enclosures', () => {
    const categories = Array.from({ length: 100 }, (_, i) => `<category>c${i}</category>`).join('');
    const enclosures = Array.from({ length: 100 }, (_, i) => `<enclosure url="http://e.example/${i}"/>`).join(
      '',
    );
    const [item] = parseFeed(rss(`<item>${categories}${enclosures}</item>`)).items;
    expect(item?.categories).toHaveLength(64);
    expect(item?.enclosures).toHaveLength(16);
  });

  test('has a title of 1,024 characters and no id or link beyond 2,048', () => {
    const [item] = parseFeed(
      rss(
        `<item><title>${'t'.repeat(3000)}</title><guid>${'g'.repeat(2049)}</guid><link>http://e.example/${'l'.repeat(2048)}</link></item>`,
      ),
    ).items;
    expect(item?.title).toHaveLength(1024);
    expect(item).not.toHaveProperty('id');
    expect(item).not.toHaveProperty('url');
  });

  test('has 256 KB of content, and a warning says so', () => {
    const { items, warnings } = parseFeed(
      rss(
        `<item><title>Long</title><description>${'&lt;p&gt;字字字&lt;/p&gt;'.repeat(30_000)}</description></item>`,
      ),
    );
    const summary = items[0]?.summary ?? '';
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(262_144);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(262_000);
    expect(summary.endsWith('</p>')).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['too-long']);
  });
});

describe('cutHtml', () => {
  test('cuts where an element ends and closes what is open', () => {
    expect(cutHtml('<div><p>one</p><p>two</p></div>', 24)).toBe('<div><p>one</p></div>');
    expect(cutHtml('<div>a<br>b<p>c</p></div>', 22)).toBe('<div>a<br></div>');
  });

  test('cuts text without elements at a character', () => {
    expect(cutHtml('字字字', 7)).toBe('字字');
    expect(cutHtml('ab<img src="x">', 8)).toBe('ab');
  });

  test('stays within its bytes and leaves no element open', () => {
    const piece = fc.constantFrom('<p>', '</p>', '<b>', '</b>', '<br>', 'text ', '字', '😀', '<i>x</i>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 0, max: 80 }), (pieces, max) => {
        const cut = cutHtml(pieces.join(''), max);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});
