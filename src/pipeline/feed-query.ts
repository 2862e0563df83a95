import type { PublishSettings } from '../model/settings.ts';
import type { FeedParameters } from '../model/settings.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import { searchDepth } from '../publish/selection.ts';
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
  parameters: FeedParameters = {},
): FeedQuery {
  const { topics, sources, exceptSources } = { ...(of.kind === 'saved' && of.parameters), ...parameters };
  const base = { ...amount(of, settings, now, parameters), promo: settings.promo };
  const filters = { ...(sources && { sources }), ...(exceptSources && { exceptSources }) };
  switch (of.kind) {
    case 'topic':
      return { ...base, kind: 'stories', ...filters, topics: [of.id], ...(topics && { alsoTopics: topics }) };
    case 'source':
      return { ...base, kind: 'items', source: of.id, ...(topics && { topics }) };
    default:
      return { ...base, kind: 'stories', ...filters, ...(topics && { topics }) };
  }
}

/** How many and since when; a search looks at many to find some. */
function amount(of: FeedSpec['of'], settings: PublishSettings, now: Date, parameters: FeedParameters) {
  const { q, exclude } = { ...(of.kind === 'saved' && of.parameters), ...parameters };
  if (q !== undefined || exclude !== undefined)
    return { since: never, least: searchDepth, most: searchDepth };
  const { limit } = parameters;
  if (limit !== undefined) return { since: never, least: limit, most: limit };
  return {
    since: new Date(now.getTime() - windowMs(settings)),
    least: settings.entries,
    most: settings.maxEntries,
  };
}

export function entryKind({ of }: FeedSpec): EntryKind {
  return of.kind === 'source' ? 'item' : 'story';
}
