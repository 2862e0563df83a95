import { createHash } from 'node:crypto';
import { identifyItems, listItem } from '../identify/item-key.ts';
import { hashKey } from '../identify/title-key.ts';
import type { KeyVersion } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { StoredItem } from '../model/story.ts';
import type { TopicRule } from '../model/topic.ts';
import type { ItemEdit, Store, Transaction } from '../store/store.ts';
import { storyChanges } from './gather.ts';
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
 * keys of another version. Nothing is published anew by it: no id and no time moves, and no story is joined
 * or split.
 * @returns how many items were decided differently
 */
export async function replay(store: Store, deciders: Deciders, now: () => Date): Promise<number> {
  const { sources } = deciders;
  const decidedBy = digestOf(deciders);
  if ((await store.note(note)) === decidedBy) return 0;
  const byId = new Map(sources.map((source) => [source.id, source]));
  let changed = 0;
  for (let after = 0; ;) {
    const page = await store.itemsAfter(after, pageSize);
    const edits = page.flatMap((item) => redecide(item, byId.get(item.source), deciders));
    const storyOf = new Map(page.map(({ key, story }) => [key, story]));
    if (edits.length > 0) {
      await store.write(async (transaction) => {
        await transaction.updateItems(edits);
        await carryRecurring(transaction, page, edits);
        const stories = new Set(edits.flatMap(({ key }) => storyOf.get(key) ?? []));
        await transaction.updateStories(storyChanges(await transaction.reportsOf([...stories]), [], now()));
      });
    }
    changed += edits.length;
    after = page.at(-1)?.key ?? after;
    if (page.length < pageSize) break;
  }
  await store.setNote(note, decidedBy);
  return changed;
}

/** An item of a source that is no longer configured keeps its topics: the source's own are not known. */
function redecide(
  stored: StoredItem,
  source: Source | undefined,
  { rules, keyVersion }: Deciders,
): readonly ItemEdit[] {
  const evidence = { idsUseful: true, sharedUrls: new Set<string>(), keyVersion };
  const [identified] = identifyItems([listItem(stored.item)], evidence);
  if (!identified) return [];
  const { titleKey, cut, damaged } = identified;
  const topics = source ? rules.topicsOf(source, stored.item) : stored.topics;
  if (titleKey === stored.titleKey && topics.join() === stored.topics.join()) return [];
  const { key, itemKey, urlKey, updated, item } = stored;
  return [
    {
      key,
      itemKey,
      item,
      titleKey,
      keyVersion,
      ...(titleKey !== '' && { titleHash: hashKey(titleKey) }),
      ...(urlKey !== undefined && { urlKey }),
      cut,
      damaged,
      topics,
      updated,
    },
  ];
}

/** A title that is another story each day is that under its new key too. */
async function carryRecurring(
  transaction: Transaction,
  before: readonly StoredItem[],
  edits: readonly ItemEdit[],
): Promise<void> {
  const recurring = await transaction.recurringKeys(before.map(({ titleKey }) => titleKey));
  if (recurring.size === 0) return;
  const oldKeys = new Map(before.map(({ key, titleKey }) => [key, titleKey]));
  const renamed = edits.filter(({ key }) => recurring.has(oldKeys.get(key) ?? ''));
  await transaction.markRecurring(renamed.map(({ titleKey }) => titleKey));
}

function digestOf({ topics, sources, keyVersion }: Deciders): string {
  const own = sources.map(({ id, topics: given }) => [id, given]);
  return createHash('sha256')
    .update(JSON.stringify([keyVersion, topics, own]))
    .digest('hex');
}
