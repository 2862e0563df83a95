import type { FeedInfo, Item, Timestamp } from '../model/feed.ts';
import type { Match } from '../model/story.ts';

/** What a feed shows as one entry: a canonical item, and who else reported the same story. */
export interface Entry extends Item {
  /** All reports of its story, where there are several. */
  readonly reports?: readonly EntryReport[];
  /** The ids of the sources that report it; published only as {@link reports}. */
  readonly reportedBy?: readonly string[];
  /** The feed that its source's items have here, without the format's ending. */
  readonly sourceFeedUrl?: string;
  /** SHA-256 of its title key: the same for all reports of one title, here and elsewhere. */
  readonly titleHash?: string;
}

/** One report of a story, as it is told in every output. */
export interface EntryReport {
  /** The id of the source. */
  readonly source: string;
  readonly sourceTitle: string;
  readonly entryId: string;
  readonly url: string;
  readonly time: Timestamp;
  readonly matched: Match;
}

/** A feed without its entries. */
export interface FeedHead extends Partial<Omit<FeedInfo, 'format' | 'encoding'>> {
  readonly links?: readonly FeedLink[];
  /** Whether the document is an archive that does not change (RFC 5005, 4). */
  readonly isArchive?: boolean;
  /** Entries that were taken down (RFC 6721). */
  readonly tombstones?: readonly { readonly id: string; readonly at: Date }[];
}

export interface FeedLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
}

/** Elements and members of ours in other formats: reports and how they matched. */
export const namespace = 'urn:tributary:1';
