import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absolutizeHtml } from '../../../src/text/html/absolutize.ts';

const base = 'https://news.example/2026/story.html';

describe('absolutizeHtml', () => {
  test.each([
    ['links', '<a href="a.html">x</a>', '<a href="https://news.example/2026/a.html">x</a>'],
    ['images', '<img alt=x src=/a.png>', '<img alt=x src="https://news.example/a.png">'],
    [
      'single quotes',
      "<a href='?q=it&#39;s'>x</a>",
      "<a href='https://news.example/2026/story.html?q=it%27s'>x</a>",
    ],
    ['quotes in single quotes', "<a href='/it&#39;s'>", "<a href='https://news.example/it&#39;s'>"],
    ['entities', '<a href="?a=1&amp;b=2">', '<a href="https://news.example/2026/story.html?a=1&amp;b=2">'],
    ['bare ampersands', '<a href=?a=1&b=2>', '<a href="https://news.example/2026/story.html?a=1&amp;b=2">'],
    ['fragments', '<a href="#n1">', '<a href="https://news.example/2026/story.html#n1">'],
    ['protocol-relative URLs', '<img src="//cdn.example/a.png">', '<img src="https://cdn.example/a.png">'],
    ['tags in capitals', '<A HREF="a">', '<A HREF="https://news.example/2026/a">'],
    [
      'each of a srcset',
      '<img srcset="a.png 1x,  /b,c.png 2x">',
      '<img srcset="https://news.example/2026/a.png 1x,  https://news.example/b,c.png 2x">',
    ],
    [
      'posters and quotations',
      '<video poster="/p.png"></video><q cite=s>',
      '<video poster="https://news.example/p.png"></video><q cite="https://news.example/2026/s">',
    ],
    [
      'forms and objects',
      '<form action="/go"><object data="o.swf">',
      '<form action="https://news.example/go"><object data="https://news.example/2026/o.swf">',
    ],
    [
      'several in one tag',
      '<img longdesc="d" src="s">',
      '<img longdesc="https://news.example/2026/d" src="https://news.example/2026/s">',
    ],
  ])('makes %s absolute', (_what, html, absolute) => {
    expect(absolutizeHtml(html, base)).toBe(absolute);
  });

  test.each([
    ['absolute URLs, however written', '<a href=" HTTP://news.example/a b|c ">'],
    [
      'other schemes',
      '<a href="mailto:a@news.example"><a href="javascript:x()"><img src="data:image/gif;base64,AA">',
    ],
    ['empty and missing values', '<a href=""><img src><a href>'],
    ['attributes that are no URLs', '<p class="a.html" data="b" data-src="c" title="/d">'],
    ['text that looks like a tag', '&lt;a href="x"&gt; href="y" 1 < 2'],
    ['comments and scripts', '<!-- <a href="x"> --><script>"<a href=\'y\'>"</script>'],
    ['broken markup', '<p <b>x</b></i> <a href="unfinished'],
  ])('leaves %s alone', (_what, html) => {
    expect(absolutizeHtml(html, base)).toBe(html);
  });

  test('leaves everything alone without a base, or with one that is none', () => {
    expect(absolutizeHtml('<a href="a">')).toBe('<a href="a">');
    expect(absolutizeHtml('<a href="a">', 'nonsense')).toBe('<a href="a">');
  });

  test('keeps every other byte of a broken document', () => {
    expect(absolutizeHtml('\ufeff<P  CLASS=x\n><a\thref = "a"   >&nbsp;<br/ ></P', base)).toBe(
      '\ufeff<P  CLASS=x\n><a\thref = "https://news.example/2026/a"   >&nbsp;<br/ ></P',
    );
  });

  const piece = fc.constantFrom(
    '<a ',
    'href=',
    '"',
    "'",
    '>',
    '<',
    'src=',
    'srcset=',
    'b.png',
    '/',
    ' ',
    ',',
    '2x',
    '&',
    '<!--',
  );

  test('is idempotent on any input', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const absolute = absolutizeHtml(pieces.join(''), base);
        expect(absolutizeHtml(absolute, base)).toBe(absolute);
      }),
      { numRuns: 2000 },
    );
  });

  test('changes nothing where all URLs are absolute', () => {
    const tag = fc
      .tuple(
        fc.constantFrom('a', 'img', 'IMG', 'x'),
        fc.constantFrom('href', 'src', 'poster', 'srcset'),
        fc.webUrl(),
      )
      .map(([name, attribute, url]) => `<${name} ${attribute}="${url}">`);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            tag,
            piece.filter((text) => !text.includes('=')),
          ),
          { maxLength: 5 },
        ),
        (pieces) => {
          const html = pieces.join('');
          expect(absolutizeHtml(html, base)).toBe(html);
        },
      ),
    );
  });
});
