import { renderEntry, type RenderedEntry } from '../publish/document.ts';
import { entryOfItem, entryOfStory, type EntryContext } from '../publish/entries.ts';
import type { Member, Store } from '../store/store.ts';

/** What a feed's entries are: whole stories, or a source's own items. */
export type EntryKind = 'story' | 'item';

/** Entries rendered once for each of their revisions, shared by all feeds that hold them. */
export interface EntryCache {
  /** The members' entries, in order; what is not here yet is loaded and rendered. */
  readonly entriesOf: (kind: EntryKind, members: readonly Member[]) => Promise<readonly RenderedEntry[]>;
  /** Forgets what none of these feeds holds. */
  readonly keepOnly: (held: Iterable<readonly [EntryKind, readonly Member[]]>) => void;
  readonly clear: () => void;
}

/** `context` is asked for at each rendering, since what is known of sources changes. */
export function createEntryCache(store: Store, language: string, context: () => EntryContext): EntryCache {
  const rendered = new Map<string, { readonly revision: number; readonly entry: RenderedEntry }>();
  const nameOf = (kind: EntryKind, key: number) => `${kind}/${key}`;

  const load = async (kind: EntryKind, keys: readonly number[]): Promise<void> => {
    const now = context();
    const loaded =
      kind === 'story'
        ? (await store.stories(keys)).map((story) => ({ of: story, entry: entryOfStory(story, now) }))
        : (await store.items(keys)).map((item) => ({ of: item, entry: entryOfItem(item, now) }));
    for (const { of, entry } of loaded) {
      rendered.set(nameOf(kind, of.key), { revision: of.revision, entry: renderEntry(entry, language) });
    }
  };

  return {
    entriesOf: async (kind, members) => {
      const missing = members.filter(
        ({ key, revision }) => rendered.get(nameOf(kind, key))?.revision !== revision,
      );
      if (missing.length > 0)
        await load(
          kind,
          missing.map(({ key }) => key),
        );
      return members.flatMap(({ key }) => rendered.get(nameOf(kind, key))?.entry ?? []);
    },
    keepOnly: (held) => {
      const names = new Set<string>();
      for (const [kind, members] of held) for (const { key } of members) names.add(nameOf(kind, key));
      for (const name of rendered.keys()) if (!names.has(name)) rendered.delete(name);
    },
    clear: () => {
      rendered.clear();
    },
  };
}
