import type { FastifyInstance } from 'fastify';
import { feedFormats } from '../publish/representation.ts';
import type { FeedName } from './feed-name.ts';
import type { ReadyFeed, RelayedAnswer, RelayedRequest, Tally } from './front-messages.ts';
import { relay } from './relay.ts';
import { createServer } from './server.ts';
import { createStaleField } from './stale-field.ts';
import type { ServerTools } from './tools.ts';

/** All that is served of one configuration. */
export interface Website {
  readonly server: FastifyInstance;
  /** The URLs of the feeds that are ready before anybody asks. */
  readonly readyUrls: ReadonlySet<string>;
  /** The URLs of a feed, by its path. */
  readonly urlsOf: (path: string) => readonly string[];
  /** A feed that is in memory, by its URL, where nobody has anything to decide. */
  readonly readyFeed: (url: string) => ReadyFeed | undefined;
  /** The same, rendered where it is not in memory. */
  readonly makeReady: (url: string) => Promise<ReadyFeed | undefined>;
  /** Answers any request, when the server is ready. */
  readonly answer: (request: RelayedRequest) => Promise<RelayedAnswer>;
  /** Takes note of what ready feeds answered elsewhere. */
  readonly count: (tally: Tally) => void;
  readonly close: () => Promise<void>;
}

export function createWebsite(tools: ServerTools): Website {
  const server = createServer(tools);
  const { access, publisher, cachingOf, metrics } = tools;
  const staleField = createStaleField(tools.sources);
  // Who reads, and how often, is for the routes to decide.
  const isForAnybody = Object.keys(access.readers).length === 0 && !access.rateLimit;
  const namesOf = (path: string) =>
    feedFormats.map((format): [url: string, FeedName] => [`/feeds/${path}.${format}`, { path, format }]);
  const urlsOf = (path: string) => namesOf(path).map(([url]) => url);
  const plainFeeds = new Map(isForAnybody ? publisher.specs.flatMap(({ path }) => namesOf(path)) : []);

  const count = (status: string, by: number): void => {
    if (by > 0) metrics.count('tributary_http_requests_total', { route: '/feeds/*', status }, by);
  };
  const readyFeed: Website['readyFeed'] = (url) => {
    const name = plainFeeds.get(url);
    if (!name || !publisher.isReady()) return undefined;
    const feed = publisher.ready(name.path, name.format);
    if (!feed) return undefined;
    const stale = staleField(publisher.staleSources(feed));
    return { feed, cacheControl: cachingOf(name.path), ...(stale !== undefined && { stale }) };
  };
  return {
    server,
    readyUrls: new Set(isForAnybody ? publisher.keptReady.flatMap(({ path }) => urlsOf(path)) : []),
    urlsOf,
    readyFeed,
    makeReady: async (url) => {
      const name = plainFeeds.get(url);
      if (!name || !publisher.isReady()) return undefined;
      // What is wrong is told by the route.
      await publisher.feed(name.path, name.format).catch(() => undefined);
      return readyFeed(url);
    },
    answer: (request) => relay(server, request),
    count: ({ whole, fresh, asked }) => {
      count('200', whole);
      count('304', fresh);
      for (const url of asked) publisher.noteAsked(plainFeeds.get(url)?.path ?? '');
    },
    close: () => server.close(),
  };
}
