import type { Logger } from 'pino';
import type { Item, ParsedFeed } from '../model/feed.ts';
import { FeedParseError } from '../model/errors.ts';
import type { PollOutcome, Source, SourceState } from '../model/source.ts';
import type { Fetch } from '../fetch/fetch.ts';
import { failed, type FetchOutcome } from '../fetch/outcome.ts';
import { parseFeed } from '../normalize/parse-feed.ts';
import type { Store } from '../store/store.ts';
import { sanitizerVersion } from '../text/html/sanitize.ts';
import { ingest, type IngestRules } from './ingest.ts';

/** What a refresh needs from outside: the network, the store, the time, and the rules. */
export interface RefreshTools {
  readonly fetch: Fetch;
  readonly store: Store;
  readonly now: () => Date;
  readonly log: Logger;
  readonly rules: IngestRules;
  /** Which of a source's items are wanted (`keep` and `drop`). */
  readonly isWanted: (source: Source, item: Item) => boolean;
  readonly nextPoll: (source: Source, state: SourceState, outcome: PollOutcome) => NextPoll;
}

export interface NextPoll {
  readonly at: Date;
  /** For people: `every 10m`, `Retry-After`, … */
  readonly because: string;
}

/**
 * The way of one source's document: fetched, parsed, identified, classified and saved, all that it changed in
 * one commit together with the validators it came with and the time of the next poll. The caller holds the
 * claim on the source; saving gives it back.
 */
export async function refresh(
  source: Source,
  before: SourceState,
  tools: RefreshTools,
): Promise<PollOutcome> {
  const { store, log, now } = tools;
  const startedAt = now();
  const readAs = readingOf(source);
  const fetched = await tools.fetch(source, before.readAs === readAs ? before : {});
  const { outcome, parsed } = read(source, fetched, startedAt, tools.isWanted);

  const result = await store.write(async (transaction) => {
    const taken = parsed && (await ingest(transaction, source, before, parsed, now(), tools.rules));
    const shown = summaryOf(outcome, parsed, taken?.added);
    const state: SourceState = {
      ...stateAfter(before, outcome, shown, { readAs, at: now() }),
      ...(parsed &&
        taken && { feed: parsed.feed, idsUseful: taken.idsUseful, documents: before.documents + 1 }),
    };
    const next = tools.nextPoll(source, state, shown);
    await transaction.saveSource(source.id, { ...state, nextPollBecause: next.because }, next.at);
    return shown;
  });
  logRefresh(log, source, result, now().getTime() - startedAt.getTime());
  return result;
}

/** What the document says, or that it cannot be read: one more way for a poll to fail. */
function read(
  source: Source,
  outcome: FetchOutcome,
  fetchedAt: Date,
  isWanted: RefreshTools['isWanted'],
): { outcome: FetchOutcome; parsed?: ParsedFeed } {
  if (outcome.kind !== 'fetched') return { outcome };
  try {
    const { format, timezone, language, columns } = source;
    const parsed = parseFeed(outcome.bytes, {
      url: outcome.url,
      headers: outcome.headers,
      format,
      timezone,
      language,
      columns,
      fetchedAt,
    });
    return { outcome, parsed: { ...parsed, items: parsed.items.filter((item) => isWanted(source, item)) } };
  } catch (error) {
    if (!(error instanceof FeedParseError)) throw error;
    return { outcome: failed(error.code, error.message, outcome.status) };
  }
}

/** Grows when the same bytes give other items, so that unchanged documents are read once more. */
const readingVersion = 1;

/** The same bytes read in another way are a new document. */
function readingOf({ format, timezone, language, columns, keep, drop, explode }: Source): string {
  return JSON.stringify([
    readingVersion,
    sanitizerVersion,
    format,
    timezone,
    language,
    columns,
    keep,
    drop,
    explode,
  ]);
}

function summaryOf(
  outcome: FetchOutcome,
  parsed: ParsedFeed | undefined,
  added: number | undefined,
): PollOutcome {
  return {
    kind: outcome.kind,
    ...(outcome.status !== undefined && { status: outcome.status }),
    ...(outcome.kind === 'failed' && { error: outcome.error }),
    ...(outcome.kind === 'failed' &&
      outcome.retryAfterMs !== undefined && { retryAfterMs: outcome.retryAfterMs }),
    ...(outcome.kind === 'fetched' && { bytes: outcome.bytes.length }),
    ...(parsed && { items: parsed.items.length, warnings: parsed.warnings.length }),
    ...(added !== undefined && { new: added }),
  };
}

function stateAfter(
  before: SourceState,
  outcome: FetchOutcome,
  lastOutcome: PollOutcome,
  { readAs, at }: { readAs: string; at: Date },
): SourceState {
  const time = at.toISOString();
  const polled = { ...before, lastPollAt: time, lastOutcome };
  if (outcome.kind === 'failed' || outcome.kind === 'gone')
    return { ...polled, failures: before.failures + 1 };
  return {
    ...polled,
    failures: 0,
    readAs,
    firstSuccessAt: before.firstSuccessAt ?? time,
    lastSuccessAt: time,
    ...(outcome.validators && { validators: outcome.validators }),
    ...(outcome.bodyHash !== undefined && { bodyHash: outcome.bodyHash }),
  };
}

function logRefresh(
  log: Logger,
  source: Source,
  { kind, status, items, new: added, error }: PollOutcome,
  ms: number,
): void {
  const line = { source: source.id, status: status ?? kind, items, new: added, ms };
  if (error) log.warn({ ...line, code: error.code }, error.message);
  else log.info(line, `source ${kind}`);
}
