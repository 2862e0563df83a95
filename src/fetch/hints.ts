import { parseDate } from '../text/dates/parse-date.ts';
import type { Hints } from './outcome.ts';

type Headers = Readonly<Record<string, string>>;

const maxRetryAfterMs = 7 * 86_400_000;

/** The largest number of seconds that caches understand, RFC 9111, section 1.2.2. */
const maxSeconds = 2 ** 31;

/**
 * Reads what an answer says of when to come again. Times are taken relative to the server's own clock, which
 * its Date field shows; what cannot be understood says nothing.
 */
export function readHints(headers: Headers, now: Date): Hints {
  const lifetimeMs = lifetime(headers, now);
  const retryAfterMs = retryAfter(headers, now);
  return {
    ...(lifetimeMs !== undefined && { freshForMs: Math.max(0, lifetimeMs - ageMs(headers)) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/**
 * How long an answer is fresh from when its origin gave it. `no-cache`, `no-store` and any max-age override
 * Expires, RFC 9111, sections 4.2.1 and 5.3.
 */
function lifetime(headers: Headers, now: Date): number | undefined {
  const control = headers['cache-control'];
  if (control === undefined) return msUntil(headers['expires'], headers, now);
  const directives = control.toLowerCase().split(',');
  const names = directives.map((directive) => directive.split('=', 1)[0]?.trim());
  if (names.includes('no-cache') || names.includes('no-store')) return undefined;
  if (!names.includes('max-age')) return msUntil(headers['expires'], headers, now);
  const given = directives[names.indexOf('max-age')]?.split('=')[1];
  const seconds = wholeSeconds(given?.trim().replaceAll('"', ''));
  return seconds === undefined ? undefined : seconds * 1000;
}

/** How long caches on the way have had the answer. */
function ageMs(headers: Headers): number {
  return (wholeSeconds(headers['age']) ?? 0) * 1000;
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers['retry-after'];
  const seconds = wholeSeconds(value);
  const ms = seconds === undefined ? msUntil(value, headers, now) : seconds * 1000;
  return ms === undefined ? undefined : Math.min(ms, maxRetryAfterMs);
}

/** How far a date is ahead; undefined for what is past or no date. */
function msUntil(value: string | undefined, headers: Headers, now: Date): number | undefined {
  const date = dateOf(value);
  if (!date) return undefined;
  const ms = date.getTime() - (dateOf(headers['date']) ?? now).getTime();
  return ms > 0 ? ms : undefined;
}

function dateOf(value: string | undefined): Date | undefined {
  const parsed = value === undefined ? undefined : parseDate(value);
  return parsed === undefined ? undefined : new Date(parsed);
}

function wholeSeconds(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d+$/.test(value.trim())) return undefined;
  return Math.min(Number(value), maxSeconds);
}
