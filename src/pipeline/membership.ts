import type { FeedSpec } from '../publish/feed-spec.ts';
import type { Changes, Member, Store, Tombstone } from '../store/store.ts';

/** What a served feed holds. */
export interface Held {
  readonly members: readonly Member[];
  /** When the first member is too old to be held for its arrival, in epoch milliseconds. */
  readonly staleAt: number;
}

/** Tombstones that a feed tells of at least: readers that come by less often keep what they have. */
const told = 100;

/** Feeds of a search are a selection of others' archives, and the incidents' feed is short. */
export function hasArchives({ of }: FeedSpec): boolean {
  return of.kind === 'all' || of.kind === 'topic' || of.kind === 'source';
}

/** What was taken down and no archive tells of, and the newest others. */
export function tombstonesAfter(
  store: Store,
  spec: FeedSpec,
  revision: number,
): Promise<readonly Tombstone[]> {
  return store.tombstones({
    ...buriedIn(spec),
    after: revision,
    through: Number.MAX_SAFE_INTEGER,
    least: told,
  });
}

/** What was taken down in the time of an archive. */
export function tombstonesBetween(
  store: Store,
  spec: FeedSpec,
  range: { readonly after: number; readonly through: number },
): Promise<readonly Tombstone[]> {
  return store.tombstones({ ...buriedIn(spec), ...range, least: 0 });
}

function buriedIn({ of }: FeedSpec) {
  if (of.kind === 'source') return { kind: 'item', source: of.id } as const;
  return { kind: 'story', ...(of.kind === 'topic' && { topic: of.id }) } as const;
}

export function isTouched({ of }: FeedSpec, changes: Changes, served: Held | undefined, now: Date): boolean {
  if (!served || changes.removals || served.staleAt <= now.getTime()) return true;
  if (of.kind === 'source') return changes.sources.includes(of.id);
  if (of.kind !== 'topic') return changes.stories.length > 0;
  const held = new Set(served.members.map(({ key }) => key));
  return changes.stories.some(({ key, topics }) => topics.includes(of.id) || held.has(key));
}

export function firstExpiry(members: readonly Member[], ageMs: number, now: Date): number {
  const since = now.getTime() - ageMs;
  const within = members.map(({ arrived }) => arrived.getTime()).filter((at) => at >= since);
  return Math.min(...within) + ageMs;
}

export function sameMembers(a: readonly Member[], b: readonly Member[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ key, revision }, at) => key === b[at]?.key && revision === b[at].revision)
  );
}
