import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainTitle } from '../../../src/text/html/plain-title.ts';

describe('a title that is HTML', () => {
  test.each([
    ['loses its tags', '<b>Big</b> <a href="/x">news</a>', 'Big news'],
    ['has its entities decoded once', 'AT&amp;T &amp;amp; &#8217;s', 'AT&T &amp; ’s'],
    ['keeps a bracket that opens no tag', 'a < b, I <3 it, x<y', 'a < b, I <3 it, x<y'],
    ['keeps what is no element of HTML', 'List<String> explained', 'List<String> explained'],
    ['keeps escaped tags as text', 'The &lt;b&gt; element', 'The <b> element'],
    ['keeps an ampersand that is no entity', 'R&D at AT&T', 'R&D at AT&T'],
    ['loses scripts whole', 'a<script>alert(1)</script>b', 'ab'],
    ['loses comments', 'a<!-- no -->b', 'ab'],
    ['parts words at a line break', 'one<br/>two', 'one two'],
  ])('%s', (_rule, html, title) => {
    expect(plainTitle(html, 'html')).toBe(title);
  });
});

describe('a title that is text', () => {
  test.each([
    ['keeps brackets', 'a < b > c', 'a < b > c'],
    ['keeps ampersands', 'AT&T', 'AT&T'],
    ['keeps what would be an entity', 'How to write &amp;', 'How to write &amp;'],
    [
      'keeps elements that it talks about',
      'The <details> and <summary> elements',
      'The <details> and <summary> elements',
    ],
    ['keeps a stray end tag', 'End of </b>', 'End of </b>'],
    ['keeps generic types', 'Map<String, List<Integer>>', 'Map<String, List<Integer>>'],
    ['is HTML when an element is opened and closed', '<b>Big</b> R&amp;D', 'Big R&D'],
    ['is HTML when an element has attributes and an end', '<a href="/x">Big</a> news', 'Big news'],
    ['is HTML when a line is broken', 'one<br>two', 'one two'],
    ['is HTML when it has an image', 'Big <img src="x" onerror="alert(1)"> news', 'Big news'],
    ['is HTML in capitals', '<STRONG>Big</STRONG>', 'Big'],
  ])('%s', (_rule, text, title) => {
    expect(plainTitle(text, 'text')).toBe(title);
  });
});

describe.each(['text', 'html'] as const)('any title (%s)', (type) => {
  test('has its white space folded and its control characters removed', () => {
    expect(plainTitle(' a\u00a0\n b\u0007c\u007fd\u009be\u0000 \ud800 ', type)).toBe('a bcde \ufffd');
  });

  test('is cut at 1,024 characters, and not inside of one', () => {
    expect(plainTitle('字'.repeat(1024), type)).toBe('字'.repeat(1024));
    expect(plainTitle('字'.repeat(1025), type)).toBe('字'.repeat(1024));
    expect(plainTitle('😀'.repeat(2000), type)).toBe('😀'.repeat(1024));
    expect(plainTitle(`${'a'.repeat(1023)} b`, type)).toBe('a'.repeat(1023));
  });

  test('may be empty', () => {
    expect(plainTitle('', type)).toBe('');
    expect(plainTitle(' \n ', type)).toBe('');
  });

  test('has no element left that is opened and closed', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<i class="x">',
      '</i>',
      'a',
      '<',
      '>',
      '&lt;',
      '<br>',
      '"',
      '<x>',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const unescaped = pieces.filter((text) => text !== '&lt;').join('');
        expect(plainTitle(unescaped, type)).not.toMatch(/<b>.*<\/b>|<i [^<>]*>.*<\/i>|<br>/);
      }),
    );
  });
});
