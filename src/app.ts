import type { FastifyInstance } from 'fastify';
import cron from 'node-cron';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { createFetcher } from './fetch/fetch.ts';
import { createServer } from './http/server.ts';
import { feedId } from './identify/entry-id.ts';
import type { Source, SourceRecord } from './model/source.ts';
import { explain } from './pipeline/explain.ts';
import { applyOverrides } from './pipeline/overrides.ts';
import { createParser } from './pipeline/parse-aside.ts';
import { createMetrics } from './observe/metrics.ts';
import { createPublisher, type Publisher } from './pipeline/publisher.ts';
import type { RefreshTools } from './pipeline/refresh.ts';
import { replay } from './pipeline/replay.ts';
import { compileRules } from './pipeline/rules.ts';
import type { PublishedSource } from './publish/entries.ts';
import { feedSpecs, feedUrl } from './publish/feed-spec.ts';
import { nextPoll } from './schedule/next-poll.ts';
import { createPoller, type Poller } from './schedule/poller.ts';
import { openSqliteStore } from './store/sqlite/store.ts';
import type { Founding, Store } from './store/store.ts';
import { version } from './version.ts';

/** How soon another process's poll shows here. */
const lookEveryMs = 500;

/** How often feeds are looked at for entries that grew too old, when nothing else happens. */
const ageEveryMs = 30_000;

/** The parts of the program, wired together. */
export interface App {
  readonly store: Store;
  readonly poller: Poller;
  readonly publisher: Publisher;
  readonly server: FastifyInstance;
  /** Brings the feeds up to date now, and from now on whenever the store changes. */
  readonly keepPublished: () => Promise<void>;
  /** Removes what is too old, now and each night. */
  readonly keepRetention: () => void;
  readonly close: () => Promise<void>;
}

/** Reads the configuration again; gives what is wrong with it. */
export type Reload = () => Promise<string | undefined>;

/** @throws StoreError where the store cannot be opened. */
export async function createApp(config: Config, siteUrl: string, log: Logger, reload?: Reload): Promise<App> {
  const store = openSqliteStore(config.store.path, config.site.authority);
  const { sources, topics } = config;
  await store.registerSources(sources);
  if (config.overrides.length > 0)
    await store.write((transaction) => applyOverrides(transaction, config.overrides, new Date()));
  const site = { title: config.site.title, language: config.site.language, url: siteUrl };
  const now = () => new Date();
  const rules = compileRules(topics, sources);
  const fetchSettings = {
    ...config.fetch,
    userAgent: config.fetch.userAgent ?? `tributary/${version} (+${siteUrl})`,
  };
  const fetcher = createFetcher(fetchSettings);
  const parser = createParser();
  const byId = new Map(sources.map((source) => [source.id, source]));
  const authority = authorityOf(store.founding);

  const metrics = createMetrics();
  const tools: RefreshTools = {
    fetch: fetcher.fetch,
    parse: parser.parse,
    store,
    now,
    log,
    onDone: ({ id, private: isPrivate }, { kind, new: added = 0 }) => {
      if (isPrivate) return;
      metrics.count('tributary_polls_total', { source: id, outcome: kind });
      if (added > 0) metrics.count('tributary_new_items_total', { source: id }, added);
    },
    isWanted: rules.isWanted,
    nextPoll: (source, state, outcome) =>
      nextPoll(source, state, outcome, { now: now(), limits: fetchSettings, random: Math.random }),
    rules: {
      authority,
      dedupe: config.dedupe,
      overrides: config.overrides,
      topicsOf: rules.topicsOf,
      sourceOf: rules.sourceOf,
    },
  };
  const poller = createPoller(sources, tools, fetchSettings);

  const publicSources = sources.filter((source) => !source.private);
  const topicTitles = new Map(topics.map(({ id, title }) => [id, title]));
  const publisher = createPublisher({
    store,
    site,
    settings: config.publish,
    specs: feedSpecs(site.title, topics, config.saved, publicSources),
    topicTitle: (id) => topicTitles.get(id) ?? id,
    now,
    loadStale: async () =>
      new Map(
        (await store.sources())
          .filter(
            ({ id, state }) =>
              byId.has(id) && ['unreachable', 'blocked', 'gone', 'drifted'].includes(state.status),
          )
          .map(({ id, state }) => [id, new Date(state.statusSince ?? state.lastPollAt ?? 0)]),
      ),
    loadSources: async () =>
      new Map(
        (await store.sources()).map((record) => [
          record.id,
          published(record, byId.get(record.id), siteUrl, feedId(authority, `feeds/sources/${record.id}`)),
        ]),
      ),
  });

  const server = createServer({
    store,
    publisher,
    metrics,
    version,
    site,
    promo: config.publish.promo,
    topics,
    sources: publicSources,
    ...(config.server.adminToken !== undefined &&
      reload && {
        admin: {
          token: config.server.adminToken,
          reload,
          poll: async (id) =>
            (
              await poller.pass(
                sources.filter((source) => source.id === id),
                { force: true },
              )
            ).get(id),
        },
      }),
    explain: (apiId) => explain(apiId, rules, config, store),
    log,
  });

  const stopping = new AbortController();
  /** Stored items follow rules that changed; it takes a while in a large store, and polls go on. */
  const followRules = (): void => {
    replay(store, { rules, topics, sources, keyVersion: config.dedupe.keyVersion }, now)
      .then((changed) => {
        if (changed > 0) log.info({ changed }, 'stored items decided anew by changed rules');
      })
      .catch((error: unknown) => log.error((error as Error).message));
  };

  const keepPublished = async (): Promise<void> => {
    await publisher.renew();
    followRules();
    let seen = await store.revision();
    let lookedAt = performance.now();
    const look = async (): Promise<void> => {
      const revision = await store.revision();
      if (revision === seen && performance.now() - lookedAt < ageEveryMs) return;
      await publisher.renew();
      seen = revision;
      lookedAt = performance.now();
    };
    const loop = (): void => {
      if (stopping.signal.aborted) return;
      look()
        .catch((error: unknown) =>
          log.error({ code: (error as { code?: string }).code }, (error as Error).message),
        )
        .finally(() => setTimeout(loop, lookEveryMs).unref());
    };
    loop();
  };

  const sweep = async (): Promise<void> => {
    const before = new Date(Date.now() - config.retain.days * 86_400_000);
    const removed = await store.retain({ before, maxItems: config.retain.items, now: now() });
    if (removed > 0) log.info({ removed }, 'old items removed');
  };
  const trySweep = (): void => {
    sweep().catch((error: unknown) => log.error((error as Error).message));
  };

  return {
    store,
    poller,
    publisher,
    server,
    keepPublished,
    keepRetention: () => {
      trySweep();
      const nightly = cron.schedule('17 3 * * *', trySweep, { name: 'tributary-retain' });
      stopping.signal.addEventListener('abort', () => void nightly.destroy());
    },
    close: async () => {
      stopping.abort();
      await server.close();
      await fetcher.close();
      await parser.close();
      await store.close();
    },
  };
}

function authorityOf({ installId, authority }: Founding) {
  return { installId, ...(authority !== undefined && { name: authority }) };
}

/** What is told of a source: what its feed says of itself, and where its document is, if that is public. */
function published(
  { id, title, state: { feed } }: SourceRecord,
  source: Source | undefined,
  siteUrl: string,
  ownFeedId: string,
): PublishedSource {
  return {
    title,
    feedId: feed?.id ?? ownFeedId,
    url: source?.location.kind === 'http' ? source.location.url : feedUrl(siteUrl, `sources/${id}`, 'atom'),
    republish: source?.republish ?? 'full',
    ...(feed?.homepage !== undefined && { homepage: feed.homepage }),
    ...(feed?.rights !== undefined && { rights: feed.rights }),
  };
}
