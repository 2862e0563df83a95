import { group } from './groups.ts';
import type { Reader } from './reader.ts';
import { mark } from './title-mark.ts';

/** So many bits for the 4096 titles of a group, four of them for each: one group in 5000 is looked into in vain. */
const filterBits = 131_072;

/** So many groups are read at once, some hundredths of a second; the others may have any title until then. */
const groupsAtOnce = 16;

/**
 * Which groups of items may have a title: a Bloom filter of the marks of each, in memory, so that the index is asked
 * for the few that have one and not for all. A million items take 4 MB.
 */
export interface TitleFilters {
  /** The groups that may have a title with each of the marks, as far as `reader` sees them. */
  readonly groupsWith: (marks: readonly string[], reader: Reader) => readonly (readonly number[])[];
  /** A transaction was undone: the revisions that it had are given to what others write. */
  readonly beginAnew: () => void;
}

/** The filters of 32 groups side by side: each word has one bit of each of them. */
interface Block {
  readonly words: Uint32Array;
  /** A bit for each group that was read. */
  read: number;
}

export function createTitleFilters(): TitleFilters {
  const blocks = new Map<number, Block>();
  /** What has this revision, or a lower one, is in the filter of its group. */
  let seen: number | undefined;

  const blockOf = (number: number): Block => {
    const block = blocks.get(number >> 5) ?? { words: new Uint32Array(filterBits), read: 0 };
    blocks.set(number >> 5, block);
    return block;
  };

  /** Also of a group that was not read: whoever reads it may not see what is not committed yet. */
  const note = (number: number, text: unknown): void => {
    if (typeof text !== 'string') return;
    const { words } = blockOf(number);
    for (const at of placesOf(text)) words[at] = (words[at] ?? 0) | (1 << (number & 31));
  };

  const noteChanges = ({ all }: Reader): void => {
    seen ??= Number(all('SELECT max(revision) AS last FROM items')[0]?.['last'] ?? 0);
    const changed = all(
      `SELECT revision, ${group} AS number, ${mark} AS mark FROM items INDEXED BY items_by_revision
       WHERE revision > ? ORDER BY revision`,
      seen,
    );
    for (const row of changed) note(row['number'] as number, row['mark']);
    seen = (changed.at(-1)?.['revision'] as number | undefined) ?? seen;
  };

  /** Reads groups that were not read yet, the last ones first, and forgets those that are gone. */
  const readGroups = ({ all }: Reader, first: number, last: number): void => {
    for (const number of blocks.keys()) if (number < first >> 5) blocks.delete(number);
    let left = groupsAtOnce;
    for (let number = last; number >= first && left > 0; number--) {
      const block = blockOf(number);
      const bit = 1 << (number & 31);
      if ((block.read & bit) !== 0) continue;
      for (const row of all(`SELECT ${mark} AS mark FROM items WHERE ${group} = ?`, number))
        note(number, row['mark']);
      block.read |= bit;
      left -= 1;
    }
  };

  /** A bit for each group of the block that may have it. */
  const mayHave = (number: number, places: readonly number[]): number => {
    const block = blocks.get(number);
    if (!block) return ~0;
    return places.reduce((bits, at) => bits & (block.words[at] ?? 0), ~0) | ~block.read;
  };

  return {
    groupsWith: (marks, reader) => {
      const [ends] = reader.all(
        'SELECT (SELECT min(key) FROM items) >> 12 AS first, (SELECT max(key) FROM items) >> 12 AS last',
      );
      const { first, last } = ends as { first: number | null; last: number | null };
      if (first === null || last === null) return marks.map(() => []);
      noteChanges(reader);
      readGroups(reader, first, last);
      return marks.map((text) => {
        const places = placesOf(text);
        const found: number[] = [];
        for (let number = first >> 5; number <= last >> 5; number++) {
          for (let bits = mayHave(number, places); bits !== 0; bits &= bits - 1) {
            const one = (number << 5) + (31 - Math.clz32(bits & -bits));
            if (one >= first && one <= last) found.push(one);
          }
        }
        return found;
      });
    },
    beginAnew: () => {
      blocks.clear();
      seen = undefined;
    },
  };
}

/** Where the bits of a text are: four of one hash, as Kirsch and Mitzenmacher make them. */
function placesOf(text: string): readonly [number, number, number, number] {
  const hash = hashOf(text);
  const step = (hash >>> 16) | 1;
  const place = (n: number): number => (hash + n * step) & (filterBits - 1);
  return [place(0), place(1), place(2), place(3)];
}

/** FNV-1a over UTF-16 code units, and the last step of MurmurHash3, by which all bits depend on all of them. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
