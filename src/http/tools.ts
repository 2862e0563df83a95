import type { Logger } from 'pino';
import type { PollOutcome, Source } from '../model/source.ts';
import type { TopicRule } from '../model/topic.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { FeedParameters, ServerSettings, SiteSettings } from '../model/settings.ts';
import type { PublishedSource } from '../publish/entries.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import type { ArchiveFormat, FeedFormatName, Representation } from '../publish/representation.ts';
import type { Store } from '../store/store.ts';

/** What the holder of the admin token can have done. */
export interface AdminTools {
  readonly token: string;
  /** Polls a source now; undefined where it is being polled already. */
  readonly poll: (source: string) => Promise<PollOutcome | undefined>;
  /** Reads the configuration again; gives what is wrong with it, in which case nothing changes. */
  readonly reload: () => Promise<string | undefined>;
  /** Configured sources that nobody else may read. */
  readonly privateSources: readonly Source[];
  readonly privateFeed: (source: Source, format: FeedFormatName) => Promise<Representation>;
}

/** What the page of an item tells of an explanation; the API gives all of it. */
export interface ItemExplanation {
  readonly stories: readonly {
    readonly reports: readonly { readonly entryId: string; readonly because: string }[];
  }[];
  readonly apart: readonly {
    readonly source: string;
    readonly apiId: string;
    readonly title: string;
    readonly because: string;
  }[];
}

/** What the server needs: ready feeds, the store for what cannot be ready, and what is configured. */
export interface ServerTools {
  readonly store: Store;
  readonly publisher: {
    readonly isReady: () => boolean;
    readonly specs: readonly FeedSpec[];
    readonly keptReady: readonly FeedSpec[];
    readonly ready: (path: string, format: FeedFormatName) => Representation | undefined;
    readonly noteAsked: (path: string) => void;
    readonly feed: (
      path: string,
      format: FeedFormatName,
      parameters?: FeedParameters,
    ) => Promise<Representation | undefined>;
    readonly staleSources: (served: Representation) => ReadonlyMap<string, Date>;
    readonly archive: (
      path: string,
      number: number,
      format: ArchiveFormat,
    ) => Promise<Representation | undefined>;
  };
  readonly site: SiteSettings;
  /** The program's. */
  readonly version: string;
  readonly promo: boolean;
  readonly topics: readonly TopicRule[];
  /** Those that are published; private ones are not among them. */
  readonly sources: readonly Source[];
  /** What is told of sources, those among them that are configured no longer. */
  readonly knownSources: {
    readonly all: () => Promise<ReadonlyMap<string, PublishedSource>>;
    readonly public: () => Promise<ReadonlyMap<string, PublishedSource>>;
  };
  /** `Cache-Control` of a feed: until its next change is expected. */
  readonly cachingOf: (path: string) => string;
  readonly access: Omit<ServerSettings, 'adminToken'>;
  readonly metrics: Metrics;
  readonly admin?: AdminTools;
  readonly explain: (apiId: string) => Promise<ItemExplanation>;
  readonly log: Logger;
}
