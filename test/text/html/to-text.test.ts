import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToText, textOfAnything, textOfPlainTags } from '../../../src/text/html/to-text.ts';

describe('htmlToText', () => {
  test.each([
    ['plain text comes back folded', '  two  words\n', 'two words'],
    ['tags are removed', 'a <b>bold</b> <a href="x">link</a>', 'a bold link'],
    ['inline tags part no words', 'micro<b>bio</b>logy<wbr>x', 'microbiologyx'],
    ['blocks part words', '<h1>Title</h1><p>one</p><p>two</p>', 'Title one two'],
    ['a line break is a space', 'one<br>two<br/>three', 'one two three'],
    ['cells and list items part words', '<table><tr><td>1<td>2</table><ul><li>a<li>b</ul>', '1 2 a b'],
    ['entities are decoded once', '&lt;b&gt; &amp;lt; AT&amp;T &#8212; &eacute;', '<b> &lt; AT&T — é'],
    ['entities without a semicolon as browsers read them', 'AT&T &copy 2026 &#65', 'AT&T © 2026 A'],
    ['a no-break space folds like a space', 'a&nbsp;&nbsp;b\u3000c', 'a b c'],
    ['a bracket that opens no tag is text', '1 < 2 and 3 > 2, I <3 it', '1 < 2 and 3 > 2, I <3 it'],
    ['comments and doctypes are removed', '<!doctype html>a<!-- <b>no</b> -->b', 'ab'],
    ['CDATA markers are removed', '<![CDATA[<p>one</p>]]>', 'one'],
    ['characters that no XML may hold are removed', 'a\u0000b&#1;c\ud800d', 'abc\ufffdd'],
    ['names of object properties are text', '__proto__ <b>constructor</b>', '__proto__ constructor'],
  ])('%s', (_rule, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test.each([
    'script',
    'style',
    'title',
    'textarea',
    'noscript',
    'template',
    'svg',
    'math',
    'xmp',
    'iframe',
    'noembed',
  ])('what stands in <%s> is not text', (name) => {
    expect(htmlToText(`before <${name}>hidden <b>x</b></${name}> after`)).toBe('before after');
    expect(htmlToText(`before <${name}>hidden`)).toBe('before');
  });

  test('any text survives being escaped and marked up', () => {
    const words = fc.string({ unit: fc.constantFrom('a', '<', '&', ';', 'lt', '>', '"', '字', '😀') });
    fc.assert(
      fc.property(words, (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        expect(htmlToText(`<p class="x"><i>${escaped}</i></p>`)).toBe(text);
      }),
    );
  });

  test('plain tags are read as the tokenizer reads them', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<br>',
        '<a href="x>y">',
        '<a href="x">',
        '<b',
        '>',
        '</ b>',
        '<b x="1"',
        '"',
        '=',
      ),
      fc.constantFrom(
        '<img alt="a">',
        '<script>',
        '</script>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<',
        '&amp',
        '&lt;',
      ),
      fc.constantFrom(
        '<title>',
        '<x-y>',
        '<li class="a" id="b">',
        '<P>',
        '<br/>',
        'word',
        ' ',
        '文',
        '</p x="1">',
      ),
    );
    let plain = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const html = pieces.join('');
        const text = textOfPlainTags(html);
        if (text === undefined) return;
        plain += 1;
        expect(text).toBe(textOfAnything(html));
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(plain).toBeGreaterThan(1000);
  });
});
