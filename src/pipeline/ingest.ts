import type { Item, ParsedFeed } from '../model/feed.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { Override } from '../model/override.ts';
import type { Source, SourceState } from '../model/source.ts';
import { updatedAfterEdit } from '../identify/edit.ts';
import { apiIdOf, isAbsoluteIri, mintEntryId, type Authority } from '../identify/entry-id.ts';
import { idsCollide, listItem, type Identified } from '../identify/item-key.ts';
import type { MergeRules } from '../identify/stories.ts';
import { decideTimes } from '../identify/times.ts';
import { hashKey } from '../identify/title-key.ts';
import type { ItemEdit, KnownItem, NewItem, Transaction } from '../store/store.ts';
import { breathe } from './breathe.ts';
import { linkedParts } from './explode.ts';
import { findStories, storyChanges, type Circumstances, type Placed } from './gather.ts';
import { applyOverrides, closedStories } from './overrides.ts';
import { digestsInParts, findKnown, findRemoved, identify } from './recognize.ts';

/** What taking in a document needs to know beside the document. */
export interface IngestRules {
  readonly authority: Authority;
  readonly dedupe: DedupeSettings;
  readonly overrides: readonly Override[];
  readonly sourceOf: MergeRules['sourceOf'];
  readonly topicsOf: (source: Source, item: Item) => readonly string[];
}

/** When a document is taken in, and the how many-th of its source it is. */
export interface Occasion {
  readonly now: Date;
  readonly document: number;
}

export interface Ingested {
  readonly added: number;
  readonly edited: number;
  /** New items that are taken in when the document is read again. */
  readonly delayed: number;
  readonly idsUseful: boolean;
}

/** An hour more or less is nothing to an item's age, which is counted in days. */
const longUnchangedMs = 3_600_000;

/** New items of one poll, the first one excepted: a flood is spread over the next polls, never hidden. */
const maxNewItems = 100;

/** So many are stored before others have their turn. */
const itemsAtOnce = 200;

/**
 * Takes the items of one document into the store, within one transaction: finds those that are known, notes
 * their edits, gives each new one its permanent id, its times and its story.
 */
export async function ingest(
  transaction: Transaction,
  source: Source,
  state: SourceState,
  parsed: ParsedFeed,
  { now, document }: Occasion,
  rules: IngestRules,
): Promise<Ingested> {
  const own = parsed.items.map(listItem);
  // Ids are believed until a document proves them useless, which has the last word.
  const idsUseful = (state.idsUseful ?? true) && !idsCollide(own);
  const digests = source.explode ? await digestsInParts(transaction, source, own, idsUseful) : [];
  const listed = [...own, ...digests.flatMap(linkedParts)];
  const identified = await identify(transaction, source, listed, {
    idsUseful,
    keyVersion: rules.dedupe.keyVersion,
  });
  const known = await findKnown(transaction, source, identified);
  if (identified.length > itemsAtOnce) await breathe();

  const edits = identified.flatMap((entry) => {
    const before = known.get(entry);
    return before ? editOf(before, entry, source, now, rules) : [];
  });
  const unknown = identified.filter((entry) => !known.has(entry));
  const firstPoll = state.firstSuccessAt === undefined;
  const removed = await findRemoved(transaction, source, unknown);
  const admitted = unknown.filter(({ itemKey }) => removed.get(itemKey)?.takenDown !== true);
  const fresh = firstPoll ? admitted : admitted.slice(0, maxNewItems);
  const closed = await closedStories(transaction, rules.overrides);
  const context = { source, now, document, firstPoll, digests, removed, closed, rules };

  const placed = await findStories(transaction, fresh, context);
  if (fresh.length > itemsAtOnce) await breathe();
  const newItems = await nameItems(transaction, placed, context);
  for (let at = 0; at < newItems.length; at += itemsAtOnce) {
    if (at > 0) await breathe();
    await transaction.insertItems(newItems.slice(at, at + itemsAtOnce));
  }
  await transaction.updateItems(edits);
  await applyOverrides(transaction, rules.overrides, now, new Set(newItems.map(({ entryId }) => entryId)));
  const storyOf = new Map([...known.values()].map(({ key, story }) => [key, story]));
  const touched = new Set([
    ...newItems.flatMap(({ story }) => story ?? []),
    ...edits.flatMap(({ key }) => storyOf.get(key) ?? []),
  ]);
  await transaction.updateStories(storyChanges(await transaction.reportsOf([...touched]), edits, now));
  const until = listedUntil(state);
  if (until) await transaction.keepListed(source.id, state.documents, until);
  const again = [...known.values()].map(({ key }) => key);
  await transaction.markListed(again, document, now);
  return {
    added: newItems.length,
    edited: edits.length,
    delayed: admitted.length - fresh.length,
    idsUseful,
  };
}

/**
 * Until when the last document is known to have listed its items, where that is long after it was read: it was
 * found unchanged since.
 */
function listedUntil({ history, lastSuccessAt }: SourceState): Date | undefined {
  const readAt = history.at(-1)?.at;
  if (readAt === undefined || lastSuccessAt === undefined) return undefined;
  const until = new Date(lastSuccessAt);
  return until.getTime() - Date.parse(readAt) > longUnchangedMs ? until : undefined;
}

interface Context extends Circumstances {
  readonly document: number;
  readonly firstPoll: boolean;
  readonly digests: readonly Item[];
  readonly rules: IngestRules;
}

function editOf(
  before: KnownItem,
  entry: Identified,
  source: Source,
  now: Date,
  rules: IngestRules,
): ItemEdit[] {
  if (JSON.stringify(entry.item) === before.itemJson) return [];
  const known = { ...before, item: JSON.parse(before.itemJson) as Item };
  return [
    {
      key: before.key,
      itemKey: entry.itemKey,
      item: entry.item,
      ...titleFields(entry, rules.dedupe),
      ...(entry.url !== undefined && { urlKey: entry.url }),
      topics: rules.topicsOf(source, entry.item),
      updated: updatedAfterEdit(known, entry.item, entry.titleKey, now),
    },
  ];
}

function titleFields({ titleKey, cut, damaged }: Identified, { keyVersion }: DedupeSettings) {
  return {
    titleKey,
    keyVersion,
    ...(titleKey !== '' && { titleHash: hashKey(titleKey) }),
    cut,
    damaged,
  };
}

/** New items with everything that is decided once: entry id, times, topics. What was removed comes back as it was. */
async function nameItems(
  transaction: Transaction,
  placed: readonly Placed[],
  { source, now, document, firstPoll, digests, removed, rules }: Context,
): Promise<readonly NewItem[]> {
  const wanted = placed.flatMap(({ id }) => (id !== undefined && isAbsoluteIri(id) ? [id] : []));
  const owners = await transaction.entryIdOwners(wanted.map(apiIdOf));
  return placed.map((entry) => {
    const earlier = removed.get(entry.itemKey);
    const entryId = earlier?.entryId ?? entryIdOf(entry, source, owners, rules.authority);
    const firstSeen = earlier?.firstSeen ?? now;
    const { sortTime, published, ...times } = decideTimes(entry.item, firstSeen, firstPoll);
    const first = earlier ? earlier.published : published;
    return {
      source: source.id,
      itemKey: entry.itemKey,
      entryId,
      apiId: apiIdOf(entryId),
      ...titleFields(entry, rules.dedupe),
      ...(entry.url !== undefined && { urlKey: entry.url }),
      topics: rules.topicsOf(source, entry.item),
      firstSeen,
      ...(first && { published: first }),
      ...times,
      sort: { ...(sortTime && { time: sortTime }), rank: source.rank, position: entry.position },
      visibility: visibilityOf(entry.item, digests),
      ...(entry.story !== undefined && { story: entry.story }),
      matched: entry.matched,
      document,
      listedAt: now,
      item: entry.item,
    };
  });
}

/** The source's own id where it can be an Atom id and no other source has it; else one made here. */
function entryIdOf(
  { id, itemKey }: Identified,
  source: Source,
  owners: Awaited<ReturnType<Transaction['entryIdOwners']>>,
  authority: Authority,
): string {
  if (id !== undefined && isAbsoluteIri(id) && !owners.has(id)) return id;
  return mintEntryId(authority, source.id, itemKey);
}

function visibilityOf(item: Item, digests: readonly Item[]): NewItem['visibility'] {
  if (digests.includes(item)) return 'hidden';
  return item.promo === true ? 'promo' : 'shown';
}
