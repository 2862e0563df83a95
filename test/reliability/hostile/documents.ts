import { answer, times, xml, type Attacks } from './attack.ts';

const rss = (items: string): string => `<rss version="2.0"><channel><title>x</title>${items}</channel></rss>`;
const item = (text: string): string => rss(`<item><title>x</title><description>${text}</description></item>`);
const html = (text: string): string => item(`<![CDATA[${text}]]>`);
const each = (count: number, text: (index: number) => string): string => rss(times(count, text));
const json = (items: string): string => `{"version":"https://jsonfeed.org/version/1.1","items":${items}`;

/** A document that doubles an entity thirty times. */
const laughs = `<!DOCTYPE rss [<!ENTITY a0 "ha">${times(30, (at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`)}]>${item('&a30;')}`;

/** Text that is written in one charset and says another. */
const charsets = [
  ...['gbk', 'big5', 'shift_jis', 'euc-kr', 'iso-2022-jp', 'utf-7', 'utf-16', 'utf-32', 'ebcdic'],
  ...['klingon', '__proto__', 'x'.repeat(5000)],
].map((charset): Attacks[number] => [
  `charset-${charset.slice(0, 12)}`,
  answer(Buffer.from(item('新闻'.repeat(2000)), 'utf16le'), `${xml}; charset=${charset}`),
]);

/** The first bytes of what is no feed. */
const kinds = Object.entries({
  png: '\x89PNG\r\n\x1a\n',
  gif: 'GIF89a',
  pdf: '%PDF-1.7\n',
  zip: 'PK\x03\x04',
  elf: '\x7fELF',
  script: '#!/bin/sh\n',
  mail: 'From: a@b.example\r\n\r\n',
}).map(([name, begin]): Attacks[number] => [
  `kind-${name}`,
  answer(Buffer.from(begin + '\x00\xfe\x80'.repeat(50_000), 'latin1'), xml),
]);

/** One thing again and again, in the text of an item: what makes a careless expression slow. */
const repeated = Object.entries({
  ...{
    spaces: ' ',
    newlines: '\n',
    ampersands: '&',
    references: '&#x',
    quotes: '"',
    brackets: ']]',
    dashes: '--',
  },
  ...{
    opens: '<',
    closes: '</',
    slashes: '/>',
    equals: 'a=',
    stars: '*a_',
    dots: '.',
    zeros: '0',
    han: '（',
  },
}).map(([name, text]): Attacks[number] => [
  `repeated-${name}`,
  answer(html(text.repeat(Math.floor(400_000 / Buffer.byteLength(text)))), xml),
]);

/** The same in the title and the date, which other expressions read. */
const fields = Object.entries({
  spaces: ' ',
  digits: '1',
  colons: ':',
  letters: 'A a',
  brackets: '【',
}).flatMap(([name, text]): Attacks => [
  [`title-${name}`, answer(rss(`<item><title>${text.repeat(100_000)}</title></item>`), xml)],
  [
    `date-${name}`,
    answer(rss(`<item><title>x</title><pubDate>${text.repeat(100_000)}</pubDate></item>`), xml),
  ],
]);

/** Documents that are well sent, and meant to break or to burden who reads them. */
export const documents: Attacks = [
  ...charsets,
  ...kinds,
  ...repeated,
  ...fields,
  ['empty', answer('', xml)],
  ['space', answer(' '.repeat(450_000), xml)],
  ['binary', answer(Buffer.alloc(500_000, Uint8Array.from([0, 255, 254, 60, 7])), xml)],
  ['byte-order-marks', answer(Buffer.from('\ufeff'.repeat(100_000)), xml)],
  ['deep-xml', answer(item('<a>'.repeat(100_000)), xml)],
  ['deep-xml-closed', answer(rss('<a>'.repeat(50_000) + '</a>'.repeat(50_000)), xml)],
  ['deep-items', answer(rss('<item>'.repeat(60_000)), xml)],
  ['deep-channels', answer('<rss>' + '<channel>'.repeat(40_000), xml)],
  ['deep-html', answer(html('<div>'.repeat(90_000)), xml)],
  ['deep-lists', answer(html('<ul><li>'.repeat(50_000)), xml)],
  ['deep-json', answer(json('['.repeat(100_000)))],
  ['deep-json-objects', answer(json('{"a":'.repeat(80_000)))],
  ['json-numbers', answer(json(`[{"id":${'9'.repeat(300_000)},"title":"x"}]}`))],
  ['json-proto', answer(json('[{"__proto__":{"x":1},"constructor":{"prototype":2},"id":"1","title":"x"}]}'))],
  ['json-keys', answer(json(`[{${times(30_000, (at) => `"k${at}":1,`)}"id":"1","title":"x"}]}`))],
  ['json-string', answer(json(`[{"id":"1","title":"${'\\u0000'.repeat(60_000)}"}]}`))],
  ['json-surrogates', answer(json(`[{"id":"1","title":"${'\\ud800'.repeat(60_000)}"}]}`))],
  ['json-open', answer(json('[{"id":"1","title":"x'))],
  ['json-items', answer(json(`[${times(20_000, (at) => `{"id":"${at}","title":"x${at}"},`)}{}]}`))],
  ['laughs', answer(laughs, xml)],
  [
    'laughs-flat',
    answer(`<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(100_000)}">]>${item('&a;'.repeat(50_000))}`, xml),
  ],
  ['doctype-open', answer(`<!DOCTYPE rss [${'<!ENTITY a "b">'.repeat(20_000)}`, xml)],
  ['doctype-deep', answer(`<!DOCTYPE rss ${'['.repeat(200_000)}`, xml)],
  ['entities', answer(item('&amp;'.repeat(80_000)), xml)],
  ['entities-numeric', answer(item('&#20013;'.repeat(50_000)), xml)],
  ['entities-twice', answer(item('&amp;lt;'.repeat(50_000)), xml)],
  ['entities-long', answer(item(`&${'a'.repeat(300_000)};`), xml)],
  ['external', answer(`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item('&x;')}`, xml)],
  ['external-subset', answer(`<!DOCTYPE rss SYSTEM "http://127.0.0.2/x.dtd">${item('x')}`, xml)],
  [
    'xinclude',
    answer(item('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'), xml),
  ],
  ['attributes', answer(rss(`<item ${times(60_000, (at) => `a${at}="" `)}/>`), xml)],
  ['attributes-same', answer(rss(`<item ${'a="" '.repeat(80_000)}/>`), xml)],
  ['attribute-long', answer(rss(`<item a="${'x'.repeat(400_000)}"/>`), xml)],
  ['attribute-open', answer(rss(`<item a="${times(40_000, '<item>')}`), xml)],
  ['namespaces', answer(rss(times(4000, (at) => `<x:a xmlns:x="urn:${at}"><x:b/></x:a>`)), xml)],
  ['namespaces-deep', answer(rss(times(4000, (at) => `<a${at} xmlns:n${at}="urn:${at}">`)), xml)],
  ['names-long', answer(rss(`<${'n'.repeat(300_000)}/>`), xml)],
  ['bases-deep', answer(rss(times(250, '<a xml:base="../x/">') + '<item><link>y</link></item>'), xml)],
  ['comments', answer(`<rss>${'<!--'.repeat(100_000)}`, xml)],
  ['cdata', answer(`<rss>${'<![CDATA['.repeat(50_000)}`, xml)],
  ['instructions', answer(`<rss>${'<?x '.repeat(100_000)}`, xml)],
  ['angles', answer(html('<a '.repeat(150_000)), xml)],
  ['html-attributes', answer(html(`<p ${times(40_000, (at) => `a${at}=b `)}>x</p>`), xml)],
  ['html-links', answer(html(times(8000, (at) => `<a href="/${at}">x</a>`)), xml)],
  ['html-images', answer(html(times(6000, (at) => `<img src="/${at}.png" data-src="/${at}.jpg">`)), xml)],
  ['html-unclosed', answer(html(times(40_000, '<b><i><p>')), xml)],
  ['html-misnested', answer(html(times(15_000, '<b><i></b></i>')), xml)],
  ['html-tables', answer(html(times(20_000, '<table><tr><td>')), xml)],
  ['html-scripts', answer(html(times(10_000, '<script>alert(1)</script>')), xml)],
  ['html-comments', answer(html(times(60_000, '<!--')), xml)],
  ['html-plaintext', answer(html(`<plaintext>${'<b>'.repeat(90_000)}`), xml)],
  [
    'markup-on-load',
    answer(html('<img src=x onerror=alert(1)><svg onload=alert(2)><math href="javascript:3">'), xml),
  ],
  [
    'markup-urls',
    answer(html('<a href="java\tscript:alert(1)">x</a><a href="&#106;avascript:2">y</a>'), xml),
  ],
  ['title', answer(rss(`<item><title>${'字'.repeat(150_000)}</title></item>`), xml)],
  [
    'items',
    answer(
      each(9000, (at) => `<item><title>第${at}条</title></item>`),
      xml,
    ),
  ],
  [
    'items-empty',
    answer(
      each(60_000, () => '<item/>'),
      xml,
    ),
  ],
  [
    'items-same',
    answer(
      each(9000, () => '<item><guid>1</guid><title>x</title></item>'),
      xml,
    ),
  ],
  [
    'ids-long',
    answer(
      each(20, (at) => `<item><guid>${at}${'g'.repeat(20_000)}</guid><title>x</title></item>`),
      xml,
    ),
  ],
  [
    'links-long',
    answer(
      each(20, (at) => `<item><link>http://x.example/${at}${'l'.repeat(20_000)}</link></item>`),
      xml,
    ),
  ],
  [
    'categories',
    answer(rss(`<item><title>x</title>${times(15_000, (at) => `<category>c${at}</category>`)}</item>`), xml),
  ],
  [
    'enclosures',
    answer(
      rss(`<item><title>x</title>${times(6000, (at) => `<enclosure url="http://x.example/${at}"/>`)}</item>`),
      xml,
    ),
  ],
  [
    'authors',
    answer(rss(`<item><title>x</title>${times(15_000, (at) => `<author>a${at}</author>`)}</item>`), xml),
  ],
  ['controls', answer(item('\x01\x02\x0b\x1f\ufffe\uffff'.repeat(20_000)), xml)],
  ['right-to-left', answer(item('\u202e\u2066'.repeat(50_000)), xml)],
  ['combining', answer(rss(`<item><title>${'a\u0301\u0302\u0303'.repeat(50_000)}</title></item>`), xml)],
  [
    'proto-elements',
    answer(rss('<item><__proto__>x</__proto__><constructor>y</constructor><title>z</title></item>'), xml),
  ],
  [
    'page',
    answer(`<!doctype html><html><title>x</title>${'<p>x'.repeat(50_000)}`, 'content-type: text/html'),
  ],
  [
    'challenge',
    answer(`<html><script>_cf_chl_opt</script>${' '.repeat(100_000)}`, 'content-type: text/html'),
  ],
];
