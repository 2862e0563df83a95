import { Cron } from 'croner';
import type { FetchSettings } from '../model/settings.ts';
import type { PollOutcome, Schedule, Source, SourceState } from '../model/source.ts';
import { isRefusal } from '../pipeline/health.ts';
import type { NextPoll } from '../pipeline/refresh.ts';
import { afterSkipped, nextChange } from './rhythm.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** When a source that says nothing is polled. */
const defaultSchedule: Schedule = { kind: 'interval', everyMs: 15 * minuteMs };

/** How much later than planned a feed's own hints can make a poll. */
const stretchMs = { explicit: hourMs, byDefault: 6 * hourMs };

/** The longest pause after failures, after refusals, and after a source is gone. */
const longestMs = { failure: 4 * hourMs, refusal: dayMs, gone: 7 * dayMs };

/** Refusals in a row before polls become rarer: a mistake at the other end is mended within hours. */
const refusalPatience = 3;

const maxRetryAfterMs = 7 * dayMs;

/** Polls of one schedule are spread over this time, late only. */
const jitterMs = (plannedMs: number): number => Math.min(plannedMs / 20, 30_000);

/** What the next poll depends on beside the source: the time, the limits, and chance (0…1). */
export interface Circumstances {
  readonly now: Date;
  readonly limits: Pick<FetchSettings, 'minIntervalMs' | 'maxIntervalMs'>;
  readonly random: () => number;
}

/**
 * When to poll a source again, and why. The user's schedule comes first; a feed's own hints may stretch it
 * a little; failures in a row stretch it twice as far each time and never end it; nothing is sooner than the
 * least interval or a server's Retry-After. `state` is the state after the poll.
 */
export function nextPoll(
  source: Source,
  state: SourceState,
  outcome: PollOutcome,
  { now, limits, random }: Circumstances,
): NextPoll {
  const schedule = source.schedule ?? defaultSchedule;
  const plannedAt = following(schedule, source.timezone, now);
  const plannedMs = plannedAt.getTime() - now.getTime();
  const planned = { at: plannedAt, because: describe(schedule, source) };
  const least = { at: inMs(now, limits.minIntervalMs), because: 'the least interval' };
  const polite = latest(
    planned,
    least,
    hinted(source, state, outcome, plannedAt, now),
    backedOff(state, outcome, plannedMs, limits, now),
  );
  const jittered = { ...polite, at: inMs(polite.at, random() * jitterMs(plannedMs)) };
  if (outcome.retryAfterMs === undefined) return jittered;
  return latest(jittered, {
    at: inMs(now, Math.min(outcome.retryAfterMs, maxRetryAfterMs)),
    because: 'Retry-After',
  });
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
      : `every ${duration(schedule.everyMs)}`;
  return own ? words : `${words}, by default`;
}

/** How long the feed says it stays as it is: by HTTP, by its own ttl or rhythm. */
function hinted(
  { schedule }: Source,
  { feed, rhythm }: SourceState,
  { freshForMs = 0, kind }: PollOutcome,
  plannedAt: Date,
  now: Date,
): NextPoll | undefined {
  if (kind === 'failed' || kind === 'gone') return undefined;
  const changesAt = nextChange(rhythm, now) ?? inMs(now, (feed?.ttlMinutes ?? 0) * minuteMs);
  const asked = latest(
    { at: plannedAt, because: '' },
    { at: changesAt, because: 'the feed asks for it' },
    { at: inMs(now, freshForMs), because: 'the answer is fresh until then' },
  );
  const most = schedule ? stretchMs.explicit : stretchMs.byDefault;
  const limit = inMs(plannedAt, most);
  const newsAt = afterSkipped(rhythm, asked.at, limit);
  const { at, because } =
    newsAt > asked.at ? { at: newsAt, because: 'the feed has nothing new before' } : asked;
  return at > limit
    ? { at: limit, because: `${because}, at most ${duration(most)} later than planned` }
    : { at, because };
}

function backedOff(
  { failures, failuresAlike = 0, status }: SourceState,
  outcome: PollOutcome,
  plannedMs: number,
  { minIntervalMs, maxIntervalMs }: Circumstances['limits'],
  now: Date,
): NextPoll | undefined {
  if (outcome.kind !== 'failed' && outcome.kind !== 'gone') return undefined;
  if (status === 'gone') return { at: inMs(now, longestMs.gone), because: 'the source is gone' };
  if (outcome.kind === 'gone') return undefined;
  const refusalsTooMany = failuresAlike - refusalPatience + 1;
  const pauseMs = !isRefusal(outcome)
    ? Math.min(minIntervalMs * doubled(failures), longestMs.failure)
    : refusalsTooMany > 0
      ? Math.min(plannedMs * doubled(refusalsTooMany), longestMs.refusal)
      : 0;
  const because = `${failures} failure${failures === 1 ? '' : 's'} in a row`;
  return { at: inMs(now, Math.min(pauseMs, maxIntervalMs)), because };
}

const doubled = (times: number): number => 2 ** Math.min(times, 20);

const inMs = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

function latest(first: NextPoll, ...others: readonly (NextPoll | undefined)[]): NextPoll {
  let last = first;
  for (const poll of others) if (poll && poll.at > last.at) last = poll;
  return last;
}

function duration(ms: number): string {
  if (ms % hourMs === 0) return `${ms / hourMs} h`;
  return ms % minuteMs === 0 ? `${ms / minuteMs} min` : `${ms / 1000} s`;
}
