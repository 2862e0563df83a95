import type { Source } from '../model/source.ts';
import { listItem, type Identified } from '../identify/item-key.ts';
import type { Transaction } from '../store/store.ts';
import { breathe } from './breathe.ts';
import { findStories } from './gather.ts';
import type { IngestRules } from './ingest-rules.ts';
import { nameItem, type Arriving } from './name.ts';
import { applyOverrides, closedStories } from './overrides.ts';
import { findDelayed, findRemoved } from './recognize.ts';

/** So many are stored before others have their turn. */
export const itemsAtOnce = 200;

/** New items of one poll, the first one excepted: a flood is spread over the next polls, never hidden. */
const maxNewItems = 100;

export interface Taken {
  readonly added: number;
  /** The stories that got a report. */
  readonly stories: readonly number[];
}

interface Circumstances {
  readonly source: Source;
  readonly now: Date;
  readonly firstPoll: boolean;
  readonly rules: IngestRules;
}

/**
 * Takes in the new items of a poll and those that waited: the new ones first, for they are news. What is more
 * than one poll may bring waits for the next one, whether that brings a document or not.
 */
export async function takeIn(
  transaction: Transaction,
  fresh: readonly Arriving[],
  circumstances: Circumstances,
): Promise<Taken> {
  const { source, now, firstPoll, rules } = circumstances;
  const returned = await findRemoved(transaction, source, fresh);
  const wanted = fresh.filter((entry) => returned.get(entry)?.takenDown !== true);
  const admitted = await ofThisPoll(transaction, wanted, circumstances);
  if (admitted.length === 0) return { added: 0, stories: [] };
  const listed = new Set<Identified>(wanted);
  const waited = admitted.filter((entry) => !listed.has(entry));
  const removed = new Map([...returned, ...(await findRemoved(transaction, source, waited))]);
  const closed = await closedStories(transaction, rules.overrides);
  const placed = await findStories(transaction, admitted, { source, now, removed, closed, rules });
  if (admitted.length > itemsAtOnce) await breathe();

  const owners = await transaction.entryIdOwners(admitted.flatMap(({ ownEntry }) => ownEntry?.entryId ?? []));
  const items = placed.map((one) =>
    nameItem(one, removed.get(one.entry), { source, now, firstPoll, owners, rules }),
  );
  const keys: number[] = [];
  for (let at = 0; at < items.length; at += itemsAtOnce) {
    if (at > 0) await breathe();
    keys.push(...(await transaction.insertItems(items.slice(at, at + itemsAtOnce))));
  }
  const foundings = placed.flatMap(({ founds }, at) => (founds ? [{ ...founds, by: keys[at] ?? 0 }] : []));
  await transaction.foundStories(foundings);
  await applyOverrides(transaction, rules.overrides, now, new Set(items.map(({ entryId }) => entryId)));
  const stories = [...items.flatMap(({ story }) => story ?? []), ...foundings.map(({ by }) => by)];
  return { added: items.length, stories };
}

/** Whose turn it is; the others wait, as their document tells of them now. */
async function ofThisPoll(
  transaction: Transaction,
  fresh: readonly Arriving[],
  { source, firstPoll, rules }: Circumstances,
): Promise<readonly Arriving[]> {
  if (firstPoll) return fresh;
  const delayed = await findDelayed(transaction, source, fresh);
  const news = fresh.filter((entry) => !delayed.has(entry));
  const admitted = news.slice(0, maxNewItems);
  const listed = new Map([...delayed].map(([entry, { key }]) => [key, entry as Arriving]));
  const released = await transaction.firstDelayed(source.id, maxNewItems - admitted.length);
  const turns = new Set(released.map(({ key }) => key));
  const waiting = [...listed].flatMap(([key, entry]) => (turns.has(key) ? [] : [entry]));
  await transaction.releaseDelayed([...turns]);
  await transaction.delayItems(source.id, [...waiting, ...news.slice(maxNewItems)].map(waitingItem));
  return [
    ...admitted,
    ...released.map(({ key, entryJson }) => listed.get(key) ?? revive(entryJson, source, rules)),
  ];
}

/** What waited is listed as it would be now. */
function revive(entryJson: string, { columns }: Source, { dedupe }: IngestRules): Arriving {
  const entry = JSON.parse(entryJson) as Arriving;
  return { ...entry, ...listItem(entry.item, { keyVersion: dedupe.keyVersion, columns }) };
}

function waitingItem(entry: Arriving): Parameters<Transaction['delayItems']>[1][number] {
  const { itemKey, url, titleHash } = entry;
  return {
    itemKey,
    ...(url !== undefined && { urlKey: url }),
    ...(titleHash !== undefined && { titleHash }),
    entryJson: JSON.stringify({ ...entry, itemJson: undefined, topics: undefined }),
  };
}
