import type { Item, ParsedFeed } from '../model/feed.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { Source, SourceState } from '../model/source.ts';
import { updatedAfterEdit } from '../identify/edit.ts';
import { apiIdOf, isAbsoluteIri, mintEntryId, type Authority } from '../identify/entry-id.ts';
import { identifyItems, idsAreUseful, type Identified } from '../identify/item-key.ts';
import { findStory, type Candidate, type MergeRules, type Report } from '../identify/stories.ts';
import { decideTimes } from '../identify/times.ts';
import { hashKey, titleKeyVersion } from '../identify/title-key.ts';
import type {
  ItemEdit,
  KnownItem,
  NewItem,
  RemovedItem,
  ReportRow,
  StoryChange,
  Transaction,
} from '../store/store.ts';
import { linkedParts } from './explode.ts';

/** What taking in a document needs to know beside the document. */
export interface IngestRules {
  readonly authority: Authority;
  readonly dedupe: DedupeSettings;
  readonly sourceOf: MergeRules['sourceOf'];
  readonly topicsOf: (source: Source, item: Item) => readonly string[];
}

export interface Ingested {
  readonly added: number;
  readonly edited: number;
  readonly idsUseful: boolean;
}

/** How long after its first report a story may still find a better one to show. */
const settledAfterMs = 600_000;

/**
 * Takes the items of one document into the store, within one transaction: finds those that are known, notes
 * their edits, gives each new one its permanent id, its times and its story.
 */
export async function ingest(
  transaction: Transaction,
  source: Source,
  state: SourceState,
  parsed: ParsedFeed,
  now: Date,
  rules: IngestRules,
): Promise<Ingested> {
  const digests = source.explode ? parsed.items.filter((item) => linkedParts(item).length > 0) : [];
  const items = [...parsed.items, ...digests.flatMap(linkedParts)];
  // Once ids were found useless they stay so; a document that proves them useless has the last word.
  const idsUseful = (state.idsUseful ?? true) && (items.length === 0 || idsAreUseful(items));
  const identified = identifyItems(items, idsUseful);
  const known = await findKnown(transaction, source, identified);
  const document = state.documents + 1;

  const edits = identified.flatMap((entry) => {
    const before = known.get(entry);
    return before ? editOf(before, entry, source, now, rules) : [];
  });
  const fresh = identified.filter((entry) => !known.has(entry));
  const firstPoll = state.firstSuccessAt === undefined;
  const context = { source, now, document, firstPoll, digests, rules };

  const stories = await findStories(transaction, fresh, context);
  const newItems = await nameItems(transaction, stories, context);
  const keys = await transaction.insertItems(newItems);
  await transaction.updateItems(edits);
  const storyOf = new Map([...known.values()].map(({ key, story }) => [key, story]));
  const touched = new Set([
    ...newItems.flatMap(({ story }) => story ?? []),
    ...edits.flatMap(({ key }) => storyOf.get(key) ?? []),
  ]);
  await transaction.updateStories(storyChanges(await transaction.reportsOf([...touched]), edits, now));
  await transaction.markListed([...[...known.values()].map(({ key }) => key), ...keys], document, now);
  return { added: newItems.length, edited: edits.length, idsUseful };
}

interface Context {
  readonly source: Source;
  readonly now: Date;
  readonly document: number;
  readonly firstPoll: boolean;
  readonly digests: readonly Item[];
  readonly rules: IngestRules;
}

/** An item is known by its key; under a new key, by its URL, if the old key has left the document. */
async function findKnown(
  transaction: Transaction,
  source: Source,
  identified: readonly Identified[],
): Promise<ReadonlyMap<Identified, KnownItem>> {
  const urlKeys = identified.flatMap(({ urlKey }) => urlKey ?? []);
  const rows = await transaction.knownItems(
    source.id,
    identified.map(({ itemKey }) => itemKey),
    urlKeys,
  );
  const byKey = new Map(rows.map((row) => [row.itemKey, row]));
  const listed = new Set(identified.map(({ itemKey }) => itemKey));
  const byUrl = new Map(
    rows.flatMap((row) => (row.urlKey === undefined || listed.has(row.itemKey) ? [] : [[row.urlKey, row]])),
  );
  const known = new Map<Identified, KnownItem>();
  for (const entry of identified) {
    const row =
      byKey.get(entry.itemKey) ?? (entry.urlKey === undefined ? undefined : byUrl.get(entry.urlKey));
    if (row) known.set(entry, row);
  }
  return known;
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
      item: entry.item,
      ...titleFields(entry),
      ...(entry.urlKey !== undefined && { urlKey: entry.urlKey }),
      topics: rules.topicsOf(source, entry.item),
      updated: updatedAfterEdit(known, entry.item, entry.titleKey, now),
    },
  ];
}

function titleFields({ titleKey, cut, damaged }: Identified) {
  return {
    titleKey,
    keyVersion: titleKeyVersion,
    ...(titleKey !== '' && { titleHash: hashKey(titleKey) }),
    cut,
    damaged,
  };
}

type Placed = Identified & { readonly story?: number; readonly matched: NewItem['matched'] };

/** The story of each new item. A story takes one report of a source, so two new items never share one. */
async function findStories(
  transaction: Transaction,
  fresh: readonly Identified[],
  { source, now, rules }: Context,
): Promise<readonly Placed[]> {
  if (rules.sourceOf(source.id).dedupe === 'none')
    return fresh.map((entry) => ({ ...entry, matched: 'first' }));
  const titles = fresh.map(({ titleKey }) => titleKey).filter((key) => key !== '');
  const usedBefore = await transaction.titlesUsedBy(source.id, titles);
  await transaction.markRecurring(
    titles.filter((key, at) => usedBefore.has(key) || titles.indexOf(key) !== at),
  );
  const recurring = await transaction.recurringKeys(titles);
  const rows = await transaction.mergeCandidates(
    fresh.filter(({ titleKey }) => titleKey !== ''),
    fresh.flatMap(({ urlKey }) => urlKey ?? []),
  );
  const taken = new Set<number>();
  const candidates = candidatesOf(rows);
  return fresh.map((entry) => {
    const report = reportOf(entry, source, now);
    const open = candidates.filter(({ story }) => !taken.has(story));
    const decision = findStory(report, open, { ...rules.dedupe, sourceOf: rules.sourceOf, recurring });
    if (decision.story !== undefined) taken.add(decision.story);
    return { ...entry, ...decision };
  });
}

function candidatesOf(rows: readonly ReportRow[]): readonly Candidate[] {
  return [...Map.groupBy(rows, ({ story }) => story)].map(([story, reports]) => ({ story, reports }));
}

function reportOf(entry: Identified, source: Source, now: Date): Report {
  const { published } = decideTimes(entry.item, now, false);
  return { ...entry, source: source.id, firstSeen: now, ...(published && { published }) };
}

/** New items with everything that is decided once: entry id, times, topics. What was removed comes back as it was. */
async function nameItems(
  transaction: Transaction,
  placed: readonly Placed[],
  { source, now, document, firstPoll, digests, rules }: Context,
): Promise<readonly NewItem[]> {
  const removed = new Map(
    (
      await transaction.removedItems(
        source.id,
        placed.map(({ itemKey }) => itemKey),
      )
    ).map((row) => [row.itemKey, row]),
  );
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
      ...titleFields(entry),
      ...(entry.urlKey !== undefined && { urlKey: entry.urlKey }),
      topics: rules.topicsOf(source, entry.item),
      firstSeen,
      ...(first && { published: first }),
      ...times,
      sort: { ...(sortTime && { time: sortTime }), rank: source.rank, position: entry.position },
      visibility: visibilityOf(entry.item, source, digests),
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
): RemovedItem['entryId'] {
  if (id !== undefined && isAbsoluteIri(id) && !owners.has(id)) return id;
  return mintEntryId(authority, source.id, itemKey);
}

function visibilityOf(item: Item, source: Source, digests: readonly Item[]): NewItem['visibility'] {
  if (source.private || digests.includes(item)) return 'hidden';
  return item.promo === true ? 'promo' : 'shown';
}

/**
 * What joining and edited reports change of their stories: the topics are everybody's, `updated` is the
 * first report's, and the best report is shown until the story has settled.
 */
function storyChanges(
  rows: readonly ReportRow[],
  edits: readonly ItemEdit[],
  now: Date,
): readonly StoryChange[] {
  const editOfKey = new Map(edits.map((edit) => [edit.key, edit]));
  return [...Map.groupBy(rows, ({ story }) => story)].map(([key, reports]) => {
    const [first] = reports;
    const settled = first !== undefined && now.getTime() - first.firstSeen.getTime() > settledAfterMs;
    const best = reports.toSorted(better)[0];
    const updated = editOfKey.get(key)?.updated;
    return {
      key,
      topics: [...new Set(reports.flatMap(({ topics }) => topics))],
      ...(!settled && best && { lead: best.key }),
      ...(updated && { updated }),
      ...(reports.some(({ visibility }) => visibility === 'shown') && { visibility: 'shown' as const }),
    };
  });
}

/** The better report to open: it has a link, then the source's place, then what there is to read. */
function better(a: ReportRow, b: ReportRow): number {
  return Number(b.linked) - Number(a.linked) || a.rank - b.rank || b.size - a.size || a.key - b.key;
}
