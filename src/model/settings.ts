/** How the published feeds name themselves. */
export interface SiteSettings {
  readonly title: string;
  /** The public base of every link, without a trailing slash. */
  readonly url: string;
  readonly language: string;
}

/** Who may ask the server, and how often. */
export interface ServerSettings {
  readonly adminToken?: string;
  /** Passwords by the names of those who may read; nobody named: everybody may. */
  readonly readers: Readonly<Record<string, string>>;
  /** How many requests a client may make in a time; absent: any number. */
  readonly rateLimit?: { readonly requests: number; readonly perMs: number };
  /** Whose `X-Forwarded-For` is believed when a client is counted or logged: everybody's, nobody's, these blocks'. */
  readonly trustProxy: boolean | readonly string[];
}

/** What a served feed holds. */
export interface PublishSettings {
  /** The least number of entries, where that many exist. */
  readonly entries: number;
  /** What arrived within this time is held, even when that is more than `entries`. */
  readonly hours: number;
  readonly maxEntries: number;
  readonly content: 'full' | 'summary' | 'none';
  /** An entry's content is cut after this many bytes, at an element's end. */
  readonly maxContentBytes: number;
  /** Whether teasers for paid products appear in merged and topic feeds. */
  readonly promo: boolean;
  /** Where an entry's title names its source, for readers that hide the author. */
  readonly sourceInTitle: 'none' | 'prefix' | 'suffix';
}

/** Which rules make title keys: 2 also knows Taiwan's and the mainland's names for one thing. */
export type KeyVersion = 1 | 2;

export interface DedupeSettings {
  readonly keyVersion: KeyVersion;
  /** Reports of one title merge within this time of the story's first report, its edge included. */
  readonly windowMs: number;
  /** The least weighted length of a title key that merges. */
  readonly minKeyLength: number;
}

export interface FetchSettings {
  readonly userAgent: string;
  readonly timeoutMs: number;
  /** Of the decompressed body. */
  readonly maxBytes: number;
  readonly concurrency: number;
  /** Connections at once to one host and port. */
  readonly perHost: number;
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  /** CIDRs outside global unicast that sources may reach. */
  readonly allow: readonly string[];
}

export interface RetainSettings {
  /** Days after an item was last listed in its source's document. */
  readonly days: number;
  readonly items: number;
}

/** Chinese script: Simplified or Traditional characters. */
export type Script = 'hans' | 'hant';

/** What a reader may ask of a feed beside its path. */
export interface FeedParameters {
  readonly limit?: number | undefined;
  /** A story of any of these topics. */
  readonly topics?: readonly string[] | undefined;
  /** A story that any of these sources reported. */
  readonly sources?: readonly string[] | undefined;
  /** No story that any of these sources reported. */
  readonly exceptSources?: readonly string[] | undefined;
  /** Literal terms that all have to be there, in the title or the text, as folded text. */
  readonly q?: string | undefined;
  /** Literal terms none of which may be there. */
  readonly exclude?: string | undefined;
  readonly content?: 'full' | 'summary' | 'none' | undefined;
  readonly script?: Script | undefined;
}

/** A feed of a configured query. */
export interface SavedFeed {
  readonly id: string;
  readonly title: string;
  readonly parameters: FeedParameters;
}
