import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { sanitizeHtml } from '../../../src/text/html/sanitize.ts';
import { expectPublishable } from './published-html.ts';

const tagName = fc.constantFrom(
  ...'p div a b i li ul ol td tr table tbody thead caption dd dt h1 h2 br hr img iframe script style svg math title'.split(
    ' ',
  ),
  ...'noscript template textarea xmp plaintext video source picture ruby rt rp blockquote pre x-y P SCRIPT __proto__'.split(
    ' ',
  ),
);
const attributeName = fc.constantFrom(
  ...'href src srcset data-src data-srcset poster cite title alt width height style onclick rel id colspan type'.split(
    ' ',
  ),
);
const value = fc.oneof(
  fc.constantFrom(
    '',
    '1',
    '0',
    '1px',
    'a.png',
    '/a,b.png 1x, c.png 2x',
    '//x.example/',
    'javascript:x()',
    'java&#9;script:x',
  ),
  fc.constantFrom(
    'data:image/gif,x',
    'blank.gif',
    '#a',
    '?b&c',
    'mailto:a@b.example',
    'http://x.example\\@y.example',
    '"><b>',
  ),
  fc.string({ maxLength: 8 }),
);
const attribute = fc
  .tuple(attributeName, fc.constantFrom('', '"', "'", '`'), value)
  .map(([name, quote, text]) => ` ${name}=${quote}${text}${quote}`);
const startTag = fc
  .tuple(tagName, fc.array(attribute, { maxLength: 3 }), fc.constantFrom('>', '>', '>', '/>', ' ', ''))
  .map(([name, attributes, end]) => `<${name}${attributes.join('')}${end}`);
const endTag = tagName.map((name) => `</${name}>`);
const text = fc.oneof(
  fc.constantFrom(
    'a',
    ' ',
    '&',
    '<',
    '>',
    '"',
    "'",
    '&lt;',
    '&amp;lt;',
    '&nbsp;',
    '&#0;',
    '&#x1;',
    '\0',
    '\ud83d',
    '😀',
    ']]>',
  ),
  fc.constantFrom('<!--', '-->', '--!>', '<![CDATA[', '<?', '<!', '</', '&#60;b&#62;', '\u2028', '\r'),
  fc.string({ maxLength: 6, unit: 'binary' }),
);
const html = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: startTag },
      { weight: 3, arbitrary: endTag },
      { weight: 3, arbitrary: text },
    ),
  )
  .map((pieces) => pieces.join(''));
const baseUrl = fc.constantFrom('https://news.example/a/b', 'http://news.example', 'nonsense', undefined);

describe('whatever comes in, what the sanitizer gives', () => {
  test('holds allowed tags, attributes and schemes alone, every element closed', () => {
    fc.assert(
      fc.property(html, baseUrl, (dirty, base) => expectPublishable(sanitizeHtml(dirty, { baseUrl: base }))),
      { numRuns: 5000 },
    );
  });

  test('is what it makes of that again', () => {
    fc.assert(
      fc.property(html, baseUrl, (dirty, base) => {
        const once = sanitizeHtml(dirty, { baseUrl: base });
        expect(sanitizeHtml(once, { baseUrl: base })).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });

  test('is what XML can hold', () => {
    fc.assert(
      fc.property(html, (dirty) => {
        const clean = sanitizeHtml(dirty);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/(?![\t\n\r\x7f-\x9f])\p{Cc}|[\ufffe\uffff]/u);
      }),
    );
  });
});

test('text that is escaped comes out to the letter', () => {
  fc.assert(
    fc.property(fc.string(), (letters) => {
      const escaped = letters.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      const [paragraph] = parseDocument(sanitizeHtml(`<p class="x">${escaped}</p>`)).children;
      expect(paragraph).toHaveProperty(
        'children',
        letters === '' ? [] : [expect.objectContaining({ data: letters })],
      );
    }),
  );
});

describe('a megabyte of hostile HTML is read in one pass', () => {
  const flood = (text: string) => text.repeat(Math.ceil(1e6 / text.length));

  test.each([
    ['nested elements', flood('<div>')],
    ['nested and closed elements', flood('<b>').slice(0, 5e5) + flood('</b>').slice(0, 5e5)],
    ['stray end tags in 256 elements', '<b>'.repeat(256) + flood('</i>')],
    ['list items', flood('<li>')],
    ['attributes', `<p ${flood('a=1 ')}>`],
    ['links in one tag', `<a ${flood('href=x: ')}>`],
    ['brackets', flood('<')],
    ['comments', flood('<!--')],
    ['an open quote', `<a href="${flood('x')}`],
    ['open quotes', flood('<a href="')],
    ['ampersands', flood('&amp')],
    ['CDATA sections', flood('<![CDATA[')],
    ['empty scripts of XHTML', flood('<script/>')],
    ['a srcset', `<img srcset="${flood('a 1x, ')}">`],
    ['white space in a value', `<img width="1${flood(' ')}x">`],
    ['tables in tables', flood('<table><tr><td>')],
  ])('%s', (_what, html) => {
    expect(sanitizeHtml(html, { baseUrl: 'https://news.example/' }).length).toBeLessThan(20e6);
  });
});
