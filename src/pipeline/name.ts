import type { DedupeSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { apiIdOf, mintEntryId, type Authority } from '../identify/entry-id.ts';
import type { Identified, TitleFacts } from '../identify/item-key.ts';
import { decideTimes } from '../identify/times.ts';
import type { NewItem, RemovedItem } from '../store/store.ts';
import type { Placed } from './gather.ts';
import type { IngestRules } from './ingest-rules.ts';

/** A new item of a document. */
export type Arriving = Identified & Pick<NewItem, 'document' | 'visibility'>;

interface Circumstances {
  readonly source: Source;
  readonly now: Date;
  readonly firstPoll: boolean;
  /** Entry ids that are or were in use. */
  readonly owners: ReadonlyMap<string, string>;
  readonly rules: Pick<IngestRules, 'authority' | 'dedupe' | 'topicsOf'>;
}

/**
 * A new item with everything that is decided once: entry id, times, topics. What was removed comes back as it
 * was.
 */
export function nameItem(
  { entry, story, matched }: Placed<Arriving>,
  earlier: RemovedItem | undefined,
  { source, now, firstPoll, owners, rules }: Circumstances,
): NewItem {
  const entryId = earlier?.entryId ?? entryIdOf(entry, source, owners, rules.authority);
  const firstSeen = earlier?.firstSeen ?? now;
  const { sortTime, published, updated, arrived } = timesOf(entry, earlier, firstSeen, firstPoll);
  return {
    source: source.id,
    itemKey: entry.itemKey,
    ...(earlier && { firstKey: earlier.firstKey }),
    entryId,
    apiId: entryId === entry.ownEntry?.entryId ? entry.ownEntry.apiId : apiIdOf(entryId),
    ...titleFields(entry, rules.dedupe),
    ...(entry.url !== undefined && { urlKey: entry.url }),
    topics: entry.topics ?? rules.topicsOf(source, entry.item),
    firstSeen,
    ...(published && { published }),
    updated,
    arrived,
    sort: { ...(sortTime && { time: sortTime }), rank: source.rank, position: entry.position },
    visibility: entry.visibility,
    ...(story !== undefined && { story }),
    matched,
    document: entry.document,
    listedAt: now,
    itemJson: entry.itemJson,
  };
}

/** What is stored of a title. */
export function titleFields(
  { titleKey, titleHash, cut, damaged }: TitleFacts,
  { keyVersion }: Pick<DedupeSettings, 'keyVersion'>,
) {
  return {
    titleKey,
    keyVersion,
    ...(titleHash !== undefined && { titleHash }),
    cut,
    damaged,
  };
}

/** A published time that was decided stays, and `updated` does not move back. */
function timesOf(
  { item }: Arriving,
  earlier: RemovedItem | undefined,
  firstSeen: Date,
  firstPoll: boolean,
): ReturnType<typeof decideTimes> {
  if (!earlier) return decideTimes(item, firstSeen, firstPoll);
  const { updated, orderHint } = item;
  const published = earlier.published?.toISOString();
  const times = decideTimes({ published, updated, orderHint }, firstSeen, firstPoll);
  const { updated: before = times.updated } = earlier;
  return before > times.updated ? { ...times, updated: before } : times;
}

/** The source's own id where it can be an Atom id and no other source has it; else one made here. */
function entryIdOf(
  { id, itemKey, ownEntry }: Identified,
  source: Source,
  owners: ReadonlyMap<string, string>,
  authority: Authority,
): string {
  if (id !== undefined && ownEntry && !owners.has(id)) return id;
  return mintEntryId(authority, source.id, itemKey);
}
