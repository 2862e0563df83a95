import { aloneIds, rulingsOf, type Ruling } from '../identify/overrides.ts';
import type { Override } from '../model/override.ts';
import type { ReportMove, ReportRow, Transaction } from '../store/store.ts';

type Named = ReadonlyMap<string, ReportRow>;

/**
 * Does what people decided about stories, within one transaction; doing it again changes nothing. A story that a
 * join takes away leaves a tombstone (RFC 6721), so that readers drop it. `arrived` are
 * entry ids that were just taken in: they join a story that is already published rather than the other way
 * round.
 */
export async function applyOverrides(
  transaction: Transaction,
  overrides: readonly Override[],
  now: Date,
  arrived: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const ruling of rulingsOf(overrides)) {
    const ids = idsOf(ruling);
    if (arrived.size > 0 && !ids.some((id) => arrived.has(id))) continue;
    const named = await transaction.reportsNamed(ids);
    const moves =
      ruling.kind === 'join'
        ? await joining(transaction, ruling.entryIds, named, arrived)
        : await splitting(transaction, ruling, named);
    if (moves.length > 0) await transaction.moveReports(moves, now);
  }
}

/** The stories of items that a person wants alone: no report joins them by itself. */
export async function closedStories(
  transaction: Transaction,
  overrides: readonly Override[],
): Promise<ReadonlySet<number>> {
  const ids = aloneIds(overrides);
  if (ids.length === 0) return new Set();
  const named = await transaction.reportsNamed(ids);
  return new Set(ids.flatMap((id) => named.get(id)?.story ?? []));
}

function idsOf(ruling: Ruling): readonly string[] {
  return ruling.kind === 'join' ? ruling.entryIds : [ruling.entryId, ...ruling.joinedWith];
}

/** All reports of the other stories go to the story of the first that is named and there. */
async function joining(
  transaction: Transaction,
  entryIds: readonly string[],
  named: Named,
  arrived: ReadonlySet<string>,
): Promise<readonly ReportMove[]> {
  const present = entryIds.flatMap((id) => {
    const report = named.get(id);
    return report ? [{ story: report.story, isNew: arrived.has(id) }] : [];
  });
  const target = present.find(({ isNew }) => !isNew) ?? present[0];
  if (!target) return [];
  const others = new Set(present.map(({ story }) => story).filter((story) => story !== target.story));
  const reports = await transaction.reportsOf([...others]);
  return reports.length === 0 ? [] : [{ items: reports.map(({ key }) => key), story: target.story }];
}

/**
 * The item leaves its story for one of its own. An id that readers know stays with the item that it is: where
 * the story bears this item's id, the item keeps it, and the others go on as a story of their own.
 */
async function splitting(
  transaction: Transaction,
  { entryId, joinedWith }: Extract<Ruling, { kind: 'split' }>,
  named: Named,
): Promise<readonly ReportMove[]> {
  const report = named.get(entryId);
  if (!report || joinedWith.some((id) => named.get(id)?.story === report.story)) return [];
  const others = (await transaction.reportsOf([report.story])).filter(({ key }) => key !== report.key);
  if (others.length === 0) return [];
  const bearsItsId = (await transaction.storiesNamed([entryId])).get(entryId) === report.story;
  const leaving = bearsItsId ? others : [report];
  return [{ items: leaving.map(({ key }) => key) }];
}
