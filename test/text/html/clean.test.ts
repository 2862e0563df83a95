import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCleanHtml } from '../../../src/text/html/clean.ts';
import { rebuildHtml } from '../../../src/text/html/sanitize.ts';

describe('isCleanHtml', () => {
  test.each([
    '',
    'plain text, 文字, “quotes” and "quotes"',
    '<p>One <em>two</em><br>three</p>\n<ul><li>a</li><li><b>b</b></li></ul>',
    '<pre><code>a &lt; b &amp;&amp; c &gt; d &amp;nbsp;</code></pre>',
    '<table><tr><td><p>a</p></td></tr></table>',
  ])('knows clean HTML: %j', (html) => {
    expect(isCleanHtml(html)).toBe(true);
  });

  test.each([
    ['an entity that becomes a character', 'a&nbsp;b'],
    ['a bare ampersand', 'AT&T'],
    ['brackets in text', 'a < b'],
    ['a closing bracket in text', 'a > b'],
    ['attributes', '<p class="x">a</p>'],
    ['tags with blanks', '<p >a</p>'],
    ['capitals', '<P>a</P>'],
    ['XHTML', 'a<br/>b'],
    ['tags that are not allowed', '<form>a</form>'],
    ['tags that need attributes', '<a>a</a>'],
    ['tags that get attributes', '<video>a</video>'],
    ['open elements', '<p>a'],
    ['stray end tags', 'a</p>'],
    ['crossed elements', '<b><i>a</b></i>'],
    ['end tags of void elements', '<br></br>'],
    ['elements that end each other', '<p>a<p>b</p></p>'],
    ['comments', 'a<!-- b -->'],
    ['control characters', 'a\u0001b'],
    ['lone surrogates', 'a\ud800b'],
    ['257 open elements', '<div>'.repeat(257) + '</div>'.repeat(257)],
  ])('leaves %s to the sanitizer', (_what, html) => {
    expect(isCleanHtml(html)).toBe(false);
  });

  const inline = fc.constantFrom('b', 'em', 'code', 'a', 'span', 'x-y');
  const block = fc.constantFrom(
    'p',
    'ul',
    'li',
    'div',
    'blockquote',
    'h2',
    'table',
    'tr',
    'td',
    'dl',
    'dd',
    'P',
  );
  const text = fc.constantFrom(
    'a',
    ' ',
    '字',
    '&amp;',
    '&lt;',
    '&gt;',
    '&',
    '>',
    '<br>',
    '<hr>',
    '<br/>',
    '&nbsp;',
    '\u0000',
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: text },
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.oneof(inline, block), fc.array(tie('tree'), { maxLength: 4 }))
          .map(([name, children]) => `<${name}>${children.join('')}</${name}>`),
      },
    ),
  }));

  test('says yes only where the sanitizer changes nothing', () => {
    let clean = 0;
    fc.assert(
      fc.property(tree, (html) => {
        if (!isCleanHtml(html)) return;
        clean += 1;
        expect(rebuildHtml(html)).toBe(html);
      }),
      { numRuns: 5000, seed: 1 },
    );
    expect(clean).toBeGreaterThan(500);
  });

  test('says yes to what the sanitizer made of anything without attributes', () => {
    fc.assert(
      fc.property(tree, (html) => {
        expect(isCleanHtml(rebuildHtml(html))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
