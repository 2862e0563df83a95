import { describe, expect, test } from 'vitest';
import { sanitizeHtml, sanitizerVersion } from '../../../src/text/html/sanitize.ts';

const baseUrl = 'https://news.example/2026/story.html';
const clean = (html: string) => sanitizeHtml(html, { baseUrl });

const rel = 'rel="noopener noreferrer"';
const referrer = 'referrerpolicy="no-referrer"';

describe('what a reader is meant to see is kept', () => {
  test.each([
    ['text to the letter', ' a \n\t b\u00a0c “d” 字 😀 '],
    ['paragraphs and emphasis', '<p>One <em>two</em> <strong>three</strong>.</p>\n<p>Four<br>five</p>'],
    ['headings', '<h1>a</h1><h2>b</h2><h6>c</h6>'],
    [
      'lists',
      '<ul><li>a<ol start="3" reversed="" type="a"><li value="7">b</li></ol></li></ul><dl><dt>c</dt><dd>d</dd></dl>',
    ],
    [
      'tables',
      '<table><caption>t</caption><colgroup><col span="2"></colgroup><thead><tr><th scope="col">a</th></tr></thead>' +
        '<tbody><tr><td colspan="2" rowspan="3">b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table>',
    ],
    [
      'code',
      '<pre><code>if (a &lt; b &amp;&amp; c) {}\n</code></pre> <kbd>k</kbd> <samp>s</samp> <var>v</var> <tt>t</tt>',
    ],
    ['quotations', '<blockquote cite="https://news.example/q">q <cite>c</cite> <q>r</q></blockquote>'],
    [
      'edits and times',
      '<del datetime="2026-01-05">a</del><ins>b</ins> <time datetime="2026-01-05T21:45:00Z">today</time>',
    ],
    [
      'sections',
      '<article><header>a</header><section>b</section><aside>c</aside><footer>d</footer></article>',
    ],
    ['figures', '<figure><picture>p</picture><figcaption>c</figcaption></figure><hr>'],
    ['ruby', '<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>'],
    ['details', '<details open=""><summary>s</summary>d</details>'],
    [
      'language and direction',
      '<p lang="ar" dir="rtl">x</p><bdo dir="ltr">y</bdo><abbr title="World &quot;Wide&quot;">W</abbr>',
    ],
    [
      'small things',
      '<sub>a</sub><sup>b</sup><small>c</small><mark>d</mark><u>e</u><s>f</s><i>g</i><b>h</b><wbr>',
    ],
  ])('%s', (_what, html) => {
    expect(clean(html)).toBe(html);
  });

  test('tags and attributes are written in lower case and in double quotes', () => {
    expect(clean(`<P LANG=en><B title='"x"'>a</B></P>`)).toBe(
      '<p lang="en"><b title="&quot;x&quot;">a</b></p>',
    );
  });

  test('entities become characters, and the three of markup stay entities', () => {
    expect(clean('&eacute;&#8212;&nbsp;&amp;&lt;&gt;&quot; AT&T R&D; &copy')).toBe(
      'é—\u00a0&amp;&lt;&gt;" AT&amp;T R&amp;D; ©',
    );
    expect(clean('1 < 2 > 0')).toBe('1 &lt; 2 &gt; 0');
    expect(clean('&amp;lt;b&amp;gt;')).toBe('&amp;lt;b&amp;gt;');
  });
});

describe('what is not meant for a reader goes', () => {
  test.each([
    'script',
    'style',
    'xmp',
    'textarea',
    'noscript',
    'title',
    'template',
    'svg',
    'math',
    'noembed',
    'noframes',
  ])('<%s> with its content, closed or not', (name) => {
    expect(clean(`a<${name} class="x">b <b>c</b> d</${name} >e`)).toBe('ae');
    expect(clean(`a<${name.toUpperCase()}>b</${name.toUpperCase()}>c`)).toBe('ac');
    expect(clean(`a<${name}>b <b>c</b>`)).toBe('a');
  });

  test('<plaintext> with all that follows', () => {
    expect(clean('a<plaintext>b</plaintext>c')).toBe('a');
  });

  test('what is nested in a hidden element of the same name', () => {
    expect(clean('a<svg><svg></svg>b</svg>c<template><template></template>d</template>e')).toBe('ace');
    expect(clean('a<svg><svg/>b</svg>c')).toBe('ac');
  });

  test('an XHTML element that is empty hides nothing', () => {
    expect(clean('a<script src="x.js"/>b<svg/>c<textarea />d')).toBe('abcd');
    expect(clean('a<script src="x.js"/>b</script>c')).toBe('ac');
  });

  test('comments, declarations, instructions and CDATA markers', () => {
    expect(clean('a<!-- b -->c<!doctype html>d<?php e ?>f<![CDATA[<i>g</i>]]>h<!-- -- > --!>i')).toBe(
      'acdf<i>g</i>hi',
    );
    expect(clean('a<!--[if mso]>b<![endif]-->c<![if !mso]>d<![endif]>e')).toBe('acde');
    expect(clean('a<!-- b')).toBe('a');
  });

  test('unknown tags, forms and embedded objects, but not what stands in them', () => {
    expect(clean('<custom-tag>a</custom-tag><o:p>b</o:p><blink>c</blink>')).toBe('abc');
    expect(
      clean('<form action="/x"><label>a</label><input value="v"><button formaction="/y">b</button></form>'),
    ).toBe('ab');
    expect(clean('<object data="x.swf"><param name="p">a</object><embed src="y"><applet>b</applet>')).toBe(
      'ab',
    );
    expect(
      clean(
        '<frameset><frame src="z"></frameset><base href="//evil.example/"><link href="l"><meta content="m">a',
      ),
    ).toBe('a');
    expect(clean('<html><head></head><body onload="x()"><center>a</center></body></html>')).toBe(
      '<center>a</center>',
    );
  });

  test('attributes that style, name or run', () => {
    expect(
      clean(
        '<p style="color:red" class="a" id="b" name="c" align="center" onclick="d()" data-e="f" aria-label="g">h</p>',
      ),
    ).toBe('<p>h</p>');
    expect(clean('<font color="red" face="Arial">a</font>')).toBe('<font>a</font>');
  });

  test('values that are none of the attribute', () => {
    expect(clean('<table><tr><td colspan="2;x" rowspan="a">b</td></tr></table>')).toBe(
      '<table><tr><td>b</td></tr></table>',
    );
    expect(clean('<ol type="disc" start="first"><li>a</li></ol>')).toBe('<ol><li>a</li></ol>');
    expect(clean('<p dir="up">a</p>')).toBe('<p>a</p>');
    expect(clean('<img src="/a.png" width="100px" height="calc(1px)">')).toBe(
      `<img src="https://news.example/a.png" width="100" ${referrer}>`,
    );
    expect(clean('<img src="/a.png" width=" 50% " height="2">')).toBe(
      `<img src="https://news.example/a.png" width="50%" height="2" ${referrer}>`,
    );
  });

  test('the second of two attributes of one name', () => {
    expect(clean('<p title="a" TITLE="b">c</p>')).toBe('<p title="a">c</p>');
  });

  test('characters that no XML may hold', () => {
    expect(clean('a\u0000b&#11;c\u001fd\ud800e&#xFFFE;f')).toBe('abcd\ufffdef');
    expect(clean('<p title="a&#1;b\u0000">c</p>')).toBe('<p title="ab">c</p>');
  });
});

describe('links', () => {
  test('are absolute and tell their target nothing', () => {
    expect(clean('<a href="/a?b=1&amp;c=2" rel="opener author" target="_blank">x</a>')).toBe(
      `<a href="https://news.example/a?b=1&amp;c=2" ${rel}>x</a>`,
    );
    expect(clean('<a href="//other.example/a b">x</a>')).toBe(
      `<a href="https://other.example/a%20b" ${rel}>x</a>`,
    );
    expect(clean('<a href="#n1">x</a>')).toBe(
      `<a href="https://news.example/2026/story.html#n1" ${rel}>x</a>`,
    );
    expect(clean('<a href="mailto:desk@news.example">x</a>')).toBe(
      `<a href="mailto:desk@news.example" ${rel}>x</a>`,
    );
  });

  test.each([
    'tel:123',
    'ftp://news.example/',
    'javascript:x()',
    'data:text/html,x',
    'magnet:?xt=1',
    'file:///x',
    '',
  ])('to %j are their text alone', (href) => {
    expect(clean(`a <a href="${href}" title="t"><b>b</b></a> c`)).toBe('a <b>b</b> c');
  });

  test('without a base are their text alone where they are relative', () => {
    expect(sanitizeHtml('<a href="/a">b</a><img src="c.png"><a href="https://news.example/d">e</a>')).toBe(
      `b<a href="https://news.example/d" ${rel}>e</a>`,
    );
    expect(sanitizeHtml('<a href="/a">b</a>', { baseUrl: undefined })).toBe('b');
  });

  test('that only mark a place are their text alone', () => {
    expect(clean('<a name="top"/>a <a id="x">b</a>')).toBe('a b');
  });
});

describe('frames', () => {
  test('become a link that shows their address', () => {
    expect(clean('<p><iframe src="//video.example/1?a&amp;b" width="9">old</iframe></p>')).toBe(
      `<p><a href="https://video.example/1?a&amp;b" ${rel}>https://video.example/1?a&amp;b</a></p>`,
    );
    expect(clean('<iframe data-src="https://video.example/2" src="about:blank"></iframe>')).toBe(
      `<a href="https://video.example/2" ${rel}>https://video.example/2</a>`,
    );
    expect(clean('<iframe src="https://video.example/3"/>after')).toBe(
      `<a href="https://video.example/3" ${rel}>https://video.example/3</a>after`,
    );
  });

  test('go where they have no address that is http', () => {
    expect(
      clean('a<iframe src="javascript:x()"></iframe><iframe srcdoc="<p>y"></iframe><iframe></iframe>b'),
    ).toBe('ab');
  });
});

describe('images', () => {
  test('keep address, text and size, and send no referrer', () => {
    expect(
      clean(
        '<img class="x" src="a.png" alt="A &lt; B" width="640" height="480" referrerpolicy="unsafe-url">',
      ),
    ).toBe(`<img src="https://news.example/2026/a.png" alt="A &lt; B" width="640" height="480" ${referrer}>`);
  });

  test('have every address of srcset made absolute, and the forbidden left out', () => {
    expect(
      clean(
        '<img src="a.png" srcset="w_1,h_2/b.png 1x,javascript:x() 2x, //cdn.example/c.png 3x, d.png bad" sizes="9px">',
      ),
    ).toBe(
      '<img src="https://news.example/2026/a.png" srcset="https://news.example/2026/w_1,h_2/b.png 1x, ' +
        `https://cdn.example/c.png 3x" sizes="9px" ${referrer}>`,
    );
    expect(
      clean(
        '<picture><source srcset="/a.webp" type="image/webp" media="(min-width: 9px)"><img src="/a.png"></picture>',
      ),
    ).toBe(
      '<picture><source srcset="https://news.example/a.webp" type="image/webp" media="(min-width: 9px)">' +
        `<img src="https://news.example/a.png" ${referrer}></picture>`,
    );
  });

  test.each([
    ['is missing', '<img data-src="/real.png">'],
    ['is empty', '<img src="" data-original="/real.png">'],
    ['is a data URI', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-lazy-src="/real.png">'],
    ['is a blank picture', '<img src="/img/blank.gif" data-src="/real.png">'],
    [
      'is a placeholder',
      '<img src="https://cdn.example/placeholder-600x400.svg?v=2" data-actualsrc="/real.png">',
    ],
    ['is a loading animation', '<img data-original="/real.png" src="/static/loading.gif">'],
    ['can only be had from srcset', '<img srcset="/real.png, ftp://x/y 2x">'],
  ])('are found where src %s', (_how, html) => {
    expect(clean(html)).toContain('src="https://news.example/real.png"');
  });

  test('keep a src that is a picture, whatever scripts would put there', () => {
    expect(clean('<img src="/small.jpg" data-original="/large.jpg">')).toBe(
      `<img src="https://news.example/small.jpg" ${referrer}>`,
    );
    expect(clean('<img src="/small.jpg" data-lazyload="true">')).toBe(
      `<img src="https://news.example/small.jpg" ${referrer}>`,
    );
    expect(clean('<img src="/loading-dock.jpg" data-lazyload="true">')).toBe(
      `<img src="https://news.example/loading-dock.jpg" ${referrer}>`,
    );
  });

  test.each([
    '<img src="data:image/png;base64,AA" alt="a">',
    '<img alt="a">',
    '<img src="javascript:x()">',
    '<img src="mailto:x@news.example">',
    '<img src="/p.gif" width="1" height="1">',
    '<img src="/p.gif" width="0" height="0" alt="">',
    '<img src="/p.gif" width=1px height=" 1 ">',
  ])('go when there is nothing to see: %s', (html) => {
    expect(clean(`a${html}b`)).toBe('ab');
  });

  test('of one pixel in one direction are rules, not trackers', () => {
    expect(clean('<img src="/rule.gif" width="600" height="1">')).toContain('width="600" height="1"');
    expect(clean('<img src="/rule.gif" width="1" height="600">')).toContain('width="1" height="600"');
  });
});

describe('sound and film', () => {
  test('wait for the reader', () => {
    expect(
      clean(
        '<video src="/v.mp4" poster="/p.png" autoplay loop muted preload="none" onplay="x()">no film</video>',
      ),
    ).toBe(
      '<video src="https://news.example/v.mp4" poster="https://news.example/p.png" loop="" muted="" preload="none" controls="">' +
        'no film</video>',
    );
    expect(
      clean(
        '<audio controls><source src="a.ogg" type="audio/ogg"><source><track src="t.vtt" kind="captions" srclang="en"></audio>',
      ),
    ).toBe(
      '<audio controls=""><source src="https://news.example/2026/a.ogg" type="audio/ogg">' +
        '<track src="https://news.example/2026/t.vtt" kind="captions" srclang="en"></audio>',
    );
  });
});

describe('nesting', () => {
  test.each([
    ['open elements are closed', '<p>a <b>b <i>c', '<p>a <b>b <i>c</i></b></p>'],
    ['crossed elements are closed in order', '<b>a<i>b</b>c</i>d', '<b>a<i>b</i></b>cd'],
    ['stray end tags are ignored', 'a</b></p></div></script></br>b', 'ab'],
    ['a paragraph ends the one before', '<p>a<p>b<div>c</div>', '<p>a</p><p>b</p><div>c</div>'],
    [
      'list items end each other',
      '<ul><li>a<li><p>b<li>c<ul><li>d</ul></ul>',
      '<ul><li>a</li><li><p>b</p></li><li>c<ul><li>d</li></ul></li></ul>',
    ],
    ['terms end each other', '<dl><dt>a<dd>b<dt>c</dl>', '<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>'],
    [
      'cells and rows end each other',
      '<table><tr><td>a<td>b<tr><th>c</table>',
      '<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>',
    ],
    [
      'a table in a cell is a table of its own',
      '<table><tr><td><table><tr><td>a</table><td>b</table>',
      '<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>',
    ],
    ['void elements have no end', '<br></br><hr/><p/>a', '<br><hr><p>a</p>'],
    [
      'a link ends the one before',
      '<a href="/a">a<a href="/b">b</a>',
      `<a href="https://news.example/a" ${rel}>a</a><a href="https://news.example/b" ${rel}>b</a>`,
    ],
    ['a tag that never ends is no tag', 'a <b', 'a '],
  ])('%s', (_rule, html, result) => {
    expect(clean(html)).toBe(result);
  });

  test('256 elements deep it ends, the text goes on', () => {
    const deep = sanitizeHtml(`${'<div>'.repeat(300)}a<br>${'</div>'.repeat(300)}b`);
    expect(deep).toBe(`${'<div>'.repeat(256)}a<br>${'</div>'.repeat(256)}b`);
  });
});

describe('what a browser would put elsewhere stands where it can stay', () => {
  test.each([
    [
      'a block ends its paragraph from within a word',
      '<p>a<b>b<div>c</div></p>',
      '<p>a<b>b</b></p><div>c</div>',
    ],
    ['an item ends the one before it', '<ul><li><b>a<li>b</ul>', '<ul><li><b>a</b></li><li>b</li></ul>'],
    ['and does so from within a block', '<li><div>a<li>b', '<li><div>a</div></li><li>b</li>'],
    ['but not from within a list of its own', '<ul><li><ul><li>a', '<ul><li><ul><li>a</li></ul></li></ul>'],
    ['a cell without a table is text', '<td>a</td> <tr>b', 'a b'],
    ['a table has its content in cells', '<table><p>a</p>', '<table><tr><td><p>a</p></td></tr></table>'],
    ['a row too', '<table><tr><b>a</b>', '<table><tr><td><b>a</b></td></tr></table>'],
    ['a cell has its row', '<table><td>a', '<table><tr><td>a</td></tr></table>'],
  ])('%s', (_what, html, published) => {
    expect(clean(html)).toBe(published);
    expect(clean(published)).toBe(published);
  });

  test('tables in tables stand no deeper than anything else', () => {
    const published = clean('<table>'.repeat(300));
    expect(published.match(/<t[a-z]+>/g)?.length).toBeLessThanOrEqual(256);
    expect(clean(published)).toBe(published);
  });

  test('a link in a block in a link is text, and in a cell of a table it is a link', () => {
    const a = (to: string) => `<a href="https://news.example/${to}" rel="noopener noreferrer">`;
    expect(clean(`${a('1')}<div>${a('2')}b</a></div></a>`)).toBe(`${a('1')}<div>b</div></a>`);
    const linked = `${a('1')}<table><tr><td>${a('2')}b</a></td></tr></table></a>`;
    expect(clean(linked)).toBe(linked);
  });
});

test('the version is a number to compare stored items by', () => {
  expect(sanitizerVersion).toBe(2);
});
