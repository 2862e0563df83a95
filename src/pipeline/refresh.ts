import type { Logger } from 'pino';
import type { Item, ParsedFeed } from '../model/feed.ts';
import { FeedParseError } from '../model/errors.ts';
import type { PollOutcome, Source, SourceState } from '../model/source.ts';
import type { Fetch } from '../fetch/fetch.ts';
import { isPrivateHost } from '../fetch/guard/private-host.ts';
import { failed, type FetchOutcome, type LastFetch } from '../fetch/outcome.ts';
import type { Store, Transaction } from '../store/store.ts';
import { sanitizerVersion } from '../text/html/sanitize.ts';
import { currentUrl, isStale, judge } from './health.ts';
import { ingest, ingestWaiting, type IngestRules } from './ingest.ts';
import type { Parser } from './parse-aside.ts';

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
  const wanted = (parsed: ParsedFeed): ParsedFeed => ({
    ...parsed,
    items: parsed.items.filter((item) => tools.isWanted(source, item)),
  });
  const startedAt = now();
  const readAs = readingOf(source);
  const fetched = await tools.fetch(at(source, before, startedAt), lastFetch(before, readAs, startedAt));
  if (isStopped(fetched)) return giveBack(source, before, tools);
  const { outcome, parsed } = await read(source, fetched, startedAt, tools.parse);
  const polled = summaryOf(outcome, parsed, startedAt);
  const isUnreadable = fetched.kind === 'fetched' && !parsed;
  const isDelta = fetched.kind === 'fetched' && fetched.delta === true;
  const document = before.documents + (isDelta ? 0 : 1);
  const verdict = judge(source, before, polled, { parsed, isUnreadable, isDelta, now: startedAt });

  const result = await store.write(async (transaction) => {
    const time = now();
    const taken =
      parsed && verdict.isSound
        ? await ingest(transaction, source, before, wanted(parsed), { now: time, document }, tools.rules)
        : undefined;
    const { added } = taken ?? (await ingestWaiting(transaction, source, time, tools.rules));
    const shown: PollOutcome = { ...polled, ...((taken ?? added > 0) && { new: added }) };
    const state: SourceState = {
      ...before,
      ...verdict.state,
      lastPollAt: time.toISOString(),
      lastOutcome: shown,
      ...(verdict.isSound && remembered(before, outcome, readAs, time)),
      ...(parsed && taken && { feed: parsed.feed, idsUseful: taken.idsUseful, documents: document }),
      ...(added > 0 && { lastNewAt: time.toISOString() }),
    };
    if (verdict.incident !== 'as it was') await transaction.setIncident(source.id, verdict.incident, time);
    if (fetched.kind === 'fetched' && !verdict.isSound) {
      const cause = verdict.state.statusCause ?? 'not published';
      const bytes = fetched.bytes.subarray(0, maxKeptBytes);
      await transaction.keepDocument(source.id, { at: time, cause, bytes });
    }
    const next = tools.nextPoll(source, state, shown);
    if (shown.status === 429) await holdHost(transaction, source, heldUntil(shown, next.at, time));
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

/** Gives the claim back as it was taken, due at once. */
async function giveBack(
  source: Source,
  before: SourceState,
  { store, now }: RefreshTools,
): Promise<PollOutcome> {
  await store.write((transaction) => transaction.saveSource(source.id, before, now()));
  return { kind: 'unchanged' };
}

/** What an unchanged document is recognised by; nothing, where it has to be read again in another way. */
function lastFetch(before: SourceState, readAs: string, now: Date): LastFetch {
  if (before.readAs !== readAs) return {};
  const { bodyHash } = before;
  return isStale(before, now) ? (bodyHash === undefined ? {} : { bodyHash }) : before;
}

/** The source at the address it is read from now. */
function at(source: Source, state: SourceState, now: Date): Source {
  const { location } = source;
  if (location.kind === 'file') return source;
  return { ...source, location: { kind: 'http', url: currentUrl(location.url, state, now) } };
}

/** What the document says, or that it cannot be read: one more way for a poll to fail. */
async function read(
  source: Source,
  outcome: FetchOutcome,
  fetchedAt: Date,
  parse: RefreshTools['parse'],
): Promise<{ outcome: FetchOutcome; parsed?: ParsedFeed }> {
  if (outcome.kind !== 'fetched') return { outcome };
  try {
    const { format, timezone, language, columns } = source;
    const { url, headers, bytes } = outcome;
    const parsed = await parse(bytes, { url, headers, format, timezone, language, columns, fetchedAt });
    return { outcome, parsed };
  } catch (error) {
    if (!(error instanceof FeedParseError)) throw error;
    const { hints } = outcome;
    return { outcome: { ...failed(error.code, error.message, outcome.status), ...(hints && { hints }) } };
  }
}

/** What is remembered of a document that was believed, so that it is not read again. */
function remembered(
  before: SourceState,
  outcome: FetchOutcome,
  readAs: string,
  time: Date,
): Partial<SourceState> {
  if (outcome.kind !== 'fetched' && outcome.kind !== 'unchanged') return {};
  return {
    readAs,
    firstSuccessAt: before.firstSuccessAt ?? time.toISOString(),
    lastSuccessAt: time.toISOString(),
    ...(outcome.validators && { validators: outcome.validators }),
    ...(outcome.bodyHash !== undefined && { bodyHash: outcome.bodyHash }),
  };
}

/** Of a document that is not published, as much is kept as shows what is wrong. */
const maxKeptBytes = 262_144;

/** How long a host is left alone at most that does not say how long. */
const maxHoldMs = 3_600_000;

/** One source that is polled once a week does not keep its host's other sources back for as long. */
function heldUntil({ retryAfterMs }: PollOutcome, next: Date, now: Date): Date {
  return new Date(Math.min(next.getTime(), now.getTime() + (retryAfterMs ?? maxHoldMs)));
}

/** A host that says "too many requests" speaks for all of its sources; a private address for itself alone. */
async function holdHost(transaction: Transaction, { location }: Source, until: Date): Promise<void> {
  if (location.kind !== 'http') return;
  const { host, hostname } = new URL(location.url);
  if (!isPrivateHost(hostname)) await transaction.holdHost(host, until);
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

function summaryOf(outcome: FetchOutcome, parsed: ParsedFeed | undefined, now: Date): PollOutcome {
  const { maxAgeMs = 0, expiresAt, retryAfterMs } = outcome.hints ?? {};
  const freshForMs = Math.max(maxAgeMs, (expiresAt?.getTime() ?? 0) - now.getTime());
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
