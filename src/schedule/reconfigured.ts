import { hash } from 'node:crypto';
import type { Configured, Source, SourceRecord, SourceState } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import { nextPoll, type Circumstances } from './next-poll.ts';

/**
 * Brings what is remembered of sources in line with how they are configured now: what was changed is not held
 * back by what happened before, and what is paused or not configured any more has no incident.
 */
export async function followConfiguration(
  sources: readonly Source[],
  store: Store,
  circumstances: Circumstances,
): Promise<void> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const records = await store.sources();
  await store.write(async (transaction) => {
    for (const record of records) {
      const source = byId.get(record.id);
      if (source?.enabled !== true) await transaction.setIncident(record.id, undefined, circumstances.now);
      const changed = source && reconfigured(source, record, circumstances);
      if (changed) await transaction.saveSource(record.id, changed.state, changed.nextPollAt);
    }
  });
}

/**
 * A source's state and next poll under another configuration; undefined where nothing was changed. Another
 * location or other header fields begin anew; another schedule counts from the last poll.
 */
export function reconfigured(
  source: Source,
  { state, nextPollAt }: Pick<SourceRecord, 'state' | 'nextPollAt'>,
  circumstances: Circumstances,
): Pick<SourceRecord, 'state' | 'nextPollAt'> | undefined {
  const { configured: before, lastPollAt, lastOutcome } = state;
  const configured = configuredAs(source);
  const isOther = (part: keyof Configured): boolean => before?.[part] !== configured[part];
  if (!isOther('location') && !isOther('headers') && !isOther('schedule')) return undefined;
  const kept = { ...state, configured };
  if (!before || lastPollAt === undefined || !lastOutcome) return { state: kept, nextPollAt };
  const polledAt = new Date(lastPollAt);
  if (isOther('location') || isOther('headers')) {
    // Whom it asks now has said nothing of when to come again, unless it is whom it has asked before.
    const { retryAfterMs = 0 } = isOther('location') ? {} : lastOutcome;
    const pauseMs = Math.max(circumstances.limits.minIntervalMs, retryAfterMs);
    const fresh = beginAnew(kept, circumstances.now);
    return {
      state: isOther('location') ? forgetDocuments(fresh) : fresh,
      nextPollAt: new Date(Math.min(nextPollAt.getTime(), polledAt.getTime() + pauseMs)),
    };
  }
  const next = nextPoll(source, kept, lastOutcome, { ...circumstances, now: polledAt });
  return { state: { ...kept, nextPollBecause: next.because }, nextPollAt: next.at };
}

function configuredAs({ location, headers, schedule, timezone }: Source): Configured {
  return {
    location: digest(location.kind === 'http' ? location.url : location.path),
    headers: digest(Object.entries(headers).sort()),
    schedule: digest([schedule, timezone]),
  };
}

function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 16);
}

function beginAnew(state: SourceState, now: Date): SourceState {
  return {
    ...state,
    failures: 0,
    failuresAlike: 0,
    status: 'new',
    statusSince: now.toISOString(),
    statusCause: undefined,
    drift: undefined,
    moved: undefined,
    nextPollBecause: 'it is configured anew',
  };
}

/** What was usual elsewhere, and what its documents were recognised by, says nothing here. */
function forgetDocuments(state: SourceState): SourceState {
  return { ...state, readAs: '', unchangedRun: 0, doubtedAt: undefined, history: [] };
}
