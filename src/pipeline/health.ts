import type { ParsedFeed } from '../model/feed.ts';
import type { DocumentShape, PollOutcome, Seen, Source, SourceState, SourceStatus } from '../model/source.ts';
import { breach, driftCause, isBelieved, nextDrift, remember, shapeOf } from './drift.ts';
import { movedState } from './moved.ts';

/** Errors that say "go away" rather than "come back". */
const refusals: ReadonlySet<string> = new Set(['http-401', 'http-403', 'http-404', 'http-451', 'challenge']);

/** Failures of one kind in a row before they are believed: servers restart. */
const patience = { unreachable: 3, blocked: 3, gone: 2 } as const;

type FailureKind = keyof typeof patience;

/** A source without anything new for so long is quiet, which is no fault. */
const quietAfterMs = 30 * 86_400_000;

/** So many answers of "not modified" in a row may be doubted, once they have lasted longer than is usual. */
const staleRun = 100;

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
    | 'failuresAlike'
    | 'history'
    | 'unchangedRun'
    | 'doubtedAt'
    | 'drift'
    | 'moved'
  >;
}

export type IncidentKind = FailureKind | 'drifted' | 'breach';

/** What is known of a document beside how its poll ended. */
export interface Reading {
  readonly parsed?: ParsedFeed | undefined;
  /** It is not of its format, which is another thing than a server that did not answer. */
  readonly isUnreadable: boolean;
  /** It lists what is new, and says nothing of what is usual. */
  readonly isDelta?: boolean;
  /** What it is recognised by. */
  readonly seen?: Seen | undefined;
  readonly now: Date;
}

/** Whether an outcome is one that a server means: 401, 403, 404, 451, a challenge page. */
export function isRefusal({ error }: PollOutcome): boolean {
  return error !== undefined && refusals.has(error.code);
}

/**
 * Judges a poll: what the source's status is now, whether its document can be trusted, and whether there is an
 * incident.
 */
export function judge(
  source: Source,
  before: SourceState,
  outcome: PollOutcome,
  { parsed, isUnreadable, isDelta = false, seen, now }: Reading,
): Judgement {
  const as = (status: SourceStatus, cause?: string) => ({
    failures: 0,
    failuresAlike: 0,
    unchangedRun: 0,
    history: before.history,
    doubtedAt: before.doubtedAt,
    drift: undefined,
    moved: movedState(before, outcome, source, now),
    status,
    statusSince: status === before.status ? (before.statusSince ?? now.toISOString()) : now.toISOString(),
    statusCause: cause,
  });
  const sound = (changes: Partial<Judgement['state']> = {}): Judgement => {
    const { history = before.history } = changes;
    const cause = breach(history.at(-1), source.expect);
    return {
      isSound: true,
      state: { ...as(calmStatus(before, now), cause), ...changes },
      ...(cause !== undefined && { incident: { kind: 'breach', cause } }),
    };
  };
  const drifted = (drift: SourceState['drift'], cause: string, failed = {}): Judgement => ({
    isSound: false,
    state: { ...as('drifted', cause), drift, ...failed },
    incident: { kind: 'drifted', cause },
  });

  if (outcome.kind === 'unchanged') {
    const { drift } = before;
    if (drift?.seen) return drifted(nextDrift(before, { ...drift, ...(seen && { seen }) }, now), drift.cause);
    const doubted = isStale(before, now) && { doubtedAt: now.toISOString() };
    return sound({ unchangedRun: before.unchangedRun + 1, ...doubted });
  }
  if (parsed && isDelta) return sound();
  if (parsed) {
    const shape = shapeOf(parsed, now, outcome.bytes ?? 0);
    const cause = driftCause(shape, before.history);
    if (cause === undefined) return sound({ history: remember(before.history, shape) });
    const { format, items } = shape;
    const drift = nextDrift(before, { cause, shape: { format, items }, ...(seen && { seen }) }, now);
    // A believed drift begins a new history: what was usual before is not usual now.
    return isBelieved(drift, now) ? sound({ history: [shape] }) : drifted(drift, cause);
  }

  const cause = outcome.error?.message ?? `the server says that it is gone (${outcome.status ?? 410})`;
  const kind = kindOf(outcome) ?? 'unreachable';
  const isAlike = before.lastOutcome !== undefined && kindOf(before.lastOutcome) === kind;
  const failing = {
    failures: before.failures + 1,
    failuresAlike: isAlike ? (before.failuresAlike ?? 0) + 1 : 1,
  };
  if (isUnreadable) {
    const { error } = outcome;
    return drifted(
      nextDrift(before, { cause, ...(error && { error }), ...(seen && { seen }) }, now),
      cause,
      failing,
    );
  }
  const certain = believed(kind, { ...before, ...failing });
  return {
    isSound: false,
    state: { ...as(certain ?? before.status, cause), ...failing, drift: before.drift },
    incident: certain ? { kind: certain, cause } : 'as it was',
  };
}

/** Whether the last judgement found nothing wrong, so that no incident is open. */
export function wasWell({ status, statusCause }: SourceState): boolean {
  return (status === 'healthy' || status === 'quiet') && statusCause === undefined;
}

function kindOf(outcome: PollOutcome): FailureKind | undefined {
  if (outcome.kind === 'gone') return 'gone';
  if (outcome.kind !== 'failed') return undefined;
  return isRefusal(outcome) ? 'blocked' : 'unreachable';
}

/** What a source counts as after failures, the last of this kind; undefined while they may pass. */
function believed(
  kind: FailureKind,
  { failures, failuresAlike = 0, history, status }: SourceState,
): FailureKind | undefined {
  const neverWorked = history.length === 0 && kind !== 'gone';
  if (failuresAlike >= patience[kind] || neverWorked) return kind;
  const isDown = status === 'unreachable' || status === 'blocked' || status === 'gone';
  return failures >= patience.unreachable && !isDown ? 'unreachable' : undefined;
}

/**
 * Whether "not modified" was said so often and for so long that the validators may be stuck: then one request
 * without them is right. Long is twice the longest pause between the source's last documents, and twice as long
 * as what was doubted in vain.
 */
export function isStale({ unchangedRun, history, doubtedAt }: SourceState, now: Date): boolean {
  const last = history.at(-1);
  if (!last || unchangedRun < staleRun) return false;
  const since = (time: string): number => Date.parse(time) - Date.parse(last.at);
  const usualMs = Math.max(longestPauseMs(history), doubtedAt === undefined ? 0 : since(doubtedAt));
  return since(now.toISOString()) > Math.max(quietAfterMs, 2 * usualMs);
}

function longestPauseMs(history: readonly DocumentShape[]): number {
  const times = history.map(({ at }) => Date.parse(at));
  return Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

function calmStatus({ lastNewAt, firstSuccessAt }: SourceState, now: Date): SourceStatus {
  const lastAt = lastNewAt ?? firstSuccessAt;
  return lastAt !== undefined && now.getTime() - Date.parse(lastAt) > quietAfterMs ? 'quiet' : 'healthy';
}

/** What new items change: a source that has some is not quiet, however long it was. */
export function withNews(
  before: SourceState,
  { status }: Judgement['state'],
  now: Date,
): Partial<SourceState> {
  const wasHealthy = before.status === 'healthy' ? before.statusSince : undefined;
  return {
    lastNewAt: now.toISOString(),
    ...(status === 'quiet' && { status: 'healthy', statusSince: wasHealthy ?? now.toISOString() }),
  };
}
