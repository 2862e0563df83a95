/** Renewing every served feed after one new item, against rendering all of them from nothing. */
import { loadConfig } from '../src/config/load.ts';
import { parseFeed } from '../src/normalize/parse-feed.ts';
import { ingest, type IngestRules } from '../src/pipeline/ingest.ts';
import { createPublisher } from '../src/pipeline/publisher.ts';
import { feedSpecs } from '../src/publish/feed-spec.ts';
import { untouched } from '../src/model/source.ts';
import { openSqliteStore } from '../src/store/sqlite/store.ts';
import { alternate } from './alternate.ts';
import { withFolder } from './folder.ts';
import { newsDocument, newsTime } from './news.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';

const topicCount = 200;
const documents = 200;
const itemsADocument = 50;

/** All documents are younger than the publishing window then. */
const now = new Date(newsTime.getTime() + 3_600_000);

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const urls = Array.from({ length: 20 }, (_, number) => `http://127.0.0.1/${number}`);
    const {
      sources,
      publish: settings,
      store: { path },
      dedupe,
    } = loadConfig(writeConfig(folder, urls), {});
    const store = openSqliteStore(path);
    await store.registerSources(sources);

    const topics = Array.from({ length: topicCount }, (_, n) => ({ id: `topic-${n}`, title: `Topic ${n}` }));
    let topicsGiven = 0;
    const rules: IngestRules = {
      authority: { installId: store.founding.installId },
      dedupe,
      sourceOf: () => ({ dedupe: 'title', timezone: 'UTC' }),
      // Two topics an item, in turn.
      topicsOf: () => [0, 1].map(() => `topic-${topicsGiven++ % topicCount}`),
    };
    const take = (number: number, items: number) =>
      store.write(async (transaction) => {
        const source = sources[number % sources.length];
        if (!source) throw new Error('there are no sources');
        await ingest(
          transaction,
          source,
          untouched,
          parseFeed(newsDocument(number, items)),
          { now: now, document: 1 },
          rules,
        );
      });
    for (let number = 0; number < documents; number++) await take(number, itemsADocument);

    const site = { title: 'Tributary', url: 'http://127.0.0.1:8080', language: 'zh' };
    const specs = feedSpecs(site.title, topics, [], sources);
    const create = () =>
      createPublisher({
        store,
        site,
        settings,
        specs,
        topicTitle: (id) => id,
        loadStale: () => Promise.resolve(new Map()),
        loadSources: () => Promise.resolve(new Map()),
        now: () => now,
      });
    const publisher = create();
    await publisher.renew();

    let number = documents;
    const renewed = async () => {
      await take(number++, 1);
      return timeOf(publisher.renew);
    };
    const measured = await alternate(renewed, () => timeOf(create().renew), 7);
    await store.close();
    return [
      {
        what: `renewing ${specs.length} feeds in three formats after one new item (${topicCount} topics, ${documents * itemsADocument} items)`,
        against: 'rendering all of them from nothing',
        unit: 'ms',
        ...measured,
        bar: { atMost: 1 / 50 },
      },
    ];
  });
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
