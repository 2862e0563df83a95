import type { Holds } from '../model/hold.ts';
import type { Source, SourceRecord, SourceState } from '../model/source.ts';
import type { Match, SortKey, StoredItem, Story } from '../model/story.ts';

/**
 * What tributary remembers. Reading never waits for a writer; everything that a poll changes is written in
 * one transaction, so that a crash leaves either all of it or nothing. Engines: sqlite/.
 *
 * @throws StoreError from every method, where the store cannot be used (full disk, locked, damaged).
 */
export interface Store {
  /** Made once, at first start: the namespace of ids and the authority that was in force then. */
  readonly founding: Founding;

  /** Runs `work` in one transaction, alone; what it throws undoes everything it did. */
  write<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;

  /** Makes the sources known; what is stored of them and of others stays. */
  registerSources(sources: readonly Registration[]): Promise<void>;
  /**
   * Which of the sources are due and unclaimed, the longest waiting first, those that were never polled in no
   * order, lest names decide. Where the clock was put back, what
   * was polled by the old one is due.
   */
  dueSources(among: readonly string[], now: Date): Promise<readonly DueSource[]>;
  /**
   * Takes the source for this owner until `until`, unless another holds it or, if `dueAt`, it is not due. From then
   * on nobody else can take it; that it is taken is seen by readers a moment later.
   */
  claim(source: string, lease: Lease, dueAt?: Date): Promise<SourceState | undefined>;
  /** Holds the owner's claims on the sources until `until`. */
  renewLeases(sources: readonly string[], lease: Omit<Lease, 'now'>): Promise<void>;
  source(id: string): Promise<SourceRecord | undefined>;
  sources(): Promise<readonly SourceRecord[]>;

  /** Hosts and URLs that asked to be left alone, and until when. */
  heldHosts(now: Date): Promise<Holds>;
  /** Newest first. */
  incidents(limit: number): Promise<readonly Incident[]>;
  keptDocuments(source: string): Promise<readonly KeptDocument[]>;

  /** Grows with each visible change, and with nothing else. */
  revision(): Promise<number>;
  /** What changed after a revision, for those who render. */
  changesSince(revision: number): Promise<Changes>;
  /** What a feed holds, in order, without the texts. */
  feedMembers(query: FeedQuery): Promise<readonly Member[]>;
  /** The feed's members that last changed after one revision, up to and with another, in that order. */
  membersBetween(
    query: FeedQuery,
    after: number,
    through: number,
    limit: number,
  ): Promise<readonly ArchivedMember[]>;
  /** All archives, or those of one feed, by feed and number. */
  archives(feed?: string): Promise<readonly Archive[]>;
  /** Adds those of the archives whose numbers their feeds do not have yet. */
  addArchives(archives: readonly Archive[]): Promise<void>;
  /** Forgets archives, and what was remembered of their documents. */
  dropArchives(archives: readonly Archive[]): Promise<void>;
  /** What was taken down, newest first: of a feed of stories, of one topic or of one source. */
  tombstones(of: TombstoneQuery): Promise<readonly Tombstone[]>;
  /** Removes an item for good: its text is gone, its id stays as a tombstone, and it is never taken in again. */
  takeDown(entryId: string, now: Date): Promise<boolean>;
  stories(keys: readonly number[]): Promise<readonly Story[]>;
  items(keys: readonly number[]): Promise<readonly StoredItem[]>;
  /** Items in the order they came, after a key. */
  itemsAfter(key: number, limit: number): Promise<readonly StoredItem[]>;
  itemByApiId(apiId: string): Promise<StoredItem | undefined>;
  itemByEntryId(entryId: string): Promise<StoredItem | undefined>;
  itemsByTitle(titleKey: string): Promise<readonly StoredItem[]>;
  /** Items whose title keys begin so, in the keys' order. */
  itemsByBeginning(beginning: string, limit: number): Promise<readonly StoredItem[]>;
  /** Those of the title keys that are another story each day. */
  recurringTitles(titleKeys: readonly string[]): Promise<ReadonlySet<string>>;
  itemsByUrl(urlKey: string): Promise<readonly StoredItem[]>;
  listItems(query: ItemQuery): Promise<readonly StoredItem[]>;
  /** Items and removals with a higher revision, in its order; those of private sources for who runs the program. */
  listChanges(
    since: number,
    limit: number,
    withPrivate?: boolean,
  ): Promise<readonly (StoredItem | Removal)[]>;
  /** Newest first. */
  listStories(query: StoryQuery): Promise<readonly Story[]>;
  counts(): Promise<Counts>;

  /** What each feed was when it last changed, by the feed's path. */
  feedStates(): Promise<ReadonlyMap<string, FeedState>>;
  saveFeedStates(states: ReadonlyMap<string, FeedState>): Promise<void>;

  /** Removes items that were last listed before `before`, and the oldest beyond `maxItems`; how many went. */
  retain(rule: { readonly before: Date; readonly maxItems: number; readonly now: Date }): Promise<number>;

  /** A text that the program left itself, as which rules its items were decided by. */
  note(name: string): Promise<string | undefined>;
  setNote(name: string, value: string): Promise<void>;

  /** Why nothing can be written at the moment, as a sentence; undefined where the last write succeeded. */
  trouble(): string | undefined;

  close(): Promise<void>;
}

/** The writing half: what a poll does to the store. */
export interface Transaction {
  /** Those of the source's items that have one of the item keys or URL keys. */
  knownItems(
    source: string,
    itemKeys: readonly string[],
    urlKeys: readonly string[],
  ): Promise<readonly KnownItem[]>;
  /**
   * Which of the URL keys several of the source's items have or had, so that they are evidence of nothing.
   */
  sharedUrls(source: string, urlKeys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * All reports of the stories that could take one with one of these title or URL keys, first ones first.
   * Those of private sources are left out, here and in {@link reportsOf}.
   */
  mergeCandidates(titles: readonly TitleProbe[], urlKeys: readonly string[]): Promise<readonly ReportRow[]>;
  /** All reports of the stories, first ones first. */
  reportsOf(stories: readonly number[]): Promise<readonly ReportRow[]>;
  /** Public reports that have one of the entry ids, by them. */
  reportsNamed(entryIds: readonly string[]): Promise<ReadonlyMap<string, ReportRow>>;
  /** The key of the last item that others can see: what has a higher one came since the last commit. */
  lastSeen(): Promise<number>;
  /** Puts new items, each of which has begun a story, in the place of those that began others; see there. */
  foundStories(foundings: readonly Founder[]): Promise<void>;
  /** The stories that bear these ids. */
  storiesNamed(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Moves reports between stories, because a person says so; a story without reports is gone, with a tombstone. */
  moveReports(moves: readonly ReportMove[], now: Date): Promise<void>;
  /** The source's items that have one of the title keys. */
  itemsTitled(source: string, titleKeys: readonly string[]): Promise<readonly KnownItem[]>;
  /** Items of the source that were removed and must not come back as new, by their item keys or URL keys. */
  removedItems(
    source: string,
    itemKeys: readonly string[],
    urlKeys: readonly string[],
  ): Promise<readonly RemovedItem[]>;
  /** Whether an item of the source waits for its turn, or the `updated` of one for its hour. */
  hasWaiting(source: string): Promise<boolean>;
  /** Items of the source that wait for their turn, by their item keys or URL keys. */
  delayedItems(
    source: string,
    itemKeys: readonly string[],
    urlKeys: readonly string[],
  ): Promise<readonly DelayedItem[]>;
  /** Those that have waited the longest. */
  firstDelayed(source: string, limit: number): Promise<readonly DelayedItem[]>;
  /** Lets items wait for their turn, behind those that wait; what waits already keeps its place. */
  delayItems(source: string, items: readonly Omit<DelayedItem, 'key'>[]): Promise<void>;
  /** Takes items off those that wait. */
  releaseDelayed(keys: readonly number[]): Promise<void>;
  /** Items of the source whose `updated` moved before `movedBefore` and is to move on now. */
  itemsToMove(source: string, movedBefore: Date): Promise<readonly ItemToMove[]>;
  /** Moves the `updated` of items, and of nothing else. */
  moveUpdated(items: readonly ItemToMove[], now: Date): Promise<void>;
  /** Which of the entry ids are or were in use, and the source that has each. */
  entryIdOwners(entryIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  recurringKeys(titleKeys: readonly string[]): Promise<ReadonlySet<string>>;
  markRecurring(titleKeys: readonly string[]): Promise<void>;
  /** Stores new items, and a story for each that begins one; gives their keys. */
  insertItems(items: readonly NewItem[]): Promise<readonly number[]>;
  updateItems(edits: readonly ItemEdit[]): Promise<void>;
  /** Gives items the keys that other rules make of their titles; what nobody can see is no change. */
  rekeyItems(keyings: readonly ItemKeying[]): Promise<void>;
  /** Gives items other topics. */
  retopicItems(items: readonly Pick<ItemEdit, 'key' | 'topics'>[]): Promise<void>;
  updateStories(changes: readonly StoryChange[]): Promise<void>;
  /** Notes that the source's document with this number still held its items at a time. */
  keepListed(source: string, document: number, at: Date): Promise<void>;
  /** Notes that the items were in the source's document with this number. */
  markListed(items: readonly number[], document: number, now: Date): Promise<void>;
  /** Opens an incident of the source, closes it, or leaves it as it is; one of a source is open at a time. */
  setIncident(source: string, incident: OpenIncident | undefined, now: Date): Promise<void>;
  /** Keeps a document that was not published, for people to look at; the last few of each source, equal ones once. */
  keepDocument(source: string, document: KeptDocument): Promise<void>;
  /** Polls no source of this host, or of this very URL, before `until`. */
  holdHost(host: string, until: Date): Promise<void>;
  /** Saves what is remembered of the source and gives back the claim on it. */
  saveSource(id: string, state: SourceState, nextPollAt: Date): Promise<void>;
}

export interface Founding {
  /** A UUID. */
  readonly installId: string;
  readonly authority?: string;
  readonly at: Date;
}

/** A private source's items are stored and published nowhere. */
export type Registration = Pick<Source, 'id' | 'title' | 'private'>;

/** A time in which a source was not as it should be. */
export interface Incident extends OpenIncident {
  readonly key: number;
  readonly source: string;
  readonly openedAt: Date;
  readonly closedAt?: Date;
}

export interface OpenIncident {
  /** unreachable, blocked, gone, drifted, breach */
  readonly kind: string;
  readonly cause: string;
}

export interface KeptDocument {
  readonly at: Date;
  readonly cause: string;
  readonly bytes: Uint8Array;
}

export interface DueSource {
  readonly id: string;
  /** Whether its last poll did not fail. */
  readonly isSound: boolean;
}

export interface Lease {
  readonly owner: string;
  readonly now: Date;
  readonly until: Date;
}

/** How to find the reports of one title: by its key, and by its beginning for titles that were cut. */
export interface TitleProbe {
  readonly titleKey: string;
  readonly titleHash?: string;
  readonly cut: boolean;
}

/** An item that a document lists again. */
export interface KnownItem {
  readonly key: number;
  readonly itemKey: string;
  /** The key that it was known by when it was first seen. */
  readonly firstKey: string;
  readonly urlKey?: string;
  readonly titleKey: string;
  readonly titleHash?: string;
  readonly story: number;
  readonly firstSeen: Date;
  readonly published?: Date;
  readonly updated: Date;
  /** When `updated` moved last; absent: never since the item was first seen. */
  readonly movedAt?: Date;
  /** Where `updated` is to move when it may again. */
  readonly nextUpdated?: Date;
  readonly visibility: Visibility;
  /** The canonical item as JSON: equal text is an unchanged item. */
  readonly itemJson: string;
}

/** A report of a story, as merging needs it. */
export interface ReportRow {
  readonly key: number;
  readonly story: number;
  readonly source: string;
  readonly titleKey: string;
  /** Absent where another item of its source has the same. */
  readonly urlKey?: string;
  readonly cut: boolean;
  readonly damaged: boolean;
  readonly firstSeen: Date;
  readonly published?: Date;
  readonly topics: readonly string[];
  readonly visibility: Visibility;
  /** The source's place in the configuration when the item was first seen. */
  readonly rank: number;
  readonly linked: boolean;
  /** Characters of the stored item: the more, the more there is to read. */
  readonly size: number;
}

/**
 * An item that becomes the first report of a story: it takes the reports of one that nobody can have seen, and
 * that story is gone. The item that began that one came to it as `matched` says.
 */
export interface Founder {
  readonly story: number;
  readonly by: number;
  readonly matched: Match;
}

/** Reports that go into another story. */
export interface ReportMove {
  readonly items: readonly number[];
  /** Absent: the story that bears the first item's entry id, or one that it begins under it. */
  readonly story?: number;
}

/** An item that waits for its turn, since too many came at once. */
export interface DelayedItem {
  readonly key: number;
  readonly itemKey: string;
  readonly urlKey?: string;
  readonly titleHash?: string;
  /** What the pipeline needs to take it in, as JSON. */
  readonly entryJson: string;
}

/** An item whose `updated` is to move. */
export interface ItemToMove {
  readonly key: number;
  readonly story: number;
  readonly updated: Date;
}

export interface RemovedItem {
  readonly itemKey: string;
  readonly firstKey: string;
  readonly urlKey?: string;
  readonly titleHash?: string;
  readonly entryId: string;
  readonly firstSeen: Date;
  readonly published?: Date;
  /** Absent where it was removed by a version that did not keep it. */
  readonly updated?: Date;
  /** Removed on purpose: it must not come back at all. */
  readonly takenDown: boolean;
}

/** How an item appears in merged and topic feeds. */
export type Visibility = 'shown' | 'promo' | 'hidden';

export interface NewItem {
  readonly source: string;
  readonly itemKey: string;
  /** Absent: it is first known by its item key. */
  readonly firstKey?: string;
  readonly entryId: string;
  readonly apiId: string;
  readonly titleKey: string;
  /** The version of the rules that made the key. */
  readonly keyVersion: number;
  readonly titleHash?: string;
  readonly urlKey?: string;
  readonly cut: boolean;
  readonly damaged: boolean;
  readonly topics: readonly string[];
  readonly firstSeen: Date;
  readonly published?: Date;
  readonly updated: Date;
  readonly sort: SortKey;
  /** Never after it was first seen. */
  readonly arrived: Date;
  readonly visibility: Visibility;
  /** Absent: it begins a story. */
  readonly story?: number;
  readonly matched: Match;
  /** The number of the source's document it was listed in. */
  readonly document: number;
  readonly listedAt: Date;
  readonly itemJson: string;
}

/** What is stored of an item's title. */
export interface ItemKeying {
  readonly key: number;
  readonly titleKey: string;
  readonly keyVersion: number;
  readonly titleHash?: string;
  readonly cut: boolean;
  readonly damaged: boolean;
}

export interface ItemEdit extends ItemKeying {
  readonly itemKey: string;
  readonly itemJson: string;
  readonly urlKey?: string;
  readonly topics: readonly string[];
  readonly updated: Date;
  readonly movedAt?: Date;
  readonly nextUpdated?: Date;
}

/** A change of a story as a whole; what is absent stays. */
export interface StoryChange {
  readonly key: number;
  readonly lead?: number;
  readonly topics: readonly string[];
  /** Never moves back. */
  readonly updated?: Date;
  readonly visibility?: Visibility;
}

export interface Changes {
  readonly revision: number;
  readonly stories: readonly { readonly key: number; readonly topics: readonly string[] }[];
  /** Sources with items that were added, changed or removed. */
  readonly sources: readonly string[];
  /** Whether anything was removed, so that every feed may have lost an entry. */
  readonly removals: boolean;
  /** Whether an incident was opened or closed. */
  readonly incidents: boolean;
}

/** The feeds: all stories, one topic's, or one source's own items. */
export type FeedQuery = {
  /** Stories that arrived since are all wanted, */
  readonly since: Date;
  /** at least this many, where there are, */
  readonly least: number;
  /** and at most this many. */
  readonly most: number;
  readonly promo: boolean;
  /** What changed after this revision is wanted too, the `most` that did so first. */
  readonly unsealed?: { readonly after: number; readonly most: number };
  /** Of each of these lists, any topic. */
  readonly topics?: readonly (readonly string[])[];
  /** Of each of these lists, a report of any source. */
  readonly sources?: readonly (readonly string[])[];
  /** No report of any of these sources. */
  readonly exceptSources?: readonly string[];
} & ({ readonly kind: 'stories' } | { readonly kind: 'items'; readonly source: string });

export interface Member {
  readonly key: number;
  readonly revision: number;
  readonly arrived: Date;
  /** By when it arrived or by its place, and not only because it is in no archive yet. */
  readonly isHeld: boolean;
}

export interface ArchivedMember extends Pick<Member, 'key' | 'revision'> {
  /** The size of what is stored of it. */
  readonly bytes: number;
}

/**
 * A document for what left a feed (RFC 5005): it holds the members that last changed after the archive before
 * it ends.
 */
export interface Archive {
  /** The feed's path. */
  readonly feed: string;
  /** From 1. */
  readonly number: number;
  /** The revision at which it ends. */
  readonly through: number;
}

/** An entry that was taken down (RFC 6721). */
export interface Tombstone {
  readonly id: string;
  readonly at: Date;
}

/** All that were taken down after one revision, up to and with another, and at least the newest so many. */
export type TombstoneQuery = {
  readonly after: number;
  readonly through: number;
  readonly least: number;
} & (
  { readonly kind: 'story'; readonly topic?: string } | { readonly kind: 'item'; readonly source: string }
);

/** A place in a list, to go on from. */
export interface Cursor {
  readonly sort: SortKey;
  readonly key: number;
}

export interface ItemFilter {
  /** Of any of these topics. */
  readonly topics?: readonly string[];
  /** Of any of these sources. */
  readonly sources?: readonly string[];
  /** Whether private sources' items are there too: for those who run the program. */
  readonly withPrivate?: boolean;
}

export interface ItemQuery extends ItemFilter {
  readonly limit: number;
  readonly after?: Cursor;
}

export interface StoryQuery {
  readonly limit: number;
  /** Of any of these topics. */
  readonly topics?: readonly string[];
  readonly after?: Cursor;
  readonly promo: boolean;
}

export interface Removal {
  readonly entryId: string;
  /** Absent where the source is no longer told of. */
  readonly source?: string;
  readonly deleted: true;
  readonly revision: number;
}

export interface Counts {
  readonly items: number;
  readonly stories: number;
  readonly bySource: ReadonlyMap<string, number>;
  readonly byTopic: ReadonlyMap<string, number>;
}

/** What a served feed was when its bytes last changed. */
export interface FeedState {
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly revision: number;
  readonly changedAt: Date;
}
