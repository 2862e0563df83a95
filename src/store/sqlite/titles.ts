import { group, inAnyGroup } from './groups.ts';
import type { Reader } from './reader.ts';
import type { TitleFilters } from './title-filters.ts';
import { beginningOf, mark, markOf } from './title-mark.ts';

/** Items with one of the titles, which fill the mark as {@link titleProbes}. */
export const itemsTitled = `json_each(?) AS probe CROSS JOIN items
  ON ${group} = probe.value ->> 0 AND ${mark} = probe.value ->> 1 AND title_key = probe.value ->> 2`;

/** Titles as {@link itemsTitled} looks for them, in the groups that may have them; an empty one is looked for by nobody. */
export function titleProbes(titles: readonly Title[], filters: TitleFilters, reader: Reader): string {
  const hashes = new Map(titles.map(({ titleKey, titleHash }) => [titleKey, titleHash]));
  hashes.delete('');
  const probes = Array.from(hashes, ([key, titleHash]) => ({ key, mark: markOf(key, titleHash) }));
  const found = filters.groupsWith(
    probes.map((probe) => probe.mark),
    reader,
  );
  return JSON.stringify(
    probes.flatMap((probe, at) => found[at]?.map((number) => [number, probe.mark, probe.key]) ?? []),
  );
}

/** A title to look for; its hash spares making it. */
interface Title {
  readonly titleKey: string;
  readonly titleHash?: string;
}

/** The condition for items whose title keys begin so, and what fills its marks. */
export function beginningWith(beginning: string): readonly [sql: string, ...values: string[]] {
  const first = beginningOf(beginning);
  return [
    `${inAnyGroup} AND ${mark} >= ? AND ${mark} < ? AND title_key >= ? AND title_key < ?`,
    first,
    `${first}${last}`,
    beginning,
    `${beginning}${last}`,
  ];
}

/** After every other character. */
const last = '\u{10FFFF}';
