import { createWriter, type Writer } from './seeded.ts';

const subjects =
  '央行 证监会 海关总署 国家统计局 欧盟 东京交易所 港股市场 长江航运 光伏企业 半导体协会'.split(' ');
const verbs = '发布 公布 上调 下调 回应 启动 暂停 批准 预计 披露'.split(' ');
const objects =
  '季度报告 存款利率 出口数据 电池标准 航线计划 机器人样机 算力中心 债券发行 药品目录 卫星组网'.split(' ');

/** Of 200 phrases, every title has one of the first hundred and one of the second. */
export const phrases: readonly string[] = [
  ...subjects.flatMap((subject) => verbs.map((verb) => subject + verb)),
  ...verbs.flatMap((verb) => objects.map((object) => verb + object)),
];

/** A title as newspapers write them; two are equal once in some billions. */
export function headline({ whole }: Writer): string {
  const one = (of: readonly string[]) => of[whole(of.length)] ?? '';
  return `${one(subjects)}${one(verbs)}${one(objects)}：第${whole(1e6)}批${one(objects)}增长${whole(1000) / 10}%，${one(subjects)}${one(verbs)}No.${whole(1e6)}`;
}

/** When the first documents' newest items were published; each document is a second younger than the one before. */
export const newsTime = new Date('2026-01-06T12:00:00Z');

/** An RSS document of items of 1 kB, a minute between two of them; documents of different numbers share none. */
export function newsDocument(number: number, items: number): Buffer {
  const writer = createWriter(number);
  const { words } = writer;
  const newest = newsTime.getTime() + number * 1000;
  let xml = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>Example Courier</title><link>https://news.example/</link><description>News that nobody reported</description>
`;
  for (let item = 0; item < items; item++) {
    const url = `https://news${number}.example/${item}`;
    const date = new Date(newest - item * 60_000).toUTCString();
    xml += `<item><title>${headline(writer)}</title><link>${url}</link><guid>${url}</guid><pubDate>${date}</pubDate>
<description><![CDATA[<p>${words(50)}</p><p>${words(24)} <a href="${url}/more">${words(3)}</a>, <strong>${words(3)}</strong></p>]]></description></item>
`;
  }
  return Buffer.from(`${xml}</channel></rss>\n`);
}
