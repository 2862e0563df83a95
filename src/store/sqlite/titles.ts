import { hash } from 'node:crypto';

/** How many characters of a title, and how many digits of its hash, its index entry has. */
const beginningLength = 6;
const hashLength = 6;

/** The index entry of an item's title, as the index has it. */
const mark = `substr(title_key, 1, ${beginningLength}) || substr(title_hash, 1, ${hashLength})`;

/** Items with one of the titles, which fill the mark as {@link titleProbes}. */
export const itemsTitled = `json_each(?) AS probe CROSS JOIN items
  ON ${mark} = probe.value ->> 0 AND title_key = probe.value ->> 1`;

/** Titles as {@link itemsTitled} looks for them; an empty one is looked for by nobody. */
export function titleProbes(titles: readonly Title[]): string {
  const probes = new Map(titles.map(({ titleKey, titleHash }) => [titleKey, titleHash]));
  probes.delete('');
  return JSON.stringify(
    Array.from(probes, ([key, titleHash]) => [
      beginningOf(key) + (titleHash ?? hash('sha256', key)).slice(0, hashLength),
      key,
    ]),
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
    `${mark} >= ? AND ${mark} < ? AND title_key >= ? AND title_key < ?`,
    first,
    `${first}${last}`,
    beginning,
    `${beginning}${last}`,
  ];
}

/** After every other character. */
const last = '\u{10FFFF}';

/** As SQLite counts characters: by code points. */
function beginningOf(titleKey: string): string {
  const units = titleKey.slice(0, beginningLength);
  if (!/[\uD800-\uDFFF]/.test(units)) return units;
  return Array.from(titleKey.slice(0, beginningLength * 2))
    .slice(0, beginningLength)
    .join('');
}
