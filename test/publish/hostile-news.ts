import fc from 'fast-check';
import type { Item } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import { feedFormats, type FeedFormatName } from '../../src/publish/representation.ts';
import { xmlAttribute, xmlText } from '../../src/publish/xml.ts';
import { newsroom } from '../support/newsroom.ts';

/** A day's news of one source, as all its feeds tell it. */
export async function publish(items: readonly Item[]): Promise<ReadonlyMap<FeedFormatName, string>> {
  await using news = await newsroom({ harbour: {} });
  await news.poll('harbour', items);
  const publisher = news.publisher();
  await publisher.renew();
  return new Map(
    feedFormats.map((format) => [format, publisher.ready('all', format)?.identity.body.toString() ?? '']),
  );
}

const word = fc.constantFrom(
  'Top Stories',
  'own source',
  'mp3',
  'audio/mpeg',
  'https://[::1',
  'https://a.example/x y',
  'https://a.example/%zz',
  'mailto:desk@a.example',
  'urn:a:1',
  'tag:a.example,2026:1',
  'https://a.example/1',
  '//a.example/2',
  'javascript:alert(1)',
  'data:text/html,x',
  '港口',
  'zh-Hans',
  'zh_CN.UTF-8',
  '\u0000',
  ']]>',
  '<b>"\'&amp;',
  '-1',
  'Mon, 06 May 2024 08:00:00 GMT',
  '',
);
const words = fc.oneof(
  word,
  fc.tuple(word, word).map((pair) => pair.join(' ')),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** An RSS item and an Atom entry in which any text may stand anywhere. */
const entryText = fc
  .record({
    id: words,
    title: words,
    link: words,
    text: words,
    category: words,
    domain: words,
    url: words,
    type: words,
    length: words,
    person: words,
    origin: words,
    language: words,
  })
  .map((say) => {
    const text = Object.fromEntries(
      Object.entries(say).flatMap(([key, value]) => [
        [key, xmlText(value)],
        [`${key}@`, xmlAttribute(value)],
      ]),
    );
    const rss = `<item><guid>${text['id']}</guid><title>${text['title']}</title><link>${text['link']}</link>
<description>${text['text']}</description><category domain="${text['domain@']}">${text['category']}</category>
<enclosure url="${text['url@']}" type="${text['type@']}" length="${text['length@']}"/><author>${text['person']}</author>
<source url="${text['url@']}">${text['origin']}</source><comments>${text['url']}</comments>
<creativeCommons:license>${text['url']}</creativeCommons:license></item>`;
    const atom = `<entry xml:lang="${text['language@']}"><id>${text['id']}</id><title>${text['title']}</title>
<link href="${text['link@']}"/><link rel="enclosure" href="${text['url@']}" type="${text['type@']}"/>
<link rel="replies" href="${text['url@']}"/><link rel="license" href="${text['url@']}"/>
<category term="${text['category@']}" scheme="${text['domain@']}" label="${text['person@']}"/>
<author><name>${text['person']}</name><email>${text['person']}</email><uri>${text['url']}</uri></author>
<source><id>${text['origin']}</id><title>${text['title']}</title><link rel="self" href="${text['url@']}"/></source>
<content type="html">${text['text']}</content></entry>`;
    return { rss, atom };
  });

/** What is read of a document of such items. */
export const hostileItems = fc
  .array(entryText, { minLength: 1, maxLength: 12 })
  .map((entries) => [
    ...parseFeed(
      Buffer.from(
        `<rss version="2.0" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel><title>H</title>${entries.map(({ rss }) => rss).join('')}</channel></rss>`,
      ),
    ).items,
    ...parseFeed(
      Buffer.from(
        `<feed xmlns="http://www.w3.org/2005/Atom"><title>H</title>${entries.map(({ atom }) => atom).join('')}</feed>`,
      ),
    ).items,
  ]);
