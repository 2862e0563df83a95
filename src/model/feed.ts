/**
 * The canonical schema: what every source format is turned into, and what `parseFeed` returns.
 *
 * What always holds: a key that is not known is absent, never null or empty; every URL is absolute;
 * every time is a {@link Timestamp}; `summary` and `content` are HTML, all other texts are plain.
 */

/** An instant as RFC 3339 text in UTC, with no fraction when it is zero: `2026-01-05T21:45:00Z`. */
export type Timestamp = string;

export interface Person {
  readonly name?: string;
  readonly email?: string;
  readonly url?: string;
  /** What a byline calls the person: 文, 编辑, 整理 … */
  readonly role?: string;
}

export interface Category {
  readonly term: string;
  readonly scheme?: string;
  readonly label?: string;
}

export interface Enclosure {
  readonly url: string;
  readonly type?: string;
  /** Size in bytes. */
  readonly length?: number;
}

/** What may be done with a text: in the author's words, and under which license. */
export interface Licensed {
  /** Plain text; the license's name or URL where nothing else is said. */
  readonly rights?: string;
  /** The license's URL where `rights` is something else. It is published, and no part of what `parseFeed` returns. */
  readonly license?: string;
}

/** The feed an item was taken from (atom:source, RSS `<source>`), or a document's trailing attribution. */
export interface ItemSource extends Licensed {
  readonly id?: string;
  readonly title?: string;
  readonly url?: string;
  readonly homepage?: string;
  readonly updated?: Timestamp;
  readonly authors?: readonly Person[];
  readonly contributors?: readonly Person[];
  readonly categories?: readonly Category[];
  readonly image?: string;
  readonly icon?: string;
  readonly description?: string;
  readonly generator?: string;
}

/** A digest's sub-item. */
export interface Part {
  readonly title: string;
  readonly url?: string;
  readonly content?: string;
  readonly section?: string;
}

export interface Item extends Licensed {
  /** As the source gave it: guid, atom:id, JSON id. */
  readonly id?: string;
  readonly title?: string;
  readonly url?: string;
  readonly summary?: string;
  readonly content?: string;
  readonly published?: Timestamp;
  readonly updated?: Timestamp;
  readonly authors?: readonly Person[];
  readonly contributors?: readonly Person[];
  readonly categories?: readonly Category[];
  readonly enclosures?: readonly Enclosure[];
  readonly image?: string;
  readonly language?: string;
  readonly commentsUrl?: string;
  readonly source?: ItemSource;
  /** The recurring column an item stands in: 研选, 盘中宝, 36氪首发 … */
  readonly column?: string;
  /** The dateline's agency (财联社), else the trailing attribution. */
  readonly agency?: string;
  /** A time that is good for sorting only and is never published. */
  readonly orderHint?: Timestamp;
  /** A teaser for a paid product. */
  readonly promo?: boolean;
  readonly parts?: readonly Part[];
}

export interface FeedInfo extends Licensed {
  readonly format: FeedFormat;
  readonly encoding: string;
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly selfUrl?: string;
  readonly hubUrl?: string;
  readonly language?: string;
  readonly published?: Timestamp;
  readonly updated?: Timestamp;
  readonly authors?: readonly Person[];
  readonly contributors?: readonly Person[];
  readonly categories?: readonly Category[];
  readonly generator?: string;
  readonly image?: string;
  readonly icon?: string;
  readonly logo?: string;
  readonly ttlMinutes?: number;
}

/** Something that was repaired, cut or left out while reading; the items that are there are sound. */
export interface Warning {
  /** Stable, lower case with hyphens: `replacement-character`. */
  readonly code: string;
  readonly message: string;
  /** 1-based line of the document. */
  readonly line?: number;
}

export interface ParsedFeed {
  readonly feed: FeedInfo;
  readonly items: readonly Item[];
  readonly warnings: readonly Warning[];
}

/** When a feed says that it changes, and when not: hints for the next poll. */
export interface Rhythm {
  /** It changes at this time and each `periodMinutes` before and after. */
  readonly base?: Timestamp;
  readonly periodMinutes?: number;
  /** Hours of GMT without news, 0 to 23. */
  readonly skipHours?: readonly number[];
  /** Days of GMT without news, 0 (Sunday) to 6. */
  readonly skipDays?: readonly number[];
}

/** A parsed feed with what is for the program itself and no part of the canonical schema. */
export interface ReadFeed extends ParsedFeed {
  readonly rhythm?: Rhythm;
}

/** The formats a document can turn out to be. */
export type FeedFormat =
  | 'rss-0.90'
  | 'rss-0.91'
  | 'rss-0.92'
  | 'rss-0.93'
  | 'rss-0.94'
  | 'rss-2.0'
  | 'rdf-1.0'
  | 'atom-0.3'
  | 'atom-1.0'
  | 'json-feed-1'
  | 'json-feed-1.1'
  | 'cdf'
  | DocumentFormat;

/** The formats that cannot be told from the bytes and have to be named. */
export type DocumentFormat = 'markdown-digest' | 'tag-page' | 'stripped-rss' | 'telegraph';

/** What `format` in a source's configuration may be. */
export const sourceFormats = ['auto', 'markdown-digest', 'tag-page', 'stripped-rss', 'telegraph'] as const;

export type SourceFormat = (typeof sourceFormats)[number];
