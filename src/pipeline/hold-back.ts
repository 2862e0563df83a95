import { isPrivateHost } from '../fetch/guard/private-host.ts';
import { isGlobalUnicast } from '../fetch/guard/guard.ts';
import type { Answerer } from '../fetch/outcome.ts';
import type { PollOutcome, Source } from '../model/source.ts';
import type { Transaction } from '../store/store.ts';

/** How long a host or URL is left alone at most that does not say how long. */
const maxHoldMs = 3_600_000;

/**
 * Holds back every source that would be answered in the same way: 429 speaks for all of a host, 503 for one URL.
 * It is who answered that counts, which a redirect may have led to. `next` is the source's own next poll.
 */
export async function holdBack(
  transaction: Transaction,
  source: Source,
  outcome: PollOutcome,
  from: Answerer | undefined,
  { next, now }: { readonly next: Date; readonly now: Date },
): Promise<void> {
  const { status } = outcome;
  if (!from || (status !== 429 && status !== 503)) return;
  const until = heldUntil(outcome, next, now);
  for (const name of status === 429 ? hostOf(from) : urls(source, from))
    await transaction.holdHost(name, until);
}

/** One source that is polled once a week does not keep its host's other sources back for as long. */
function heldUntil({ retryAfterMs }: PollOutcome, next: Date, now: Date): Date {
  return new Date(Math.min(next.getTime(), now.getTime() + (retryAfterMs ?? maxHoldMs)));
}

/** Behind one private name or address many services may live, each of which speaks for itself. */
function hostOf({ url, address }: Answerer): readonly string[] {
  const { host, hostname } = new URL(url);
  const isPrivate = isPrivateHost(hostname) || (address !== undefined && !isGlobalUnicast(address));
  return isPrivate ? [] : [host];
}

/** Whoever asks for the configured URL is led to the one that answered. */
function urls({ location }: Source, { url }: Answerer): readonly string[] {
  return location.kind === 'http' && location.url !== url ? [location.url, url] : [url];
}
