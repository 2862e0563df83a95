import type { PublishSettings } from '../model/settings.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import type { FeedQuery } from '../store/store.ts';
import type { Demand } from './demand.ts';
import type { EntryKind } from './entry-cache.ts';

/** How many entries a feed has: those that arrived since, at least and at most so many. */
export type Amount = Pick<FeedQuery, 'since' | 'least' | 'most'>;

/** An arrival that nothing has. */
const never = new Date(8.64e15);

/** The first so many of all, whenever they arrived. */
export const first = (count: number): Amount => ({ since: never, least: count, most: count });

/** The window in which everything that arrives is held. */
export const windowMs = ({ hours }: Pick<PublishSettings, 'hours'>): number => hours * 3_600_000;

/** What a feed holds by its rules, or the first so many where a limit is demanded. */
export function amountOf({ limit }: Demand, settings: PublishSettings, now: Date): Amount {
  if (limit !== undefined) return first(limit);
  return {
    since: new Date(now.getTime() - windowMs(settings)),
    least: settings.entries,
    most: settings.maxEntries,
  };
}

/** What the store is asked for. */
export function feedQuery(
  { of }: FeedSpec,
  { topics, sources, exceptSources }: Demand,
  { since, least, most }: Amount,
  { promo }: Pick<PublishSettings, 'promo'>,
): FeedQuery {
  const selection = {
    ...{ since, least, most, promo, topics, sources },
    ...(exceptSources.length > 0 && { exceptSources }),
  };
  return of.kind === 'source'
    ? { ...selection, kind: 'items', source: of.id }
    : { ...selection, kind: 'stories' };
}

export function entryKind({ of }: FeedSpec): EntryKind {
  return of.kind === 'source' ? 'item' : 'story';
}
