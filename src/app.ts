import cron from 'node-cron';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { createFetcher } from './fetch/fetch.ts';
import type { ServerTools } from './http/tools.ts';
import { feedId } from './identify/entry-id.ts';
import { createExpectedChanges } from './http/expected-change.ts';
import type { Source } from './model/source.ts';
import type { StoredItem } from './model/story.ts';
import { explain } from './pipeline/explain.ts';
import { applyOverrides } from './pipeline/overrides.ts';
import { createParser } from './pipeline/parse-aside.ts';
import { keepFor } from './pipeline/keep-for.ts';
import { createKnownSources } from './pipeline/known-sources.ts';
import { renderPrivateFeed } from './pipeline/private-feed.ts';
import { createMetrics } from './observe/metrics.ts';
import { createPublisher, type Publisher } from './pipeline/publisher.ts';
import { createPendingBytes } from './pipeline/pending-bytes.ts';
import { replay } from './pipeline/replay.ts';
import { compileRules } from './pipeline/rules.ts';
import { titleOf } from './publish/entries.ts';
import { feedSpecs } from './publish/feed-spec.ts';
import { published } from './publish/published.ts';
import type { FeedFormatName, Representation } from './publish/representation.ts';
import { nextPoll } from './schedule/next-poll.ts';
import { createPoller, type Poller, type PollerTools } from './schedule/poller.ts';
import { followConfiguration } from './schedule/reconfigured.ts';
import { openSqliteStore } from './store/sqlite/store.ts';
import type { Founding, Store } from './store/store.ts';
import { version } from './version.ts';

/** Documents that were fetched and are not stored yet may hold so many bytes before no more are asked for. */
const maxPendingBytes = 8 * 1024 * 1024;

/** How soon another process's poll shows here. */
const lookEveryMs = 500;

/** How often feeds are looked at for entries that grew too old, when nothing else happens. */
const ageEveryMs = 30_000;

/** How long answers say the same of sources: what they say of them changes with the configuration. */
const knownForMs = 1000;

/** Feeds of these paths, or any, may be others than before, or what is told beside them. */
export type OnChange = (paths?: readonly string[]) => void;

/** The parts of the program, wired together; what answers requests is made of them in `http/website.ts`. */
export interface App {
  readonly store: Store;
  readonly poller: Poller;
  readonly publisher: Publisher;
  readonly serverTools: ServerTools;
  /**
   * Brings the feeds up to date now, and from now on whenever the store changes; tells of the paths
   * of those that are others, and now and then of all.
   */
  readonly keepPublished: (onChange: OnChange) => Promise<void>;
  /** Removes what is too old, now and each night. */
  readonly keepRetention: () => void;
  readonly close: () => Promise<void>;
}

/** Reads the configuration again; gives what is wrong with it. */
export type Reload = () => Promise<string | undefined>;

export interface Surroundings {
  /** For the admin's route; absent where nothing can be reloaded. */
  readonly reload?: Reload;
  /** A store that is open already, and is not closed with the parts. */
  readonly store?: Store;
}

/** @throws StoreError where the store cannot be opened. */
export async function createApp(
  config: Config,
  siteUrl: string,
  log: Logger,
  { reload, store: given }: Surroundings = {},
): Promise<App> {
  const store = given ?? openStore(config);
  const { sources, topics } = config;
  await store.registerSources(sources);
  const now = () => new Date();
  const circumstances = () => ({ now: now(), limits: config.fetch, random: Math.random });
  await followConfiguration(sources, store, circumstances());
  if (config.overrides.length > 0)
    await store.write((transaction) => applyOverrides(transaction, config.overrides, new Date()));
  const site = { title: config.site.title, language: config.site.language, url: siteUrl };
  const rules = compileRules(topics, sources);
  const fetchSettings = {
    ...config.fetch,
    userAgent: config.fetch.userAgent ?? `tributary/${version} (+${siteUrl})`,
  };
  const pending = createPendingBytes(maxPendingBytes);
  const fetcher = createFetcher(fetchSettings, { room: pending.room });
  const parser = createParser(topics);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const authority = authorityOf(store.founding);
  const idOf = (path: string) => feedId(authority, `feeds/${path}`);
  const knownSources = await createKnownSources(store, sources, { siteUrl, idOf });

  const metrics = createMetrics();
  /** The counters of polls by source and outcome, each named once. */
  const pollCounts = new Map<string, () => void>();
  const countPoll = (source: string, outcome: string): void => {
    const name = `${source} ${outcome}`;
    const count = pollCounts.get(name) ?? metrics.series('tributary_polls_total', { source, outcome });
    pollCounts.set(name, count);
    count();
  };
  const tools: PollerTools = {
    pending,
    fetch: fetcher.fetch,
    parse: parser.parse,
    store,
    now,
    log,
    siteUrl,
    onDone: ({ id, private: isPrivate }, { kind, new: added = 0 }) => {
      if (isPrivate) return;
      countPoll(id, kind);
      if (added > 0) metrics.count('tributary_new_items_total', { source: id }, added);
    },
    isWanted: rules.isWanted,
    nextPoll: (source, state, outcome) => nextPoll(source, state, outcome, circumstances()),
    rules: {
      authority,
      dedupe: config.dedupe,
      overrides: config.overrides,
      topicsOf: rules.topicsOf,
      sourceOf: rules.sourceOf,
    },
  };
  const poller = createPoller(
    sources.filter(({ enabled }) => enabled),
    tools,
    fetchSettings,
  );

  const publicSources = sources.filter((source) => !source.private);
  const privateSources = sources.filter((source) => source.private);
  const topicTitles = new Map(topics.map(({ id, title }) => [id, title]));
  const topicTitle = (id: string) => topicTitles.get(id) ?? id;
  let onFeedChange: OnChange = () => undefined;
  const publisher = createPublisher({
    store,
    site,
    settings: config.publish,
    specs: feedSpecs(site.title, topics, config.saved, publicSources),
    topicTitle,
    now,
    loadStale: async () =>
      new Map(
        (await store.sources())
          .filter(
            ({ id, state }) =>
              byId.get(id)?.enabled === true &&
              ['unreachable', 'blocked', 'gone', 'drifted'].includes(state.status),
          )
          .map(({ id, state }) => [id, new Date(state.statusSince ?? state.lastPollAt ?? 0)]),
      ),
    loadSources: knownSources.all,
    onChange: (paths) => onFeedChange(paths),
  });

  const expected = createExpectedChanges();
  const noticePolls = async (): Promise<void> => {
    const polled = (await store.sources()).filter(({ id }) => byId.get(id)?.private === false);
    expected.notice(new Map(polled.map(({ id, nextPollAt }) => [id, nextPollAt])), now());
  };

  const privateFeed = async (source: Source, format: FeedFormatName): Promise<Representation> => {
    const known = await knownSources.all();
    return renderPrivateFeed(source, format, {
      store,
      site,
      settings: config.publish,
      idOf,
      now,
      known,
      topicTitle,
    });
  };

  const nameOf = ({ item, source }: StoredItem) => titleOf(published(item, knownSources.allowanceOf(source)));

  const serverTools: ServerTools = {
    store,
    publisher,
    metrics,
    version,
    site,
    promo: config.publish.promo,
    topics,
    sources: publicSources,
    knownSources: {
      all: keepFor(knownForMs, knownSources.all),
      public: keepFor(knownForMs, knownSources.public),
    },
    cachingOf: expected.cachingOf,
    access: config.server,
    ...(config.server.adminToken !== undefined &&
      reload && {
        admin: {
          token: config.server.adminToken,
          reload,
          privateSources,
          privateFeed,
          poll: async (id) =>
            (
              await poller.pass(
                sources.filter((source) => source.id === id),
                { force: true },
              )
            ).get(id),
        },
      }),
    explain: (apiId) => explain(apiId, rules, { ...config, nameOf }, store),
    log,
  };

  const stopping = new AbortController();
  /** What is under way when the store is closed under it was not in vain: it is done at the next start. */
  const logUnlessStopping = (error: unknown): void => {
    if (!stopping.signal.aborted)
      log.error({ code: (error as { code?: string }).code }, (error as Error).message);
  };
  /** Stored items follow rules that changed; it takes a while in a large store, and polls go on. */
  const followRules = (): void => {
    replay(store, { rules, topics, sources, keyVersion: config.dedupe.keyVersion }, now)
      .then((changed) => {
        if (changed > 0) log.info({ changed }, 'stored items decided anew by changed rules');
      })
      .catch(logUnlessStopping);
  };

  const keepPublished: App['keepPublished'] = async (onChange) => {
    onFeedChange = onChange;
    const renew = async (): Promise<void> => {
      await publisher.renew();
      await noticePolls();
      // When they are expected to change next is told beside them.
      onChange();
    };
    await renew();
    followRules();
    let seen = await store.revision();
    let lookedAt = performance.now();
    const look = async (): Promise<void> => {
      const revision = await store.revision();
      if (revision === seen && performance.now() - lookedAt < ageEveryMs) return;
      await renew();
      seen = revision;
      lookedAt = performance.now();
    };
    const loop = (): void => {
      if (stopping.signal.aborted) return;
      look()
        .catch(logUnlessStopping)
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
    sweep().catch(logUnlessStopping);
  };

  return {
    store,
    poller,
    publisher,
    serverTools,
    keepPublished,
    keepRetention: () => {
      trySweep();
      const nightly = cron.schedule('17 3 * * *', trySweep, { name: 'tributary-retain' });
      stopping.signal.addEventListener('abort', () => void nightly.destroy());
    },
    close: async () => {
      stopping.abort();
      await fetcher.close();
      await parser.close();
      if (!given) await store.close();
    },
  };
}

/** @throws StoreError where it cannot be opened. */
export function openStore({ store, site }: Config): Store {
  return openSqliteStore(store.path, site.authority);
}

function authorityOf({ installId, authority }: Founding) {
  return { installId, ...(authority !== undefined && { name: authority }) };
}
