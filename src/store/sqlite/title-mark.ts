import { hash } from 'node:crypto';

/** How many characters of a title, and how many digits of its hash, its index entry has. */
const beginningLength = 6;
const hashLength = 6;

/** The index entry of an item's title, as the index has it in each group. */
export const mark = `substr(title_key, 1, ${beginningLength}) || substr(title_hash, 1, ${hashLength})`;

/** The same of a title; its hash spares making it. */
export function markOf(titleKey: string, titleHash = hash('sha256', titleKey)): string {
  return beginningOf(titleKey) + titleHash.slice(0, hashLength);
}

/** How a mark begins; as SQLite counts characters, by code points. */
export function beginningOf(titleKey: string): string {
  const units = titleKey.slice(0, beginningLength);
  if (!/[\uD800-\uDFFF]/.test(units)) return units;
  return Array.from(titleKey.slice(0, beginningLength * 2))
    .slice(0, beginningLength)
    .join('');
}
