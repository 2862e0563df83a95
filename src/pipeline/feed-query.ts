import type { PublishSettings } from '../model/settings.ts';
import type { FeedParameters, FeedSpec } from '../publish/feed-spec.ts';
import type { FeedQuery } from '../store/store.ts';
import type { EntryKind } from './entry-cache.ts';

/** An arrival that nothing has: a feed with a limit holds the first of all, whenever they arrived. */
const never = new Date(8.64e15);

/** The window in which everything that arrives is held. */
export const windowMs = ({ hours }: PublishSettings): number => hours * 3_600_000;

/** What the store is asked for: a feed's members by its rules, or by a request's parameters. */
export function feedQuery(
  { of }: FeedSpec,
  settings: PublishSettings,
  now: Date,
  { limit, topics, sources }: FeedParameters = {},
): FeedQuery {
  const amount =
    limit === undefined
      ? {
          since: new Date(now.getTime() - windowMs(settings)),
          least: settings.entries,
          most: settings.maxEntries,
        }
      : { since: never, least: limit, most: limit };
  const base = { ...amount, promo: settings.promo };
  const ofSources = sources && { sources };
  switch (of.kind) {
    case 'all':
    case 'incidents':
      return { ...base, kind: 'stories', ...ofSources, ...(topics && { topics }) };
    case 'topic':
      return { ...base, kind: 'stories', ...ofSources, topics: [of.id] };
    case 'source':
      return { ...base, kind: 'items', source: of.id, ...(topics && { topics }) };
  }
}

export function entryKind({ of }: FeedSpec): EntryKind {
  return of.kind === 'source' ? 'item' : 'story';
}
