import type { Archive, FeedQuery, Store } from '../store/store.ts';

/** Entries in one archive document. */
export const archiveSize = 100;

/**
 * Bytes of what is stored of an archive's entries. Rendered it is at most three times as much, since the three
 * characters of the shortest tag take nine in Atom: no archive is near the limit of a document.
 */
const archiveBytes = 256 * 1024;

/** How many members are looked at in one go: a store that was never archived may hold a million. */
const pageSize = 1000;

/**
 * The archives of all feeds (RFC 5005, 4), sealed in the order of revisions. What changes leaves its archive, for
 * its revision is a new one, and stands in the feed's document again; so document and archives are always
 * everything, each entry once and in its last version.
 */
export interface Archives {
  /** The feed's archives, oldest first. */
  readonly of: (feed: string) => readonly Archive[];
  /** The revision up to which everything is archived. */
  readonly sealedThrough: (feed: string) => number;
  /** Between which revisions the members of an archive last changed; undefined where there is none of this number. */
  readonly range: (
    feed: string,
    number: number,
  ) => { readonly after: number; readonly through: number } | undefined;
  /**
   * Seals full archives until the document has to hold fewer than a hundred entries that it does not hold
   * anyway. Where the document is `tight`, what it holds is sealed too, as far as it fills archives.
   */
  readonly seal: (
    feed: string,
    query: FeedQuery,
    document: { readonly held: ReadonlySet<number>; readonly isTight: boolean },
  ) => Promise<void>;
  /** Drops the oldest archives while nothing is left in them. The newest stays, so that no number comes twice. */
  readonly dropEmpty: (feed: string, query: FeedQuery) => Promise<void>;
}

/** Members that follow each other and fill an archive. */
interface Part {
  readonly through: number;
  /** How many of them the document does not hold anyway. */
  readonly left: number;
}

export async function loadArchives(store: Store): Promise<Archives> {
  const byFeed = Map.groupBy(await store.archives(), ({ feed }) => feed);
  const of = (feed: string): readonly Archive[] => byFeed.get(feed) ?? [];
  const sealedThrough = (feed: string): number => of(feed).at(-1)?.through ?? 0;
  /** Another process on the same store may have been faster. */
  const reload = async (feed: string): Promise<void> => {
    byFeed.set(feed, [...(await store.archives(feed))]);
  };

  return {
    of,
    sealedThrough,
    range: (feed, number) => {
      const at = of(feed).findIndex((archive) => archive.number === number);
      const found = of(feed)[at];
      return found && { after: of(feed)[at - 1]?.through ?? 0, through: found.through };
    },
    seal: async (feed, query, { held, isTight }) => {
      const { parts, left } = await partition(store, query, sealedThrough(feed), held);
      const first = (of(feed).at(-1)?.number ?? 0) + 1;
      const sealed: Archive[] = [];
      let remaining = left;
      for (const part of parts) {
        if (remaining < archiveSize && !isTight) break;
        sealed.push({ feed, number: first + sealed.length, through: part.through });
        remaining -= part.left;
      }
      if (sealed.length === 0) return;
      await store.addArchives(sealed);
      await reload(feed);
    },
    dropEmpty: async (feed, query) => {
      const empty: Archive[] = [];
      for (const archive of of(feed).slice(0, -1)) {
        if ((await store.membersBetween(query, 0, archive.through, 1)).length > 0) break;
        empty.push(archive);
      }
      if (empty.length === 0) return;
      await store.dropArchives(empty);
      await reload(feed);
    },
  };
}

/** What came after a revision, in parts that each fill an archive; `left` counts the beginning of the next too. */
async function partition(
  store: Store,
  query: FeedQuery,
  start: number,
  held: ReadonlySet<number>,
): Promise<{ readonly parts: readonly Part[]; readonly left: number }> {
  const parts: Part[] = [];
  let count = 0;
  let bytes = 0;
  let left = 0;
  let leftInAll = 0;
  let after = start;
  const close = (): void => {
    parts.push({ through: after, left });
    [count, bytes, left] = [0, 0, 0];
  };
  for (;;) {
    const page = await store.membersBetween(query, after, Number.MAX_SAFE_INTEGER, pageSize);
    for (const member of page) {
      if (count > 0 && bytes + member.bytes > archiveBytes) close();
      count += 1;
      bytes += member.bytes;
      after = member.revision;
      if (!held.has(member.key)) {
        left += 1;
        leftInAll += 1;
      }
      if (count === archiveSize) close();
    }
    if (page.length < pageSize) return { parts, left: leftInAll };
  }
}
