import type { PublishSettings } from '../model/settings.ts';
import { maxEntriesBytes, type RenderedEntry } from '../publish/document.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import type { Member, Store } from '../store/store.ts';
import { archiveSize, type Archives } from './archives.ts';
import { demandOf } from './demand.ts';
import type { EntriesOf } from './entry-cache.ts';
import { amountOf, entryKind, feedQuery } from './feed-query.ts';

/** What the document of a feed with archives holds, in order. */
export interface HeldEntries {
  readonly members: readonly Member[];
  readonly entries: readonly RenderedEntry[];
}

/**
 * What a feed holds by its rules, as far as there is room for it, and whatever is in no archive yet; what has
 * filled an archive by then is sealed before.
 */
export async function heldEntries(
  spec: FeedSpec,
  {
    store,
    settings,
    archives,
    entriesOf,
    now,
  }: {
    readonly store: Store;
    readonly settings: PublishSettings;
    readonly archives: Archives;
    readonly entriesOf: EntriesOf;
    readonly now: Date;
  },
): Promise<HeldEntries> {
  const demand = demandOf(spec);
  const query = feedQuery(spec, demand, amountOf(demand, settings, now), settings);
  const read = () =>
    store.feedMembers({
      ...query,
      unsealed: { after: archives.sealedThrough(spec.path), most: query.most + 2 * archiveSize },
    });
  const seal = (members: readonly Member[], isTight: boolean) => {
    const held = new Set(members.filter(({ isHeld }) => isHeld).map(({ key }) => key));
    return archives.seal(spec.path, query, { held, isTight });
  };

  await archives.dropEmpty(spec.path, query);
  let members = await read();
  if (members.filter(({ isHeld }) => !isHeld).length >= archiveSize) {
    await seal(members, false);
    members = await read();
  }
  let entries = await entriesOf(entryKind(spec), members);
  if (totalSize(entries.values()) > maxEntriesBytes) {
    await seal(members, true);
    members = await read();
    entries = await entriesOf(entryKind(spec), members);
    members = thatFit(members, entries, archives.sealedThrough(spec.path));
  }
  return { members, entries: members.flatMap(({ key }) => entries.get(key) ?? []) };
}

/** Those that are in no archive, and the first others as far as there is room. */
function thatFit(
  members: readonly Member[],
  entries: ReadonlyMap<number, RenderedEntry>,
  sealedThrough: number,
): readonly Member[] {
  const isUnsealed = ({ revision }: Member) => revision > sealedThrough;
  const sizeOf = ({ key }: Member) => entries.get(key)?.size ?? 0;
  let room = members.filter(isUnsealed).reduce((left, member) => left - sizeOf(member), maxEntriesBytes);
  return members.filter((member) => isUnsealed(member) || (room -= sizeOf(member)) >= 0);
}

function totalSize(entries: Iterable<RenderedEntry>): number {
  let total = 0;
  for (const { size } of entries) total += size;
  return total;
}
