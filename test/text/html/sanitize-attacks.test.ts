import { describe, expect, test } from 'vitest';
import { sanitizeHtml } from '../../../src/text/html/sanitize.ts';
import { expectPublishable } from './published-html.ts';

const baseUrl = 'https://news.example/';
const image = (name: string) => `<img src="https://news.example/${name}" referrerpolicy="no-referrer">`;
const link = (path: string, text: string) =>
  `<a href="https://news.example/${path}" rel="noopener noreferrer">${text}</a>`;

/** Ways past other sanitizers, and what is left of each here. */
const attacks: readonly (readonly [what: string, html: string, published: string])[] = [
  // Scripts, and tags that are put together by taking others away.
  ['a script', '<script>alert(1)</script>', ''],
  ['a script from elsewhere', '<SCRIPT SRC=//evil.example/x.js></SCRIPT>a', 'a'],
  ['a script with junk in its tag', '<SCRIPT/XSS SRC="x.js"></SCRIPT\t\n bar>a', 'a'],
  ['a script within a tag', '<scr<script>ipt>alert(1)</scr</script>ipt>', 'ipt&gt;alert(1)ipt&gt;'],
  ['a script within a script', '<script><script>x</script>y</script>z', 'yz'],
  ['a bracket before a script', '<<script>alert(1)//<</script>', '&lt;'],
  ['an open script', 'a<script>alert(1)', 'a'],
  ['a script without its bracket', 'a<script src=x.js', 'a'],
  ['a script after a null byte', '<scr\0ipt>alert(1)</scr\0ipt>', ''],
  ['a script in a CDATA section', '<![CDATA[<script>x</script>]]>a', 'a'],
  ['a script across CDATA markers', '<scr<![CDATA[]]>ipt>x', 'ipt&gt;x'],
  ['an escaped script', '&lt;script&gt;x&lt;/script&gt;', '&lt;script&gt;x&lt;/script&gt;'],
  ['a script in UTF-7', '+ADw-script+AD4-x', '+ADw-script+AD4-x'],
  ['a half-width script', '\uff1cscript\uff1ex', '\uff1cscript\uff1ex'],
  [
    'names of object properties',
    '<constructor onclick="x()">a</constructor><p __proto__="x" constructor>b</p>',
    'a<p>b</p>',
  ],

  // Event handlers.
  ['an image that fails', '<img src=x onerror=alert(1)>', image('x')],
  ['an image without blanks', '<img/src=x/onerror=alert(1)//>', image('x/onerror=alert(1)//')],
  ['a handler behind a slash', '<img src="x"/onerror="alert(1)">', image('x')],
  ['a handler behind a line feed', '<img src="x"\fonerror\n=\n"alert(1)">', image('x')],
  ['a handler with a null byte', '<img src=x on\0error=alert(1)>', image('x')],
  ['a handler in capitals', '<P ONCLICK=alert(1)>a</P>', '<p>a</p>'],
  ['a handler behind odd quotes', '<img """><script>alert(1)</script>">', '"&gt;'],
  ['a handler behind backticks', '<img src=`x`onerror=alert(1)>', image('%60x%60onerror=alert(1)')],
  [
    'a handler hidden in a value',
    '<img src=x alt="` onerror=alert(1) `">',
    image('x').replace(' ref', ' alt="` onerror=alert(1) `" ref'),
  ],
  [
    'a value that closes its tag',
    '<p title="&quot;&gt;&lt;script&gt;x">a</p>',
    '<p title="&quot;&gt;&lt;script&gt;x">a</p>',
  ],
  [
    'a tag in a value',
    '<p title="<img src=x onerror=y>">a</p>',
    '<p title="&lt;img src=x onerror=y&gt;">a</p>',
  ],
  ['a body', '<body onload=alert(1)>a', 'a'],
  ['details', '<details open ontoggle=alert(1)>a', '<details open="">a</details>'],
  ['a film', '<video><source onerror="alert(1)"></video>', '<video controls=""></video>'],
  ['a marquee', '<marquee onstart=alert(1)>a</marquee>', 'a'],

  // Schemes.
  ['javascript:', '<a href="javascript:alert(1)">a</a>', 'a'],
  ['javascript: in capitals', '<a href="JaVaScRiPt:alert(1)">a</a>', 'a'],
  ['javascript: after blanks', '<a href=" \t\n javascript:alert(1)">a</a>', 'a'],
  ['javascript: after a control character', '<a href="&#14; javascript:alert(1)">a</a>', 'a'],
  ['javascript: after a line separator', '<a href="&#x2028;javascript:alert(1)">a</a>', 'a'],
  ['javascript: with a tab', '<a href="jav&#x09;ascript:alert(1)">a</a>', 'a'],
  ['javascript: with a named tab', '<a href="java&Tab;script:alert(1)">a</a>', 'a'],
  ['javascript: with a line feed', '<a href="java\nscript:alert(1)">a</a>', 'a'],
  ['javascript: with a named colon', '<a href="javascript&colon;alert(1)">a</a>', 'a'],
  [
    'javascript: as decimal entities',
    '<a href="&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58;x">a</a>',
    'a',
  ],
  ['javascript: as long entities', '<a href="&#0000106&#0000097vascript&#0000058;x">a</a>', 'a'],
  [
    'javascript: as hexadecimal entities',
    '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;x">a</a>',
    'a',
  ],
  ['javascript: escaped twice', '<a href="&amp;#106;avascript:x">a</a>', link('&amp;#106;avascript:x', 'a')],
  [
    'javascript: percent-encoded',
    '<a href="javascript%3Aalert(1)">a</a>',
    link('javascript%3Aalert(1)', 'a'),
  ],
  [
    'javascript: in full width',
    '<a href="javascript\uff1aalert(1)">a</a>',
    link('javascript%EF%BC%9Aalert(1)', 'a'),
  ],
  ['javascript: behind another scheme', '<a href="feed:javascript:alert(1)">a</a>', 'a'],
  ['javascript: behind view-source', '<a href="view-source:javascript:alert(1)">a</a>', 'a'],
  ['javascript: as the second value', '<a href="/a" href="javascript:x()">a</a>', link('a', 'a')],
  ['vbscript:', '<a href="vbscript:msgbox(1)">a</a>', 'a'],
  ['data:', '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>', 'a'],
  ['an image of data:', '<img src="data:image/svg+xml,<svg onload=x()>">', ''],
  [
    'an image of javascript:',
    '<img src="javascript:alert(1)"><IMG DYNSRC="javascript:x()" LOWSRC="javascript:y()">',
    '',
  ],
  [
    'javascript: in a srcset',
    '<img srcset="javascript:x() 1x, /a.png 2x" src="/a.png">',
    '<img srcset="https://news.example/a.png 2x" src="https://news.example/a.png" referrerpolicy="no-referrer">',
  ],
  ['javascript: as a lazy image', '<img data-src="javascript:x()" data-original="data:image/png,x">', ''],
  [
    'javascript: as a poster',
    '<video poster="javascript:x()" src="javascript:y()"></video>',
    '<video controls=""></video>',
  ],
  [
    'javascript: as a source of a quotation',
    '<blockquote cite="javascript:x()">a</blockquote>',
    '<blockquote>a</blockquote>',
  ],
  ['javascript: as a frame', '<iframe src="javascript:alert(1)"></iframe>', ''],
  ['javascript: in a link of SVG', '<svg><a xlink:href="javascript:x()">a</a></svg>b', 'b'],
  [
    'javascript: as a background',
    '<table background="javascript:x()"><tr><td background="javascript:y()">a</td></tr></table>',
    '<table><tr><td>a</td></tr></table>',
  ],
  [
    'javascript: as an action',
    '<form action="javascript:x()"><button formaction="javascript:y()">a</button></form>',
    'a',
  ],
  [
    'javascript: as data of an object',
    '<object data="javascript:x()">a</object><embed src="javascript:y()">',
    'a',
  ],
  ['javascript: to refresh to', '<meta http-equiv="refresh" content="0;url=javascript:x()">a', 'a'],
  ['javascript: as base', '<base href="javascript:x()//"><a href="/a">a</a>', link('a', 'a')],
  [
    'slashes without end',
    '<a href="http:////evil.example/a">a</a>',
    '<a href="http://evil.example/a" rel="noopener noreferrer">a</a>',
  ],
  [
    'a host behind a backslash',
    '<a href="/\\evil.example">a</a>',
    '<a href="https://evil.example/" rel="noopener noreferrer">a</a>',
  ],

  // Styles.
  ['a style', '<style>body{background:url(javascript:x())}</style>a', 'a'],
  ['an open style', 'a<style>@import "//evil.example"', 'a'],
  ['a style attribute', '<p style="width:expression(alert(1))">a</p>', '<p>a</p>'],
  ['a style sheet', '<link rel="stylesheet" href="//evil.example/x.css">a', 'a'],
  ['a behavior', '<p style="-moz-binding:url(x)" class="y" id="z">a</p>', '<p>a</p>'],

  // Markup that one parser reads otherwise than the next (mutation).
  [
    'an attribute that closes a noscript',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '',
  ],
  ['a comment in a style in SVG', '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">', ''],
  ['a style in SVG', '<svg><style><img src=x onerror=alert(1)></style></svg>a', 'a'],
  ['an open style in SVG', '<svg><style></svg><img src=x onerror=alert(1)>', image('x')],
  ['a title in SVG', '<svg><title><a id="</title><img src onerror=x()>"></svg>a', 'a'],
  [
    'MathML with a glyph',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x()&gt;">',
    '',
  ],
  [
    'MathML with a form',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '',
  ],
  [
    'MathML with an annotation',
    '<math><annotation-xml encoding="text/html"><script>x</script></annotation-xml></math>a',
    'a',
  ],
  ['a text area', '<textarea></textarea><img src=x onerror=y></textarea>', image('x')],
  ['an element of plain text', '<xmp><p title="</xmp><img src=x onerror=alert(1)>">a', image('x') + '"&gt;a'],
  ['an open element of plain text', '<listing><plaintext><img src=x onerror=y>', ''],
  ['a template', '<template><img src=x onerror=y></template>a', 'a'],
  ['a comment that ends with a bang', '<!-- --!><img src=x onerror=alert(1)> -->', `${image('x')} --&gt;`],
  ['a comment that ends at once', '<!--><img src=x onerror=y>-->', `${image('x')}--&gt;`],
  ['a comment in a comment', '<!--<!-- --><img src=x onerror=y> -->', `${image('x')} --&gt;`],
  ['a conditional comment', '<!--[if gte IE 4]><script>x</script><![endif]-->a', 'a'],
  ['an instruction', '<?xml-stylesheet href="javascript:x()"?>a<?import namespace="t">b', 'ab'],
  ['an entity declaration', '<!DOCTYPE x [<!ENTITY y "z">]>&y;', ']&gt;&amp;y;'],
  [
    'an island of XML',
    '<xml id=i><x><![CDATA[<img src="javas]]><![CDATA[cript:x()">]]></x></xml>',
    'cript:x()"&gt;',
  ],
  ['a select', '<select><style></select><img src=x onerror=y></style>a', 'a'],
  [
    'a table in a link',
    '<a href="/a"><table><tr><td><a href="/b">b</a></td></tr></table></a>',
    link('a', `<table><tr><td>${link('b', 'b')}</td></tr></table>`),
  ],
  [
    'names that shadow the document',
    '<img name="body" src="/a"><a id="cookie" name="forms" href="/b">b</a>',
    image('a') + link('b', 'b'),
  ],
];

describe('the sanitizer', () => {
  test.each(attacks)('takes the harm out of %s', (_what, html, published) => {
    const result = sanitizeHtml(html, { baseUrl });
    expect(result).toBe(published);
    expect(sanitizeHtml(result, { baseUrl })).toBe(published);
    expectPublishable(result);
  });
});
