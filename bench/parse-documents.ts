import { createWriter, type Writer } from './seeded.ts';

export interface BenchDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The three documents of the contract: 400 kB CDATA, 450 kB escaped, 20 kB. */
export function benchDocuments(seed = 7): readonly BenchDocument[] {
  return [
    { name: '400 kB CDATA', bytes: rssDocument(createWriter(seed), 100, 3_700, cdata) },
    { name: '450 kB escaped', bytes: rssDocument(createWriter(seed + 1), 100, 3_500, escaped) },
    { name: '20 kB', bytes: rssDocument(createWriter(seed + 2), 15, 900, cdata) },
  ];
}

const cdata = (html: string): string => `<![CDATA[${html}]]>`;

const escaped = (html: string): string =>
  html.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A WordPress-like feed, each item with about so many characters of HTML. */
function rssDocument(
  writer: Writer,
  items: number,
  contentLength: number,
  wrap: (html: string) => string,
): Uint8Array {
  const { words } = writer;
  let xml = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel>
<title>Example Courier</title>
<atom:link href="https://example.org/feed" rel="self" type="application/rss+xml" />
<link>https://example.org</link>
<description>News that nobody reported</description>
<lastBuildDate>Tue, 06 Jan 2026 12:00:00 +0000</lastBuildDate>
<language>en-US</language>
<sy:updatePeriod>hourly</sy:updatePeriod>
<generator>https://example.org/?v=6.4</generator>
`;
  for (let i = 0; i < items; i++) {
    const date = new Date(Date.UTC(2026, 0, 6, 12) - i * 3_600_000).toUTCString().replace('GMT', '+0000');
    xml += `<item>
<title>${words(8)}</title>
<link>https://example.org/2026/01/${i}/</link>
<comments>https://example.org/2026/01/${i}/#comments</comments>
<dc:creator><![CDATA[${words(2)}]]></dc:creator>
<pubDate>${date}</pubDate>
<category><![CDATA[${words(1)}]]></category>
<category><![CDATA[${words(2)}]]></category>
<guid isPermaLink="false">https://example.org/?p=${i}</guid>
<description>${wrap(`<p>${words(30)}</p>`)}</description>
<content:encoded>${wrap(html(writer, contentLength))}</content:encoded>
<slash:comments>${i}</slash:comments>
</item>
`;
  }
  return new TextEncoder().encode(`${xml}</channel>\n</rss>\n`);
}

function html({ number, whole, words }: Writer, length: number): string {
  let text = '';
  while (text.length < length) {
    const kind = number();
    if (kind < 0.7) {
      text += `<p>${words(25)} <a href="https://example.org/${whole(1e6)}">${words(3)}</a>, <strong>${words(2)}</strong> &amp; ${words(20)}.</p>\n`;
    } else if (kind < 0.85) {
      text += `<figure><img src="https://img.example.org/${whole(1e6)}.jpg" alt="${words(4)}" width="640" height="400"/><figcaption>${words(6)}</figcaption></figure>\n`;
    } else {
      text += `<ul><li>${words(8)}</li><li>${words(7)}</li></ul>\n`;
    }
  }
  return text;
}
