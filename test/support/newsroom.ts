import { createHash } from 'node:crypto';
import pino from 'pino';
import { failed, type FetchOutcome } from '../../src/fetch/outcome.ts';
import type { FeedInfo, Item, ParsedFeed } from '../../src/model/feed.ts';
import type { PublishSettings } from '../../src/model/settings.ts';
import type { PollOutcome, Source } from '../../src/model/source.ts';
import { untouched } from '../../src/model/source.ts';
import type { StoredItem, Story } from '../../src/model/story.ts';
import type { TopicRule } from '../../src/model/topic.ts';
import { createPublisher, type Publisher } from '../../src/pipeline/publisher.ts';
import { createPendingBytes } from '../../src/pipeline/pending-bytes.ts';
import { refresh, type RefreshTools } from '../../src/pipeline/refresh.ts';
import type { PollerTools } from '../../src/schedule/poller.ts';
import { listFeed } from '../../src/pipeline/list-document.ts';
import { compileRules } from '../../src/pipeline/rules.ts';
import { feedSpecs } from '../../src/publish/feed-spec.ts';
import type { Store } from '../../src/store/store.ts';
import { nextPoll } from '../../src/schedule/next-poll.ts';
import { stoppedClock, type Clock } from './clock.ts';
import { fetchSettings, sourceAt } from './fetching.ts';
import { temporaryStore } from './temporary-store.ts';

/** Invented sources, a store of their own, a stopped clock, and documents that are handed in item by item. */
export interface Newsroom extends AsyncDisposable {
  readonly clock: Clock;
  readonly store: () => Store;
  /** The file of the store. */
  readonly path: string;
  readonly source: (id: string) => Source;
  /** What a refresh works with; `fetch` gives what {@link Newsroom.answer} was told. */
  readonly tools: () => PollerTools;
  /** Says what the source's server answers from now on: a document of these items, or an outcome. */
  readonly answer: (source: string, answer: readonly Item[] | FetchOutcome, feed?: Partial<FeedInfo>) => void;
  /** Refreshes the source, whose document lists these items. */
  readonly poll: (
    source: string,
    answer: readonly Item[] | FetchOutcome,
    feed?: Partial<FeedInfo>,
  ) => Promise<PollOutcome>;
  /** The stories in the order of the merged feed. */
  readonly stories: (limit?: number) => Promise<readonly Story[]>;
  /** All public items in the order of the feeds. */
  readonly items: () => Promise<readonly StoredItem[]>;
  /** The only story, or the only one that has this title. */
  readonly story: (title?: string) => Promise<Story>;
  /** The source's item with this id of the source's own. */
  readonly item: (source: string, id: string) => Promise<StoredItem>;
  /** `seen`: how it sees the store where that is not as it is; `titleOf`: how sources are named. */
  readonly publisher: (
    settings?: Partial<PublishSettings>,
    other?: {
      readonly seen?: Partial<Store>;
      readonly titleOf?: (source: Source) => string;
      readonly onChange?: () => void;
    },
  ) => Publisher;
  /** Closes the store and opens it again; with other sources where the configuration has changed. */
  readonly restart: (sources?: Readonly<Record<string, Partial<Source>>>) => Promise<void>;
}

interface Options {
  readonly topics?: readonly TopicRule[];
  readonly authority?: string;
  readonly dedupe?: Partial<RefreshTools['rules']['dedupe']>;
  readonly overrides?: RefreshTools['rules']['overrides'];
}

const hourMs = 3_600_000;

/** Sources by their ids; their order is that of the configuration. */
export async function newsroom(
  configured: Readonly<Record<string, Partial<Source>>>,
  { topics = [], authority, dedupe, overrides = [] }: Options = {},
): Promise<Newsroom> {
  const kept = await temporaryStore(authority);
  const clock = stoppedClock('2026-01-06T08:00:00Z');
  const answers = new Map<string, FetchOutcome>();
  let sources = new Map<string, Source>();
  const configure = async (changed: Readonly<Record<string, Partial<Source>>>) => {
    sources = new Map(
      Object.entries(changed).map(([id, changes], rank) => [
        id,
        sourceAt(`https://${id}.example/feed`, { id, title: `来源${id}`, rank, ...changes }),
      ]),
    );
    await kept.store().registerSources([...sources.values()]);
  };
  await configure(configured);

  const source = (id: string): Source => {
    const found = sources.get(id);
    if (!found) throw new Error(`there is no source ${id}`);
    return found;
  };

  const tools = (): PollerTools => {
    const store = kept.store();
    const rules = compileRules(topics, [...sources.values()]);
    const { installId, authority: name } = store.founding;
    return {
      pending: createPendingBytes(Number.MAX_SAFE_INTEGER),
      store,
      now: clock.now,
      siteUrl: 'https://news.example',
      log: pino({ level: 'silent' }),
      fetch: ({ id }, { bodyHash }) => {
        const answer = answers.get(id) ?? failed('connect', `fetch: ${id} does not answer`);
        const isSame = answer.kind === 'fetched' && answer.bodyHash === bodyHash;
        return Promise.resolve(isSame ? { kind: 'unchanged', bodyHash } : answer);
      },
      parse: (bytes, _hints, { titles }) =>
        Promise.resolve(listFeed(JSON.parse(Buffer.from(bytes).toString()) as ParsedFeed, titles)),
      isWanted: rules.isWanted,
      nextPoll: (polled, state, outcome) =>
        nextPoll(polled, state, outcome, { now: clock.now(), limits: fetchSettings(), random: () => 0 }),
      rules: {
        authority: { installId, ...(name !== undefined && { name }) },
        dedupe: { windowMs: 48 * hourMs, minKeyLength: 8, keyVersion: 1, ...dedupe },
        overrides,
        topicsOf: rules.topicsOf,
        sourceOf: (id) => {
          const known = sources.get(id);
          return {
            dedupe: known?.private === true ? 'none' : (known?.dedupe ?? 'title'),
            timezone: known?.timezone ?? 'UTC',
          };
        },
      },
    };
  };

  const answer: Newsroom['answer'] = (id, given, feed = {}) => {
    answers.set(id, 'kind' in given ? given : documentOf(given, feed));
  };

  const items = () => kept.store().listItems({ limit: 10_000 });
  const stories = (limit = 10_000) => kept.store().listStories({ limit, promo: false });

  return {
    clock,
    store: kept.store,
    path: kept.path,
    source,
    tools,
    answer,
    poll: async (id, given, feed) => {
      answer(id, given, feed);
      const record = await kept.store().source(id);
      return refresh(source(id), record?.state ?? untouched, tools());
    },
    stories,
    items,
    story: async (title) => {
      const found = await stories();
      const matching = found.filter(({ lead }) => title === undefined || lead.item.title === title);
      const [only] = matching;
      if (!only || matching.length > 1) throw new Error(`${matching.length} stories, and one was asked for`);
      return only;
    },
    item: async (id, ownId) => {
      const found = (await items()).find((item) => item.source === id && item.item.id === ownId);
      if (!found) throw new Error(`${id} has no item ${ownId}`);
      return found;
    },
    publisher: (settings = {}, { seen = {}, titleOf = ({ title }: Source) => title, onChange } = {}) =>
      createPublisher({
        ...(onChange && { onChange }),
        store: { ...kept.store(), ...seen },
        site: { title: '新闻', url: 'https://news.example', language: 'zh' },
        settings: {
          entries: 50,
          hours: 24,
          maxEntries: 500,
          content: 'full',
          maxContentBytes: 65_536,
          promo: false,
          sourceInTitle: 'none',
          ...settings,
        },
        specs: feedSpecs(
          '新闻',
          topics,
          [],
          [...sources.values()].filter((known) => !known.private),
        ),
        topicTitle: (id) => topics.find((topic) => topic.id === id)?.title ?? id,
        now: clock.now,
        loadStale: () => Promise.resolve(new Map()),
        loadSources: () =>
          Promise.resolve(
            new Map(
              [...sources.values()].map((known) => [
                known.id,
                {
                  title: titleOf(known),
                  feedId: `urn:example:${known.id}`,
                  url: `https://${known.id}.example/feed`,
                  republish: 'full' as const,
                },
              ]),
            ),
          ),
      }),
    restart: async (changed) => {
      await kept.reopen();
      await configure(changed ?? Object.fromEntries(sources));
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

/** What a server gives for a document of these items. */
export function documentOf(
  items: readonly Item[],
  feed: Partial<FeedInfo> = {},
): Extract<FetchOutcome, { kind: 'fetched' }> {
  const parsed: ParsedFeed = { feed: { format: 'rss-2.0', encoding: 'utf-8', ...feed }, items, warnings: [] };
  const bytes = Buffer.from(JSON.stringify(parsed));
  return {
    kind: 'fetched',
    status: 200,
    bytes,
    bodyHash: createHash('sha256').update(bytes).digest('hex'),
    url: 'https://example.org/feed',
    headers: {},
  };
}
