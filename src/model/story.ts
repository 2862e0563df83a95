import type { Item } from './feed.ts';

/** An item as it is stored: the canonical item and what was decided about it, once, when it was first seen. */
export interface StoredItem {
  /** The store's own number. */
  readonly key: number;
  readonly source: string;
  /** What identifies the item within its source; see identify/item-key.ts. */
  readonly itemKey: string;
  /** The permanent `<id>` that readers see. */
  readonly entryId: string;
  /** The first 16 hexadecimal digits of the SHA-256 of `entryId`. */
  readonly apiId: string;
  readonly titleKey: string;
  /** SHA-256 of `titleKey`, hexadecimal; absent where there is no title. */
  readonly titleHash?: string;
  /** Its canonical URL, unless that is a site's root. */
  readonly urlKey?: string;
  readonly topics: readonly string[];
  readonly firstSeen: Date;
  /** The source's first published time, never in the future of `firstSeen`. */
  readonly published?: Date;
  readonly updated: Date;
  readonly sort: SortKey;
  /** When it counts as arrived: first seen, or its sort time for the items of a source's first poll. */
  readonly arrived: Date;
  /** Grows with each visible change; distinct for each change of the store. */
  readonly revision: number;
  /** The key of the story it belongs to. */
  readonly story: number;
  /** How it came into its story. */
  readonly matched: Match;
  readonly item: Item;
}

/** Why a report belongs to its story. */
export type Match = 'first' | 'title' | 'url' | 'cut-title' | 'override';

/** The order of items, newest first; decided when an item is first seen and never changed. */
export interface SortKey {
  /** Absent: the item ranks below everything that has a time. */
  readonly time?: Date;
  /** The source's place in the configuration. */
  readonly rank: number;
  /** The item's place in its document. */
  readonly position: number;
}

/** One entry of the merged and topic feeds: all reports of the same title. */
export interface Story {
  /** The store's own number. */
  readonly key: number;
  /** The first report's entry id; stays whatever joins or leaves. */
  readonly id: string;
  readonly published?: Date;
  readonly updated: Date;
  readonly firstSeen: Date;
  readonly sort: SortKey;
  readonly topics: readonly string[];
  readonly revision: number;
  /** What readers see and open. */
  readonly lead: StoredItem;
  /** All reports, the first one first. */
  readonly reports: readonly StoredItem[];
}
