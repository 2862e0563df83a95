import { foldSpace } from '../../text/space.ts';

/**
 * The column a title stands in, when an affix of it is one of those known: `名｜…`, `名丨…`, `【名】…`, `… | 名`.
 * Nothing but known names is a column, for what stands beside a bar may as well be half of the title.
 */
export function columnOf(title: string, columns: readonly string[]): string | undefined {
  const bracketed = /^【([^【】]{1,40})】/.exec(title)?.[1];
  // U+4E28 looks like a bar and is a letter to Unicode.
  const affixes = title.split(/[｜|丨]/).map(foldSpace);
  const candidates = [
    bracketed,
    affixes.length > 1 ? affixes[0] : undefined,
    affixes.length > 1 ? affixes.at(-1) : undefined,
  ];
  return candidates.find((affix) => affix !== undefined && columns.includes(affix));
}
