import type { Logger } from 'pino';
import type { Item, ParsedFeed } from '../model/feed.ts';
import { FeedParseError } from '../model/errors.ts';
import type { PollOutcome, Seen, Source, SourceState } from '../model/source.ts';
import type { Fetch } from '../fetch/fetch.ts';
import { printableUrl } from '../fetch/printable-url.ts';
import { failed, type FetchOutcome, type LastFetch } from '../fetch/outcome.ts';
import type { Store } from '../store/store.ts';
import { sanitizerVersion } from '../text/html/sanitize.ts';
import { isBelieved, nextDrift } from './drift.ts';
import { isStale, judge, wasWell, withNews } from './health.ts';
import { holdBack } from './hold-back.ts';
import type { IngestRules } from './ingest-rules.ts';
import { ingest, ingestWaiting } from './ingest.ts';
import type { ListedFeed } from './list-document.ts';
import { currentUrl } from './moved.ts';
import type { Parser } from './parse-aside.ts';
import { isOwnOutput } from './own-output.ts';
import { traced } from './trace.ts';

/** What a refresh needs from outside: the network, the store, the time, and the rules. */
export interface RefreshTools {
  readonly fetch: Fetch;
  readonly parse: Parser['parse'];
  readonly store: Store;
  readonly now: () => Date;
  readonly log: Logger;
  /** Told of every finished poll. */
  readonly onDone?: (source: Source, outcome: PollOutcome) => void;
  readonly rules: IngestRules;
  /** Where what is published here is found. */
  readonly siteUrl: string;
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
 * The way of one source's document: fetched, parsed, judged, identified, classified and saved, all that it
 * changed in one commit together with the validators it came with and the time of the next poll. The caller
 * holds the claim on the source; saving gives it back.
 */
export async function refresh(
  source: Source,
  before: SourceState,
  tools: RefreshTools,
): Promise<PollOutcome> {
  const { store, log, now } = tools;
  const wanted = ({ listed }: ListedFeed) => listed.filter(({ item }) => tools.isWanted(source, item));
  const startedAt = now();
  const readAs = readingOf(source);
  const fetched = await tools.fetch(source, lastFetch(source, before, readAs, startedAt));
  if (isStopped(fetched)) return giveBack(source, before, tools);
  const { outcome, parsed } =
    fetched.kind === 'fetched'
      ? await read(source, fetched, startedAt, tools)
      : { outcome: asBefore(fetched, before), parsed: undefined };
  const polled = summaryOf(outcome, parsed);
  const isUnreadable = outcome !== fetched;
  const isDelta = fetched.kind === 'fetched' && fetched.delta === true;
  const document = before.documents + (isDelta ? 0 : 1);
  const seen = seenIn(fetched, before, readAs);
  const verdict = judge(source, before, polled, { parsed, isUnreadable, isDelta, seen, now: startedAt });

  const result = await store.write(async (transaction) => {
    const time = now();
    const taken =
      parsed && verdict.isSound
        ? await ingest(transaction, source, before, wanted(parsed), { now: time, document }, tools.rules)
        : undefined;
    const mayWait = taken !== undefined || before.waits !== false;
    const { added } =
      taken ?? (mayWait ? await ingestWaiting(transaction, source, time, tools.rules) : { added: 0 });
    const shown: PollOutcome = { ...polled, ...((taken ?? added > 0) && { new: added }) };
    const at = time.toISOString();
    const state: SourceState = {
      ...before,
      ...verdict.state,
      lastPollAt: at,
      lastOutcome: shown,
      polls: traced(before.polls, shown, startedAt, time),
      waits: mayWait && (await transaction.hasWaiting(source.id)),
      ...(verdict.isSound && remembered(before, outcome, readAs, at)),
      ...(parsed && taken && { feed: parsed.feed, rhythm: parsed.rhythm }),
      ...(taken && { idsUseful: taken.idsUseful, documents: document }),
      ...(added > 0 && withNews(before, verdict.state, time)),
    };
    if (verdict.incident !== 'as it was' && !(verdict.incident === undefined && wasWell(before)))
      await transaction.setIncident(source.id, verdict.incident, time);
    if (fetched.kind === 'fetched' && !verdict.isSound) {
      const cause = verdict.state.statusCause ?? 'not published';
      const bytes = fetched.bytes.subarray(0, maxKeptBytes);
      await transaction.keepDocument(source.id, { at: time, cause, bytes });
    }
    const next = tools.nextPoll(source, state, shown);
    await holdBack(transaction, source, shown, fetched.from, { next: next.at, now: time });
    await transaction.saveSource(source.id, { ...state, nextPollBecause: next.because }, next.at);
    return shown;
  });
  tools.onDone?.(source, result);
  logRefresh(log, source, result, now().getTime() - startedAt.getTime());
  return result;
}

/** The program ends while a document is on its way: that is no failure of the source. */
const isStopped = (outcome: FetchOutcome): boolean =>
  outcome.kind === 'failed' && outcome.error.code === 'stopped';

/** Gives the claim back as it was taken, due when it was. */
async function giveBack(
  source: Source,
  before: SourceState,
  { store, now }: RefreshTools,
): Promise<PollOutcome> {
  const dueAt = (await store.source(source.id))?.nextPollAt ?? now();
  await store.write((transaction) => transaction.saveSource(source.id, before, dueAt));
  return { kind: 'unchanged' };
}

/** Where the document is now, and what it is recognised by; nothing, where it has to be read in another way. */
function lastFetch({ location }: Source, before: SourceState, readAs: string, now: Date): LastFetch {
  const where = location.kind === 'http' ? { movedTo: currentUrl(location.url, before, now) } : {};
  const { validators, bodyHash, drift } = before;
  if (drift?.seen) {
    // What is believed the next time has to be there to be read.
    const isAwaited = drift.seen.readAs !== readAs || isBelieved(nextDrift(before, drift, now), now);
    return isAwaited ? where : { ...where, ...drift.seen };
  }
  if (before.readAs !== readAs) return where;
  return {
    ...where,
    ...(bodyHash !== undefined && { bodyHash }),
    ...(validators && !isStale(before, now) && { validators }),
  };
}

/** A document that is unchanged is what it was, and may have been one that cannot be read. */
function asBefore(outcome: FetchOutcome, { drift }: SourceState): FetchOutcome {
  const isUnreadable = outcome.kind === 'unchanged' && drift?.seen && drift.error;
  return isUnreadable ? { ...outcome, kind: 'failed', error: drift.error } : outcome;
}

/** What the document says, or that it cannot be read: one more way for a poll to fail. */
async function read(
  source: Source,
  outcome: Extract<FetchOutcome, { kind: 'fetched' }>,
  fetchedAt: Date,
  { parse, store, siteUrl, rules }: RefreshTools,
): Promise<{ outcome: FetchOutcome; parsed?: ListedFeed }> {
  try {
    const { id, format, timezone, language, columns, topics } = source;
    const { url, headers, bytes } = outcome;
    const hints = { url, headers, format, timezone, language, columns, fetchedAt };
    const parsed = await parse(bytes, hints, {
      source: { id, topics },
      titles: { keyVersion: rules.dedupe.keyVersion, columns },
    });
    if (await isOwnOutput(parsed, siteUrl, store)) {
      throw new FeedParseError('own-output', `fetch: ${printableUrl(url)} is a feed of this very site`);
    }
    return { outcome, parsed };
  } catch (error) {
    if (!(error instanceof FeedParseError)) throw error;
    const { hints } = outcome;
    return { outcome: { ...failed(error.code, error.message, outcome.status), ...(hints && { hints }) } };
  }
}

/** What the document is recognised by that came, or that is there again. */
function seenIn(outcome: FetchOutcome, { drift }: SourceState, readAs: string): Seen | undefined {
  if (outcome.kind !== 'fetched' && outcome.kind !== 'unchanged') return undefined;
  const { validators, bodyHash } = { ...(outcome.kind === 'unchanged' && drift?.seen), ...outcome };
  return { readAs, ...(validators && { validators }), ...(bodyHash !== undefined && { bodyHash }) };
}

/** What is remembered of a document that was believed, so that it is not read again. */
function remembered(
  before: SourceState,
  outcome: FetchOutcome,
  readAs: string,
  at: string,
): Partial<SourceState> {
  if (outcome.kind !== 'fetched' && outcome.kind !== 'unchanged') return {};
  return {
    readAs,
    firstSuccessAt: before.firstSuccessAt ?? at,
    lastSuccessAt: at,
    ...(outcome.validators && { validators: outcome.validators }),
    ...(outcome.bodyHash !== undefined && { bodyHash: outcome.bodyHash }),
  };
}

/** Of a document that is not published, as much is kept as shows what is wrong. */
const maxKeptBytes = 262_144;

/** Grows when the same bytes give other items, so that unchanged documents are read once more. */
const readingVersion = 1;

/** What sources are read with, made once. */
const readings = new WeakMap<Source, string>();

/** The same bytes read in another way are a new document. */
function readingOf(source: Source): string {
  const known = readings.get(source);
  if (known !== undefined) return known;
  const { format, timezone, language, columns, keep, drop, explode } = source;
  const reading = JSON.stringify([
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
  readings.set(source, reading);
  return reading;
}

function summaryOf(outcome: FetchOutcome, parsed: ParsedFeed | undefined): PollOutcome {
  const { freshForMs = 0, retryAfterMs } = outcome.hints ?? {};
  return {
    kind: outcome.kind,
    ...(outcome.status !== undefined && { status: outcome.status }),
    ...(outcome.kind === 'failed' && { error: outcome.error }),
    ...(outcome.kind === 'fetched' && { bytes: outcome.bytes.length }),
    ...('movedPermanently' in outcome && { movedTo: outcome.movedPermanently }),
    ...(freshForMs > 0 && { freshForMs }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(parsed && { items: parsed.items.length, warnings: parsed.warnings.length }),
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
