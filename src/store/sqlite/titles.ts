import { hash } from 'node:crypto';

/** How many characters of a title, and how many digits of its hash, its index entry has. */
const beginningLength = 6;
const hashLength = 6;

/** Items with one of the titles, which fill the mark as {@link titleProbes}. */
export const itemsTitled = `json_each(?) AS probe CROSS JOIN items
  ON substr(title_key, 1, ${beginningLength}) = probe.value ->> 0
  AND substr(title_hash, 1, ${hashLength}) = probe.value ->> 1
  AND title_key = probe.value ->> 2`;

/** Titles as {@link itemsTitled} looks for them; an empty one is looked for by nobody. */
export function titleProbes(titleKeys: readonly string[]): string {
  const probes = new Set(titleKeys);
  probes.delete('');
  return JSON.stringify([...probes].map((key) => [beginningOf(key), markOf(key), key]));
}

/** The condition for items whose title keys begin so, and what fills its marks. */
export function beginningWith(beginning: string): readonly [sql: string, ...values: string[]] {
  const first = beginningOf(beginning);
  return Array.from(beginning).length < beginningLength
    ? [
        `substr(title_key, 1, ${beginningLength}) >= ? AND substr(title_key, 1, ${beginningLength}) < ?`,
        first,
        `${first}\u{10FFFF}`,
      ]
    : [
        `substr(title_key, 1, ${beginningLength}) = ? AND title_key >= ? AND title_key < ?`,
        first,
        beginning,
        `${beginning}\u{10FFFF}`,
      ];
}

/** As SQLite counts characters: by code points. */
function beginningOf(titleKey: string): string {
  return Array.from(titleKey.slice(0, beginningLength * 2))
    .slice(0, beginningLength)
    .join('');
}

function markOf(titleKey: string): string {
  return hash('sha256', titleKey).slice(0, hashLength);
}
