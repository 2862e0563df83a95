import type { FeedFormat, FeedInfo, Rhythm, SourceFormat, Timestamp } from './feed.ts';

/** When a source is to be polled: a cron expression in the source's timezone, or a fixed interval. */
export type Schedule =
  | { readonly kind: 'cron'; readonly expression: string }
  | { readonly kind: 'interval'; readonly everyMs: number };

/** Where a source's document is read from. */
export type Location =
  | { readonly kind: 'http'; readonly url: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** The file's real path has to be one of these or below one of them. */
      readonly roots: readonly string[];
    };

/** What may merge a source's items with other sources' items. */
export type DedupeMode = 'title' | 'url' | 'none';

/** What a source promises about its documents; shares are 0…1 of the items. */
export interface Expectation {
  readonly minItems?: number;
  readonly timed?: number;
  readonly linked?: number;
}

/** One source as it is configured. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly location: Location;
  readonly format: SourceFormat;
  /** Absent: the program's default, which a feed's own hints may stretch further than an explicit one. */
  readonly schedule?: Schedule;
  readonly timezone: string;
  readonly language?: string;
  readonly enabled: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Its items are published nowhere. */
  readonly private: boolean;
  /** Topics that every item of this source gets. */
  readonly topics: readonly string[];
  readonly columns: readonly string[];
  readonly dedupe: DedupeMode;
  readonly keep: readonly string[];
  readonly drop: readonly string[];
  readonly explode: boolean;
  /** How much of its items may be published. */
  readonly republish: 'full' | 'summary' | 'title';
  readonly expect: Expectation;
  /** Place in the configuration, from 0: the last word where two reports are equally good. */
  readonly rank: number;
}

/** What a server gave to recognise an unchanged document by; opaque, sent back as received. */
export interface Validators {
  /** The URL that gave them: they mean nothing to another. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** How a source is, for those who run the program; docs/OPERATING.md tells what each means. */
export type SourceStatus = 'new' | 'healthy' | 'quiet' | 'unreachable' | 'blocked' | 'gone' | 'drifted';

/** What a document looked like, to tell when the next one looks like another thing. */
export interface DocumentShape {
  readonly at: Timestamp;
  readonly format: FeedFormat;
  readonly items: number;
  /** Share of the items that have a link, 0…1. */
  readonly linked: number;
  /** Share of the items that have a time, 0…1. */
  readonly timed?: number;
  readonly bytes: number;
}

/** Documents that are not what the source gave before, and are not published. */
export interface Drift {
  readonly since: Timestamp;
  /** How many in a row looked alike, which is what a redesigned site does. */
  readonly alike: number;
  /** What is wrong with the last of them, for people. */
  readonly cause: string;
  /** Format and number of items of the last of them; absent where it could not be read at all. */
  readonly shape?: Pick<DocumentShape, 'format' | 'items'>;
  /** Why it could not be read; absent where it could. */
  readonly error?: PollOutcome['error'];
  /** What the last of them is recognised by, so that it is not sent again and again. */
  readonly seen?: Seen;
}

/** A document as it was seen, whatever was thought of it. */
export interface Seen {
  readonly validators?: Validators;
  readonly bodyHash?: string;
  readonly readAs: string;
}

/** Where a server says the document is for good, and since when it has said so. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly since: Timestamp;
}

/** Digests of what decides how and when a source is asked: where another one is found, it was changed. */
export interface Configured {
  readonly location: string;
  readonly headers: string;
  readonly schedule: string;
}

/** What is remembered of a source between two polls; saved with the items it belongs to. */
export interface SourceState {
  readonly validators?: Validators;
  /** SHA-256 of the last document, hexadecimal. */
  readonly bodyHash?: string;
  /** What the last document was read with; another reading of the same bytes is a new document. */
  readonly readAs?: string;
  /** Counts the documents that differed from the one before. */
  readonly documents: number;
  /** Whether the source's own ids tell its items apart; decided when it is first read. */
  readonly idsUseful?: boolean;
  readonly firstSuccessAt?: Timestamp;
  readonly lastSuccessAt?: Timestamp;
  readonly lastPollAt?: Timestamp;
  readonly lastOutcome?: PollOutcome;
  /** The last polls, oldest first. */
  readonly polls?: readonly PollTrace[];
  /** Failures since the last success. */
  readonly failures: number;
  /** How many of them, the last ones, were of one kind: no answer, a refusal, or gone. */
  readonly failuresAlike?: number;
  readonly status: SourceStatus;
  readonly statusSince?: Timestamp;
  /** Why the status is what it is, for people. */
  readonly statusCause?: string | undefined;
  /** Whether an item waits for its turn, or an edit for its hour; absent: not known. */
  readonly waits?: boolean;
  /** When a document last held something new. */
  readonly lastNewAt?: Timestamp;
  /** Answers in a row that said nothing has changed. */
  readonly unchangedRun: number;
  /** The last documents, oldest first. */
  readonly history: readonly DocumentShape[];
  /** When it was last asked for without validators, for they had been right for longer than is usual. */
  readonly doubtedAt?: Timestamp | undefined;
  readonly drift?: Drift | undefined;
  readonly moved?: Moved | undefined;
  /** How it was configured when it was last looked at; absent for what an older version left. */
  readonly configured?: Configured;
  /** Why the next poll is when it is, for people. */
  readonly nextPollBecause?: string;
  /** What the document said of itself when it was last read. */
  readonly feed?: FeedInfo;
  readonly rhythm?: Rhythm | undefined;
}

/** How a poll ended, as it is shown. */
export interface PollOutcome {
  readonly kind: 'fetched' | 'unchanged' | 'gone' | 'failed';
  readonly status?: number;
  readonly items?: number;
  readonly new?: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly warnings?: number;
  readonly bytes?: number;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number;
  /** How long the server says that the document stays as it is. */
  readonly freshForMs?: number;
  /** Where the server says the document is for good. */
  readonly movedTo?: string;
}

/**
 * A poll that is over, short enough to be written again with each of the next ones: when it began (epoch
 * milliseconds), how it ended, how long it took; then status, bytes, items and new items, up to the last that
 * is known and not 0.
 */
export type PollTrace = readonly [at: number, kind: PollOutcome['kind'], ms: number, ...counts: number[]];

/** A source as the store knows it, which may be longer than it is configured. */
export interface SourceRecord {
  readonly id: string;
  readonly title: string;
  readonly private: boolean;
  readonly state: SourceState;
  readonly nextPollAt: Date;
}

/** A source that was never polled. */
export const untouched: SourceState = {
  documents: 0,
  failures: 0,
  status: 'new',
  unchangedRun: 0,
  history: [],
};

/** How a source is shown: what is not enabled is paused, whatever its polls led to. */
export function statusOf({ enabled }: Source, state: SourceState = untouched): SourceStatus | 'paused' {
  return enabled ? state.status : 'paused';
}
