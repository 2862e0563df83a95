import { Cron } from 'croner';
import type { FetchSettings } from '../model/settings.ts';
import type { PollOutcome, Schedule, Source, SourceState } from '../model/source.ts';

import type { NextPoll } from '../pipeline/refresh.ts';

/** When a source that says nothing is polled. */
const defaultSchedule: Schedule = { kind: 'interval', everyMs: 15 * 60_000 };

/** `setTimeout` and common sense both end here. */
const maxRetryAfterMs = 7 * 86_400_000;

type Limits = Pick<FetchSettings, 'minIntervalMs' | 'maxIntervalMs'>;

/**
 * When to poll a source again and why: the user's schedule, never sooner than the least interval; after
 * failures in a row twice as late each time, up to the longest interval; never before a server's Retry-After.
 */
export function nextPoll(
  source: Source,
  state: SourceState,
  outcome: PollOutcome,
  now: Date,
  limits: Limits,
): NextPoll {
  const schedule = source.schedule ?? defaultSchedule;
  const planned = { at: following(schedule, source.timezone, now), because: describe(schedule, source) };
  const soonest = later(planned, { at: inMs(now, limits.minIntervalMs), because: 'the least interval' });
  if (outcome.kind !== 'failed' && outcome.kind !== 'gone') return soonest;

  const pauseMs = Math.min(limits.minIntervalMs * 2 ** Math.min(state.failures, 20), limits.maxIntervalMs);
  const backedOff = later(soonest, {
    at: inMs(now, pauseMs),
    because: `${state.failures} failures in a row`,
  });
  if (outcome.retryAfterMs === undefined) return backedOff;
  const asked = { at: inMs(now, Math.min(outcome.retryAfterMs, maxRetryAfterMs)), because: 'Retry-After' };
  return later(backedOff, asked);
}

function following(schedule: Schedule, timezone: string, now: Date): Date {
  if (schedule.kind === 'interval') return inMs(now, schedule.everyMs);
  const next = new Cron(schedule.expression, { timezone, paused: true }).nextRun(now);
  return next ?? inMs(now, maxRetryAfterMs);
}

function describe(schedule: Schedule, { schedule: own, timezone }: Source): string {
  const words =
    schedule.kind === 'cron'
      ? `cron ${schedule.expression} in ${timezone}`
      : `every ${schedule.everyMs / 1000} s`;
  return own ? words : `${words}, by default`;
}

const inMs = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

const later = (a: NextPoll, b: NextPoll): NextPoll => (b.at > a.at ? b : a);
