import type { FetchSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { createConnections } from './connections.ts';
import { createDispatcher, type ProxyEnvironment } from './dispatcher.ts';
import { fetchFile } from './file.ts';
import { createConnector } from './guard/connect.ts';
import { createLargeBodies } from './large-bodies.ts';
import { createGuard } from './guard/guard.ts';
import { limitLookups } from './guard/lookups.ts';
import { guardedResolve, resolveBySystem, type Resolve } from './guard/resolve.ts';
import { fetchHttp, type Network } from './http.ts';
import type { FetchOutcome, LastFetch } from './outcome.ts';

/** Reads a source's document once, unless it is the one that was read last. */
export type Fetch = (source: Source, last: LastFetch) => Promise<FetchOutcome>;

export interface Fetcher {
  readonly fetch: Fetch;
  /** Ends what is under way, with the outcome `stopped`. */
  readonly close: () => Promise<void>;
}

/** What a fetcher takes from its surroundings, and what it makes of it when nothing is said. */
export interface Surroundings {
  readonly resolve?: Resolve;
  readonly environment?: ProxyEnvironment;
  readonly now?: () => Date;
  /** For name, TCP and TLS. */
  readonly connectMs?: number;
  /** From the request to the end of the answer's header fields. */
  readonly headersMs?: number;
  /** Waits until there is room for a large document beside those that are not stored yet. */
  readonly room?: () => Promise<void>;
}

/** Half of Node's pool, which has four threads unless the launcher made it larger. */
function lookupPlaces(): number {
  return Math.ceil((Number(process.env['UV_THREADPOOL_SIZE']) || 4) / 2);
}

export function createFetcher(settings: FetchSettings, surroundings: Surroundings = {}): Fetcher {
  const { userAgent, maxBytes, perHost, timeoutMs } = settings;
  const { resolve: resolveHost = resolveBySystem, environment = process.env } = surroundings;
  const { now = () => new Date(), connectMs = 5000, headersMs = 10_000 } = surroundings;
  const { room = () => Promise.resolve() } = surroundings;
  const closing = new AbortController();
  const isAdmitted = createGuard(settings.allow);
  const resolve = guardedResolve(limitLookups(resolveHost, lookupPlaces()), isAdmitted);
  const connectTimeoutMs = Math.min(connectMs, timeoutMs);
  const connections = createConnections();
  const connect = createConnector({
    connections,
    resolve,
    isAdmitted,
    timeoutMs: connectTimeoutMs,
    closing: closing.signal,
  });
  const { dispatcher, mayProxy } = createDispatcher(
    { connect, perHost, connectMs: connectTimeoutMs },
    environment,
  );
  const network: Network = {
    dispatcher,
    connections,
    userAgent,
    maxBytes,
    letGrow: createLargeBodies(room),
    now,
    headersMs: Math.min(headersMs, timeoutMs),
    totalMs: timeoutMs,
    ...(mayProxy && {
      admit: (hostname) => resolve(hostname.replace(/^\[|\]$/g, '')),
    }),
  };
  return {
    fetch: (source, last) =>
      source.location.kind === 'file'
        ? fetchFile(source.location, last, maxBytes)
        : fetchHttp(source, source.location.url, last, network),
    close: async () => {
      closing.abort();
      await dispatcher.destroy();
    },
  };
}
