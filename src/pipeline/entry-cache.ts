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
  /** The same, but what had to be rendered is not kept: for documents that are made when somebody asks. */
  readonly passing: EntriesOf;
  /** Forgets what none of these feeds holds. */
  readonly keepOnly: (held: Iterable<readonly [EntryKind, readonly MemberKey[]]>) => void;
  readonly clear: () => void;
}

/** So many entries are loaded and rendered, in every format, before others have their turn. */
const entriesAtOnce = 10;

/** `context` is asked for at each rendering, since what is known of sources changes. */
export function createEntryCache(store: Store, language: string, context: () => EntryContext): EntryCache {
  let rendered = new Map<string, { readonly revision: number; readonly entry: RenderedEntry }>();
  const nameOf = (kind: EntryKind, key: number) => `${kind}/${key}`;

  const find =
    (isKept: boolean): EntriesOf =>
    async (kind, members) => {
      // Others have their turn in between, and may forget what was found.
      const cache = rendered;
      const found = new Map<number, RenderedEntry>();
      for (const { key, revision } of members) {
        const known = cache.get(nameOf(kind, key));
        if (known?.revision === revision) found.set(key, known.entry);
      }
      const missing = members.filter(({ key }) => !found.has(key)).map(({ key }) => key);
      const loaded = await inBatches(missing, entriesAtOnce, async (keys) => {
        const told = await loadEntries(store, kind, keys, context());
        return told.map(({ entry, ...of }) => ({ ...of, entry: renderEntry(entry, language) }));
      });
      for (const { key, revision, entry } of loaded) {
        if (isKept) cache.set(nameOf(kind, key), { revision, entry });
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
    entriesOf: find(true),
    passing: find(false),
    keepOnly: (held) => {
      const names = new Set<string>();
      for (const [kind, members] of held) for (const { key } of members) names.add(nameOf(kind, key));
      for (const name of rendered.keys()) if (!names.has(name)) rendered.delete(name);
    },
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
