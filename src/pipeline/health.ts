import type { ParsedFeed } from '../model/feed.ts';
import type { Moved, PollOutcome, Source, SourceState, SourceStatus } from '../model/source.ts';
import { breach, driftCause, isBelieved, nextDrift, remember, shapeOf } from './drift.ts';

/** Errors that say "go away" rather than "come back". */
const refusals: ReadonlySet<string> = new Set(['http-401', 'http-403', 'http-404', 'http-451', 'challenge']);

/** Failures in a row before a source counts as unreachable or blocked: servers restart. */
const patience = 3;

/** A source without anything new for so long is quiet, which is no fault. */
const quietAfterMs = 30 * 86_400_000;

/** Answers of "not modified" in a row that are not believed any more, once a source is quiet. */
const staleRun = 100;

/** A server that gives another address for so long is believed. */
const adoptAfterMs = 5 * 86_400_000;

/** What one poll means for its source. */
export interface Judgement {
  /** Whether the document's items are taken in. */
  readonly isSound: boolean;
  /** What opens or keeps open an incident, as a sentence; undefined closes it, `as it was` says nothing of it. */
  readonly incident?: { readonly kind: IncidentKind; readonly cause: string } | 'as it was';
  readonly state: Pick<
    SourceState,
    | 'status'
    | 'statusSince'
    | 'statusCause'
    | 'failures'
    | 'history'
    | 'unchangedRun'
    | 'breach'
    | 'drift'
    | 'moved'
  >;
}

export type IncidentKind = 'unreachable' | 'blocked' | 'gone' | 'drifted' | 'breach';

/** Whether an outcome is one that a server means: 401, 403, 404, 451, a challenge page. */
export function isRefusal({ error }: PollOutcome): boolean {
  return error !== undefined && refusals.has(error.code);
}

/**
 * Judges a poll: what the source's status is now, whether its document can be trusted, and whether there is an
 * incident. `isUnreadable` tells a document that is not of its format from a server that did not answer.
 */
export function judge(
  source: Source,
  before: SourceState,
  outcome: PollOutcome,
  {
    parsed,
    isUnreadable,
    isDelta = false,
    now,
  }: {
    readonly parsed?: ParsedFeed | undefined;
    readonly isUnreadable: boolean;
    readonly isDelta?: boolean;
    readonly now: Date;
  },
): Judgement {
  const base = {
    failures: 0,
    unchangedRun: 0,
    history: before.history,
    breach: before.breach,
    drift: undefined,
    moved: movedState(before, outcome, source, now),
  };
  const as = (status: SourceStatus, cause?: string) => ({
    ...base,
    status,
    statusSince: status === before.status ? (before.statusSince ?? now.toISOString()) : now.toISOString(),
    statusCause: cause,
  });

  if (outcome.kind === 'unchanged') {
    // Only a sound document is remembered, so it is the last sound one that is there again, after a drift too.
    return {
      isSound: true,
      state: {
        ...as(calmStatus(before, now), before.breach),
        unchangedRun: isStale(before, now) ? 0 : before.unchangedRun + 1,
      },
      ...breachIncident(before.breach),
    };
  }
  // A delta lists what is new and says nothing of what is usual.
  if (parsed && isDelta)
    return { isSound: true, state: as('healthy', before.breach), ...breachIncident(before.breach) };
  if (parsed) {
    const shape = shapeOf(parsed, now, outcome.bytes ?? 0);
    const cause = driftCause(shape, before.history);
    const drift = cause === undefined ? undefined : nextDrift(before, shape, now);
    if (cause !== undefined && drift && !isBelieved(drift, now)) {
      return {
        isSound: false,
        state: { ...as('drifted', cause), drift },
        incident: { kind: 'drifted', cause },
      };
    }
    const promise = breach(parsed, source.expect);
    // A believed drift begins a new history: what was usual before is not usual now.
    const history = remember(drift ? [] : before.history, shape);
    return {
      isSound: true,
      state: { ...as('healthy', promise), history, breach: promise },
      ...breachIncident(promise),
    };
  }

  const failures = before.failures + 1;
  const cause = outcome.error?.message ?? `the server says that it is gone (${outcome.status ?? 410})`;
  const failing = { failures, drift: before.drift };
  if (isUnreadable) {
    return {
      isSound: false,
      state: { ...as('drifted', cause), failures, drift: nextDrift(before, undefined, now) },
      incident: { kind: 'drifted', cause },
    };
  }
  const kind = outcome.kind === 'gone' ? 'gone' : isRefusal(outcome) ? 'blocked' : 'unreachable';
  const isCertain =
    before.history.length === 0 ||
    (kind === 'gone' ? before.lastOutcome?.kind === 'gone' : failures >= patience);
  const status = isCertain ? kind : before.status;
  return {
    isSound: false,
    state: { ...as(status, cause), ...failing },
    incident: isCertain ? { kind, cause } : 'as it was',
  };
}

function breachIncident(cause: string | undefined): Pick<Judgement, 'incident'> {
  return cause === undefined ? {} : { incident: { kind: 'breach', cause } };
}

/**
 * Whether "not modified" was said so often and for so long that the validators may be stuck: then one request
 * without them is right.
 */
export function isStale({ unchangedRun, history }: SourceState, now: Date): boolean {
  const last = history.at(-1);
  return last !== undefined && unchangedRun >= staleRun && now.getTime() - Date.parse(last.at) > quietAfterMs;
}

function calmStatus({ lastNewAt }: SourceState, now: Date): SourceStatus {
  return lastNewAt !== undefined && now.getTime() - Date.parse(lastNewAt) > quietAfterMs
    ? 'quiet'
    : 'healthy';
}

/** Remembers where the server says the document is for good, and since when it has said the same. */
function movedState(
  { moved, failures }: SourceState,
  { movedTo, kind }: PollOutcome,
  { location }: Source,
  now: Date,
): Moved | undefined {
  if (location.kind !== 'http') return undefined;
  const own = moved?.from === location.url ? moved : undefined;
  if (movedTo !== undefined) {
    return own?.to === movedTo ? own : { from: location.url, to: movedTo, since: now.toISOString() };
  }
  if (!own || kind === 'gone') return undefined;
  // A failure says nothing of the address, until an adopted one fails for good: the configured one is back then.
  if (kind === 'failed') return isAdopted(own, now) && failures + 1 >= patience ? undefined : own;
  return isAdopted(own, now) ? own : undefined;
}

/** The address a source is read from now: its own, or the one its server has named for five days. */
export function currentUrl(url: string, { moved }: SourceState, now: Date): string {
  return moved?.from === url && isAdopted(moved, now) ? moved.to : url;
}

function isAdopted(moved: Moved, now: Date): boolean {
  return now.getTime() - Date.parse(moved.since) >= adoptAfterMs;
}
