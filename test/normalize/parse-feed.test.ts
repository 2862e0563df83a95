import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../src/model/errors.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What parseFeed makes of a document; an error that is no FeedParseError fails the test. */
function outcome(document: Uint8Array): ReturnType<typeof parseFeed> | string {
  try {
    return parseFeed(document);
  } catch (error) {
    if (error instanceof FeedParseError) return error.code;
    throw error;
  }
}

describe('any document is a feed or a FeedParseError', () => {
  const piece = fc.constantFrom(
    ...[
      '<rss>',
      '</rss>',
      '<channel>',
      '</channel>',
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<link>',
      '<entry>',
    ],
    ...[
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<content type="xhtml">',
      '<div>',
      '</div>',
      '<![CDATA[',
      ']]>',
    ],
    ...[
      '<!--',
      '-->',
      '<?',
      '?>',
      '<!DOCTYPE x [',
      ']>',
      '&amp;',
      '&#0;',
      '&',
      '<',
      '>',
      '"',
      "'",
      '=',
      ' a="b',
      '\n',
    ],
    ...[
      '<pubDate>',
      'Mon, 05 Jan 2026 10:00:00 GMT',
      '__proto__',
      '<__proto__ constructor="x">',
      '字',
      '\ud800',
      '\0',
    ],
  );

  test('made of pieces of feeds', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(outcome(bytes(`<rss>${pieces.join('')}`))).toMatchObject({ feed: { format: 'rss-2.0' } });
        outcome(bytes(pieces.join('')));
      }),
      { numRuns: 500 },
    );
  });

  test('made of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (any) => {
        outcome(any);
      }),
    );
  });

  test('made of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue(), (items, authors) => {
        const feed = {
          version: 'https://jsonfeed.org/version/1.1',
          items: [items, { authors, tags: items }],
          authors,
        };
        expect(outcome(bytes(JSON.stringify(feed)))).toMatchObject({ feed: { format: 'json-feed-1.1' } });
      }),
    );
  });
});

describe('what always holds of a feed', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });

  test('no key is null, undefined or empty, and no text holds what XML forbids', () => {
    const forbidden = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
    const check = (value: unknown): void => {
      if (typeof value === 'string') {
        expect(value).not.toBe('');
        expect(forbidden.test(value)).toBe(false);
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(check);
      else expect(['number', 'boolean']).toContain(typeof value);
    };
    fc.assert(
      fc.property(text, text, text, (title, link, body) => {
        const { feed, items } = parseFeed(
          bytes(
            `<rss><channel><title>${title}</title><item><title>${title}</title><link>${link}</link>` +
              `<guid>${link}</guid><author>${title}</author><category>${body}</category><description>${body}</description></item></channel></rss>`,
          ),
        );
        check(feed);
        items.forEach(check);
      }),
    );
  });

  test('titles survive escaping', () => {
    const plain = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((value) => value.replace(/[^\p{L}\p{N}]/gu, 'x'));
    fc.assert(
      fc.property(plain, (title) => {
        const escaped = Array.from(title, (char) => `&#${char.codePointAt(0) ?? 0};`).join('');
        for (const written of [title, escaped, `<![CDATA[${title}]]>`]) {
          expect(parseFeed(bytes(`<rss><channel><title>${written}</title></channel></rss>`)).feed.title).toBe(
            title,
          );
        }
      }),
    );
  });

  test('the same bytes and hints give the same result', () => {
    const document = bytes(
      '<rss><channel><item><pubDate>3 hours ago</pubDate><title>x</title></item></channel></rss>',
    );
    const hints = { fetchedAt: '2026-01-05T10:00:00Z', url: 'https://e.example/' };
    expect(parseFeed(document, hints)).toEqual(parseFeed(document, hints));
    expect(parseFeed(document).items[0]).not.toHaveProperty('published');
  });
});

test('a document beyond 10 MB is refused before it is read', () => {
  expect(outcome(new Uint8Array(10 * 1024 * 1024 + 1))).toBe('too-large');
});

test('the format is told from the bytes, whatever the media type says', () => {
  const rss = bytes('<rss><channel><title>t</title></channel></rss>');
  for (const contentType of ['text/html; charset=utf-8', 'application/json', 'image/png', 'nonsense']) {
    expect(parseFeed(rss, { contentType }).feed.format).toBe('rss-2.0');
  }
});

describe('hostile documents of some size are read, and their good items stay', () => {
  const good = '<item><title>Good</title></item>';
  const floods: readonly (readonly [string, string])[] = [
    ['nested elements', '<a>'],
    ['brackets', '<'],
    ['cut-off tags', '<a '],
    ['declarations', '<!'],
    ['comments', '<!--'],
    ['instructions', '<?'],
    ['end tags', '</x>'],
    ['end tags of the root', '</rss>'],
    ['items behind the end of the root', '</rss><item>'],
    ['ampersands', '&'],
    ['namespaces', '<a xmlns:b="c">'],
    ['quotes', '<a b="'],
    ['doctypes', '<!DOCTYPE x [ "'],
  ];
  test.each(floods)('%s', (_, unit) => {
    const { items } = parseFeed(bytes(`<rss><channel>${good}${unit.repeat(200_000)}`));
    expect(items[0]?.title).toBe('Good');
  });

  test('an item behind a hundred thousand ends is found', () => {
    const { items } = parseFeed(bytes(`<rss><channel>${'</rss>'.repeat(100_000)}${good}</channel></rss>`));
    expect(items.map(({ title }) => title)).toEqual(['Good']);
  });

  test('entities are never expanded', () => {
    const doctype =
      '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
    expect(
      parseFeed(bytes(`${doctype}<rss><channel><title>&b; &c;</title></channel></rss>`)).feed.title,
    ).toBe('&b; &c;');
  });

  test('JSON that nests without end is refused', () => {
    expect(
      outcome(bytes(`{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(100_000)}`)),
    ).toBe('json-syntax');
  });
});
