import type { Item } from '../model/feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { restedSince, updatedAfterEdit } from '../identify/edit.ts';
import { idsCollide, type Identified, type Listed } from '../identify/item-key.ts';
import type { ItemEdit, ItemToMove, KnownItem, Transaction } from '../store/store.ts';
import { breathe } from './breathe.ts';
import { linkedParts } from './explode.ts';
import { noteRecurring, storyChanges } from './gather.ts';
import type { IngestRules } from './ingest-rules.ts';
import { titleFields, type Arriving } from './name.ts';
import { digestsInParts, findKnown, identify } from './recognize.ts';
import { itemsAtOnce, takeIn, type Taken } from './take-in.ts';

/** When a document is taken in, and the how many-th of its source it is. */
export interface Occasion {
  readonly now: Date;
  readonly document: number;
}

export interface Ingested {
  readonly added: number;
  readonly edited: number;
  readonly idsUseful: boolean;
}

/** An hour more or less is nothing to an item's age, which is counted in days. */
const longUnchangedMs = 3_600_000;

/**
 * Takes the items of one document into the store, within one transaction: finds those that are known, notes
 * their edits, gives each new one its permanent id, its times and its story.
 */
export async function ingest(
  transaction: Transaction,
  source: Source,
  state: SourceState,
  listed: readonly Listed[],
  { now, document }: Occasion,
  rules: IngestRules,
): Promise<Ingested> {
  // Ids are believed until a document proves them useless, which has the last word.
  const idsUseful = (state.idsUseful ?? true) && !idsCollide(listed);
  const digests = source.explode ? await digestsInParts(transaction, source, listed, idsUseful) : [];
  const titles = { keyVersion: rules.dedupe.keyVersion, columns: source.columns };
  const parts = digests.flatMap((digest) => linkedParts(digest, titles));
  const identified = await identify(transaction, source, [...listed, ...parts], idsUseful);
  const known = await findKnown(transaction, source, identified);
  if (identified.length > itemsAtOnce) await breathe();

  const edits = [...known].flatMap(([entry, before]) => editOf(before, entry, source, now, rules));
  const hidden = new Set(digests.map(({ item }) => item));
  const fresh = identified
    .filter((entry) => !known.has(entry))
    .map((entry): Arriving => ({ ...entry, document, visibility: visibilityOf(entry.item, hidden) }));
  const firstPoll = state.firstSuccessAt === undefined;
  const taken = await takeIn(transaction, fresh, { source, now, firstPoll, rules });
  const retitled = [...known].filter(([entry, before]) => entry.titleKey !== before.titleKey);
  await noteRecurring(
    transaction,
    source,
    retitled.map(([entry]) => entry),
  );
  await transaction.updateItems(edits);
  const moved = await moveRested(transaction, source, now);
  const storyOf = new Map([...known.values()].map(({ key, story }) => [key, story]));
  const edited = edits.flatMap(({ key }) => storyOf.get(key) ?? []);
  await changeStories(transaction, [...taken.stories, ...edited], moved, edits, now);

  const until = listedUntil(state);
  if (until) await transaction.keepListed(source.id, state.documents, until);
  const again = [...known.values()].map(({ key }) => key);
  await transaction.markListed(again, document, now);
  return { added: taken.added, edited: edits.length, idsUseful };
}

/** What a poll does that brought no document: what waits for its turn or its hour has it. */
export async function ingestWaiting(
  transaction: Transaction,
  source: Source,
  now: Date,
  rules: IngestRules,
): Promise<Pick<Ingested, 'added'>> {
  if (!(await transaction.hasWaiting(source.id))) return { added: 0 };
  const moved = await moveRested(transaction, source, now);
  const taken: Taken = await takeIn(transaction, [], { source, now, firstPoll: false, rules });
  await changeStories(transaction, taken.stories, moved, [], now);
  return { added: taken.added };
}

/** Edits that came within an hour of another one count when the hour is over. */
async function moveRested(
  transaction: Transaction,
  source: Source,
  now: Date,
): Promise<readonly ItemToMove[]> {
  const moves = await transaction.itemsToMove(source.id, restedSince(now));
  await transaction.moveUpdated(moves, now);
  return moves;
}

/** Brings stories in line with the reports that they got and that were edited. */
async function changeStories(
  transaction: Transaction,
  touched: readonly number[],
  moved: readonly ItemToMove[],
  edits: readonly ItemEdit[],
  now: Date,
): Promise<void> {
  const stories = new Set([...touched, ...moved.map(({ story }) => story)]);
  if (stories.size === 0) return;
  const reports = await transaction.reportsOf([...stories]);
  await transaction.updateStories(storyChanges(reports, [...moved, ...edits], now));
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

function editOf(
  before: KnownItem,
  entry: Identified,
  source: Source,
  now: Date,
  rules: IngestRules,
): ItemEdit[] {
  if (entry.itemJson === before.itemJson) return [];
  const known = { ...before, item: JSON.parse(before.itemJson) as Item };
  return [
    {
      key: before.key,
      itemKey: entry.itemKey,
      itemJson: entry.itemJson,
      ...titleFields(entry, rules.dedupe),
      ...(entry.url !== undefined && { urlKey: entry.url }),
      topics: entry.topics ?? rules.topicsOf(source, entry.item),
      ...updatedAfterEdit(known, entry.item, entry.titleKey, now),
    },
  ];
}

function visibilityOf(item: Item, hidden: ReadonlySet<Item>): Arriving['visibility'] {
  if (hidden.has(item)) return 'hidden';
  return item.promo === true ? 'promo' : 'shown';
}
