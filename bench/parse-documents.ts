/** Feeds made from a seed: what parsers are measured on. */

/** A small generator of equal numbers for equal seeds (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words =
  'river market council budget harbour bridge minister quarter growth satellite battery library museum rainfall 市场 央行 公司 新闻 发布 季度 增长 电池 机器人 research travel price climate village orchestra'.split(
    ' ',
  );

export interface BenchDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The three documents of the contract: 400 kB CDATA, 450 kB escaped, 20 kB. */
export function benchDocuments(seed = 7): readonly BenchDocument[] {
  return [
    { name: '400 kB CDATA', bytes: rssDocument(seed, 100, 3_700, 'cdata') },
    { name: '450 kB escaped', bytes: rssDocument(seed + 1, 100, 3_500, 'escaped') },
    { name: '20 kB', bytes: rssDocument(seed + 2, 15, 900, 'cdata') },
  ];
}

function rssDocument(
  seed: number,
  items: number,
  contentLength: number,
  style: 'cdata' | 'escaped',
): Uint8Array {
  const random = seeded(seed);
  const sentence = (count: number): string =>
    Array.from({ length: count }, () => words[Math.floor(random() * words.length)] ?? '').join(' ');
  const wrap = (html: string): string =>
    style === 'cdata'
      ? `<![CDATA[${html}]]>`
      : html.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

  function body(length: number): string {
    let html = '';
    while (html.length < length) {
      const kind = random();
      if (kind < 0.7) {
        html += `<p>${sentence(25)} <a href="https://example.org/${Math.floor(random() * 1e6)}">${sentence(3)}</a>, <strong>${sentence(2)}</strong> &amp; ${sentence(20)}.</p>\n`;
      } else if (kind < 0.85) {
        html += `<figure><img src="https://img.example.org/${Math.floor(random() * 1e6)}.jpg" alt="${sentence(4)}" width="640" height="400"/><figcaption>${sentence(6)}</figcaption></figure>\n`;
      } else {
        html += `<ul><li>${sentence(8)}</li><li>${sentence(7)}</li></ul>\n`;
      }
    }
    return html;
  }

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
<title>${sentence(8)}</title>
<link>https://example.org/2026/01/${i}/</link>
<comments>https://example.org/2026/01/${i}/#comments</comments>
<dc:creator><![CDATA[${sentence(2)}]]></dc:creator>
<pubDate>${date}</pubDate>
<category><![CDATA[${sentence(1)}]]></category>
<category><![CDATA[${sentence(2)}]]></category>
<guid isPermaLink="false">https://example.org/?p=${i}</guid>
<description>${wrap(`<p>${sentence(30)}</p>`)}</description>
<content:encoded>${wrap(body(contentLength))}</content:encoded>
<slash:comments>${i}</slash:comments>
</item>
`;
  }
  return new TextEncoder().encode(`${xml}</channel>\n</rss>\n`);
}
