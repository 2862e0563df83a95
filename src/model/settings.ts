/** How the published feeds name themselves. */
export interface SiteSettings {
  readonly title: string;
  /** The public base of every link, without a trailing slash. */
  readonly url: string;
  readonly language: string;
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
}

export interface DedupeSettings {
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
