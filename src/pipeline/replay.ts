import { createHash } from 'node:crypto';
import { titleFacts } from '../identify/item-key.ts';
import { titleRulesVersion } from '../identify/title-key.ts';
import type { KeyVersion } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { StoredItem } from '../model/story.ts';
import type { TopicRule } from '../model/topic.ts';
import type { ItemKeying, Store, Transaction } from '../store/store.ts';
import { foldVersion } from '../text/fold.ts';
import { classifierVersion } from '../topics/classify.ts';
import { storyChanges } from './gather.ts';
import { titleFields } from './name.ts';
import type { Rules } from './rules.ts';

/** Items in one transaction: polls go on in between. */
const pageSize = 500;

/** The store's note of the rules that its items were last decided by. */
const note = 'decided-by';

/** What stored items were decided by. */
interface Deciders {
  readonly rules: Rules;
  readonly topics: readonly TopicRule[];
  readonly sources: readonly Source[];
  readonly keyVersion: KeyVersion;
}

/**
 * Decides anew, over all stored items, what depends on rules that are others than last time: topics, and title
 * keys. Nothing is published anew by it: no id and no time moves, and no story is joined or split.
 * @returns how many items were decided differently
 */
export async function replay(store: Store, deciders: Deciders, now: () => Date): Promise<number> {
  const decidedBy = digestOf(deciders);
  if ((await store.note(note)) === decidedBy) return 0;
  const byId = new Map(deciders.sources.map((source) => [source.id, source]));
  let changed = 0;
  for (let after = 0; ;) {
    const page = await store.itemsAfter(after, pageSize);
    const decisions = page.map((item) => redecide(item, byId.get(item.source), deciders));
    await store.write((transaction) => save(transaction, decisions, now()));
    changed += decisions.filter((decision) => isRekeyed(decision) || isRetopiced(decision)).length;
    after = page.at(-1)?.key ?? after;
    if (page.length < pageSize) break;
  }
  await store.setNote(note, decidedBy);
  return changed;
}

interface Decision {
  readonly before: StoredItem;
  readonly keying: ItemKeying;
  readonly topics: readonly string[];
}

/** An item of a source that is no longer configured keeps its topics: the source's own are not known. */
function redecide(before: StoredItem, source: Source | undefined, { rules, keyVersion }: Deciders): Decision {
  const facts = titleFacts(before.item, { keyVersion, ...(source && { columns: source.columns }) });
  return {
    before,
    keying: { key: before.key, ...titleFields(facts, { keyVersion }) },
    topics: source ? rules.topicsOf(source, before.item) : before.topics,
  };
}

const isRekeyed = ({ before, keying }: Decision) => before.titleKey !== keying.titleKey;
const isRetopiced = ({ before, topics }: Decision) => before.topics.join() !== topics.join();

async function save(transaction: Transaction, decisions: readonly Decision[], now: Date): Promise<void> {
  await carryRecurring(transaction, decisions.filter(isRekeyed));
  await transaction.rekeyItems(decisions.map(({ keying }) => keying));
  const retopiced = decisions.filter(isRetopiced);
  if (retopiced.length === 0) return;
  await transaction.retopicItems(retopiced.map(({ before: { key }, topics }) => ({ key, topics })));
  const stories = new Set(retopiced.map(({ before }) => before.story));
  await transaction.updateStories(storyChanges(await transaction.reportsOf([...stories]), [], now));
}

/** A title that is another story each day is that under its new key too. */
async function carryRecurring(transaction: Transaction, rekeyed: readonly Decision[]): Promise<void> {
  if (rekeyed.length === 0) return;
  const recurring = await transaction.recurringKeys(rekeyed.map(({ before }) => before.titleKey));
  const renamed = rekeyed.filter(({ before }) => recurring.has(before.titleKey));
  await transaction.markRecurring(renamed.map(({ keying }) => keying.titleKey));
}

/** Everything that decides: the rules, what reads them, and what the sources' configurations say to them. */
function digestOf({ topics, sources, keyVersion }: Deciders): string {
  const versions = [keyVersion, titleRulesVersion, foldVersion, classifierVersion];
  const own = sources.map(({ id, topics: given, columns }) => [id, given, columns]);
  return createHash('sha256')
    .update(JSON.stringify([versions, topics, own]))
    .digest('hex');
}
