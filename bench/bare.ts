import { DatabaseSync } from 'node:sqlite';
import { XMLParser } from 'fast-xml-parser';
import { Agent, request } from 'undici';
import { concurrency } from './program.ts';

/** The least that reads feeds: what is left of the program when all that it is for is taken away. */
export function createBareReader() {
  const dispatcher = new Agent({ connections: concurrency, pipelining: 1 });
  const etags = new Map<string, string>();
  const parser = new XMLParser();

  /** Each document into rows of one table, one transaction a document; the number of items. */
  const ingest = async (urls: readonly string[], file: string): Promise<number> => {
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE items (key INTEGER PRIMARY KEY, source TEXT, id TEXT, title TEXT, published TEXT, item TEXT)`);
    const insert = database.prepare(
      'INSERT INTO items (source, id, title, published, item) VALUES (?, ?, ?, ?, ?)',
    );
    let count = 0;
    await eachOf(urls, async (url) => {
      const { body } = await request(url, { dispatcher });
      const { rss } = parser.parse(await body.text()) as RssDocument;
      database.exec('BEGIN');
      for (const item of rss.channel.item) {
        insert.run(url, item.guid, item.title, item.pubDate, JSON.stringify(item));
        count += 1;
      }
      database.exec('COMMIT');
    });
    database.close();
    return count;
  };

  /** One conditional request a source. */
  const check = (urls: readonly string[]): Promise<void> =>
    eachOf(urls, async (url) => {
      const etag = etags.get(url);
      const { headers, body } = await request(url, {
        dispatcher,
        headers: etag === undefined ? {} : { 'if-none-match': etag },
      });
      await body.dump();
      etags.set(url, String(headers['etag']));
    });

  return { ingest, check };
}

interface RssDocument {
  readonly rss: {
    readonly channel: {
      readonly item: readonly { readonly title: string; readonly guid: string; readonly pubDate: string }[];
    };
  };
}

async function eachOf(urls: readonly string[], work: (url: string) => Promise<void>): Promise<void> {
  const waiting = urls.values();
  const worker = async () => {
    for (const url of waiting) await work(url);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
