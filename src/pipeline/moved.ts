import type { Moved, PollOutcome, Source, SourceState } from '../model/source.ts';

/** A server that gives another address for so long is believed. */
const adoptAfterMs = 5 * 86_400_000;

/** Failures in a row before an adopted address is given up. */
const patience = 3;

/** Remembers where the server says the document is for good, and since when it has said the same. */
export function movedState(
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
