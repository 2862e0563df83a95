import { renderEntry, type RenderedEntry } from '../publish/document.ts';
import { entryOfItem, entryOfStory, type EntryContext } from '../publish/entries.ts';
import type { Entry } from '../publish/entry.ts';
import type { Member, Store } from '../store/store.ts';
import { inBatches } from './in-batches.ts';

/** What a feed's entries are: whole stories, or a source's own items. */
export type EntryKind = 'story' | 'item';

/** What is needed of a member to find its entry. */
export type MemberKey = Pick<Member, 'key' | 'revision'>;

/** The members' entries by their keys, in the members' order; what is not here yet is loaded and rendered. */
export type EntriesOf = (
  kind: EntryKind,
  members: readonly MemberKey[],
) => Promise<ReadonlyMap<number, RenderedEntry>>;

/** Entries rendered once for each of their revisions, shared by all feeds that hold them. */
export interface EntryCache {
  readonly entriesOf: EntriesOf;
  readonly clear: () => void;
}

/** So many entries are loaded and rendered, in every format, before others have their turn. */
const entriesAtOnce = 10;

/** An entry of one revision, which is here as long as a feed holds it. */
interface Rendered {
  readonly revision: number;
  readonly entry: WeakRef<RenderedEntry>;
}

/** `context` is asked for at each rendering, since what is known of sources changes. */
export function createEntryCache(store: Store, language: string, context: () => EntryContext): EntryCache {
  let rendered = new Map<string, Rendered>();
  /** Nobody holds an entry of this name any more, unless another was rendered since. */
  const collected = new FinalizationRegistry((name: string) => {
    if (rendered.get(name)?.entry.deref() === undefined) rendered.delete(name);
  });
  const nameOf = (kind: EntryKind, key: number) => `${kind}/${key}`;

  const entriesOf: EntriesOf = async (kind, members) => {
    // Others have their turn in between, and may forget what was found.
    const cache = rendered;
    const found = new Map<number, RenderedEntry>();
    for (const { key, revision } of members) {
      const known = cache.get(nameOf(kind, key));
      const entry = known?.revision === revision ? known.entry.deref() : undefined;
      if (entry) found.set(key, entry);
    }
    const missing = members.filter(({ key }) => !found.has(key)).map(({ key }) => key);
    const loaded = await inBatches(missing, entriesAtOnce, async (keys) => {
      const told = await loadEntries(store, kind, keys, context());
      return told.map(({ entry, ...of }) => ({ ...of, entry: renderEntry(entry, language) }));
    });
    for (const { key, revision, entry } of loaded) {
      const name = nameOf(kind, key);
      cache.set(name, { revision, entry: new WeakRef(entry) });
      collected.register(entry, name);
      found.set(key, entry);
    }
    return new Map(
      members.flatMap(({ key }) => {
        const entry = found.get(key);
        return entry ? [[key, entry] as const] : [];
      }),
    );
  };

  return {
    entriesOf,
    clear: () => {
      rendered = new Map();
    },
  };
}

/** Entries as they are told, in the order of the keys; what is gone is left out. */
export async function loadEntries(
  store: Store,
  kind: EntryKind,
  keys: readonly number[],
  context: EntryContext,
): Promise<readonly { readonly key: number; readonly revision: number; readonly entry: Entry }[]> {
  const loaded =
    kind === 'story'
      ? (await store.stories(keys)).map((story) => ({ of: story, entry: entryOfStory(story, context) }))
      : (await store.items(keys)).map((item) => ({ of: item, entry: entryOfItem(item, context) }));
  const byKey = new Map(
    loaded.map(({ of: { key, revision }, entry }) => [key, { key, revision, entry }] as const),
  );
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
