import type { Item } from '../model/feed.ts';

/** The times that are decided when an item is first seen, and stored. */
export interface DecidedTimes {
  /** The source's, never in the future. */
  readonly published?: Date;
  readonly updated: Date;
  /** Absent: the item ranks below everything that has a time. */
  readonly sortTime?: Date;
  readonly arrived: Date;
}

/** The times that an item gives itself. */
type GivenTimes = { readonly [Name in 'published' | 'updated' | 'orderHint']?: Item[Name] | undefined };

/** Stands for "before all time" where an arrival is needed: of an untimed item of a source's first poll. */
const longAgo = new Date(0);

/**
 * A future date is clamped to first sight. An item of a source's first successful poll arrives at its sort
 * time, so that a new source does not bury the news; one that has no time at all ranks below everything.
 */
export function decideTimes(item: GivenTimes, firstSeen: Date, firstPoll: boolean): DecidedTimes {
  const published = clamp(item.published, firstSeen);
  // Many Atom feeds give no published: when such an entry is first seen, its updated says when it is from.
  const hinted = published ?? clamp(item.orderHint ?? item.updated, firstSeen);
  const sortTime = hinted ?? (firstPoll ? undefined : firstSeen);
  return {
    ...(published && { published }),
    updated: later(clamp(item.updated, firstSeen), published) ?? firstSeen,
    ...(sortTime && { sortTime }),
    arrived: firstPoll ? (sortTime ?? longAgo) : firstSeen,
  };
}

function clamp(time: string | undefined, limit: Date): Date | undefined {
  if (time === undefined) return undefined;
  const date = new Date(time);
  return date > limit ? limit : date;
}

function later(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}
