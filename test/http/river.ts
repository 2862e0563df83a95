import { openSite, type Site } from '../support/site.ts';

/**
 * The news of a river: five stories of two sources that anybody may read, one of them told by both, in two
 * scripts; and one of a source that nobody may.
 */

export const siteUrl = 'https://river.example';

const upper = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>上游日报</title><link>https://upper.example/</link><language>zh-cn</language>
<item><title>沿江三城水位回落，渡轮恢复通航</title><link>https://upper.example/1</link>
<guid isPermaLink="false">tag:upper.example,2024:1</guid><pubDate>Mon, 06 May 2024 08:00:00 GMT</pubDate>
<category>民生</category><description>&lt;p&gt;航道局说，&lt;em&gt;渡轮&lt;/em&gt;今晨全部复航。&lt;/p&gt;</description>
<enclosure url="https://upper.example/1.mp3" type="audio/mpeg" length="4321"/></item>
<item><title>&lt;![CDATA[ &amp;lt;script&amp;gt;alert("1")&amp;lt;/script&amp;gt; 水利工程"招标"结果 &amp;amp; 名单</title>
<link>https://upper.example/2?a=1&amp;b="&gt;&lt;x</link><guid isPermaLink="false">tag:upper.example,2024:2</guid>
<pubDate>Mon, 06 May 2024 07:00:00 GMT</pubDate>
<description>&lt;p onclick="alert(2)"&gt;名单&lt;script&gt;alert(3)&lt;/script&gt;&lt;img src=x onerror=alert(4)&gt;&lt;/p&gt;</description></item>
<item><title>央行把黄金储备增加到两千吨</title><link>https://upper.example/3</link>
<guid isPermaLink="false">tag:upper.example,2024:3</guid><pubDate>Mon, 06 May 2024 06:00:00 GMT</pubDate>
<description>&lt;p&gt;增持连续第七个月。&lt;/p&gt;</description></item>
</channel></rss>`;

const lower = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hant"><id>urn:lower</id><title>下游晚報</title>
<link href="https://lower.example/"/><rights>© 下游晚報</rights><updated>2024-05-06T08:30:00Z</updated>
<author><name>陳河</name></author>
<entry><id>tag:lower.example,2024:1</id><title>沿江三城水位回落，渡輪恢復通航</title>
<link href="https://lower.example/1"/><published>2024-05-06T08:30:00Z</published><updated>2024-05-06T08:30:00Z</updated>
<content type="html">&lt;p&gt;渡輪今早復航。&lt;/p&gt;</content></entry>
<entry><id>tag:lower.example,2024:4</id><title>黃金價格再創新高，首飾店門前排長隊</title>
<link href="https://lower.example/4"/><published>2024-05-06T05:00:00Z</published><updated>2024-05-06T05:00:00Z</updated>
<content type="html">&lt;p&gt;每克突破七百元。&lt;/p&gt;</content></entry>
<entry><id>tag:lower.example,2024:5</id><title>港口夜班調度員的一天</title>
<published>2024-05-06T04:00:00Z</published><updated>2024-05-06T04:00:00Z</updated>
<content type="html">&lt;p&gt;凌晨四點，碼頭仍亮著燈。&lt;/p&gt;</content></entry>
</feed>`;

const secret = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Confidential</title><link>https://secret.example/</link>
<item><title>黄金库存盘点：不得公开的一条消息</title><link>https://secret.example/1</link>
<guid isPermaLink="false">tag:secret.example,2024:1</guid><pubDate>Mon, 06 May 2024 09:00:00 GMT</pubDate>
<description>confidential</description></item>
<item><title>沿江三城水位回落，渡轮恢复通航</title><link>https://secret.example/2</link>
<guid isPermaLink="false">tag:secret.example,2024:2</guid><pubDate>Mon, 06 May 2024 07:30:00 GMT</pubDate>
<description>confidential</description></item>
</channel></rss>`;

/** Titles as they are published, in the order of the feeds. */
export const titles = {
  ferry: '沿江三城水位回落，渡轮恢复通航',
  tender: '<![CDATA[ <script>alert("1")</script> 水利工程"招标"结果 & 名单',
  reserve: '央行把黄金储备增加到两千吨',
  price: '黃金價格再創新高，首飾店門前排長隊',
  night: '港口夜班調度員的一天',
};

export const riverConfig = {
  site: { title: 'River', url: siteUrl, language: 'zh', authority: 'river.example,2024' },
  sources: [
    { id: 'upper', title: '上游', url: 'file:upper.xml', timezone: 'Asia/Shanghai' },
    { id: 'lower', title: '下游', url: 'file:lower.xml', timezone: 'Asia/Taipei' },
    { id: 'secret', title: 'Confidential', url: 'file:secret.xml', private: true },
  ],
} as const;

const topics = [
  { id: 'water', title: '水', any: ['水位', '水利'] },
  { id: 'gold', title: '黄金 & <金>', any: ['黄金'] },
  { id: 'void', title: '空', any: ['从不出现的词'] },
];

export const openRiver = (changes: Readonly<Record<string, unknown>> = {}): Promise<Site> =>
  openSite(
    { ...riverConfig, ...changes },
    { 'upper.xml': upper, 'lower.xml': lower, 'secret.xml': secret },
    topics,
  );

/** The lower source's document with one more story. */
export const lowerLater = lower.replace(
  '<entry>',
  `<entry><id>tag:lower.example,2024:6</id><title>水位再度上漲，渡輪第二次停航</title>
<link href="https://lower.example/6"/><published>2024-05-06T10:00:00Z</published><updated>2024-05-06T10:00:00Z</updated>
<content type="html">&lt;p&gt;停航到明早。&lt;/p&gt;</content></entry><entry>`,
);
