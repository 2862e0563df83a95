import type { Archive, FeedQuery, Member, Store } from '../store/store.ts';

/** Entries in one archive document. */
const archiveSize = 100;

/** How many members are looked at in one go: a store that was never archived may hold a million. */
const pageSize = 1000;

/** The archives of all feeds (RFC 5005, 4): sealed in the order of arrival, never changed after. */
export interface Archives {
  /** The feed's archives, oldest first. */
  readonly of: (feed: string) => readonly Archive[];
  /**
   * Seals an archive for each hundred members that the feed's document no longer holds; gives the key up to
   * which everything is archived. What came after it stays in the document, so that the two together are
   * always everything.
   */
  readonly seal: (feed: string, query: FeedQuery, held: readonly Member[]) => Promise<number>;
}

export async function loadArchives(store: Store): Promise<Archives> {
  const byFeed = Map.groupBy(await store.archives(), ({ feed }) => feed);
  const of = (feed: string): readonly Archive[] => byFeed.get(feed) ?? [];

  return {
    of,
    seal: async (feed, query, held) => {
      const known = of(feed);
      const inDocument = new Set(held.map(({ key }) => key));
      const sealed: Archive[] = [];
      let sealedThrough = known.at(-1)?.through ?? 0;
      let left = 0;
      for (let after = sealedThrough; ;) {
        const page = await store.membersBetween(query, after, Number.MAX_SAFE_INTEGER, pageSize);
        for (const { key } of page) {
          if (!inDocument.has(key)) left += 1;
          if (left < archiveSize) continue;
          const number = (known.at(-1)?.number ?? 0) + sealed.length + 1;
          sealed.push({ feed, number, after: sealedThrough, through: key });
          sealedThrough = key;
          left = 0;
        }
        after = page.at(-1)?.key ?? after;
        if (page.length < pageSize) break;
      }
      if (sealed.length > 0) {
        await store.addArchives(sealed);
        byFeed.set(feed, [...known, ...sealed]);
      }
      return sealedThrough;
    },
  };
}
