import { allowedTags, maxDepth, towardsCell, type AllowedTag } from './allowed-tags.ts';

/**
 * How many of the open elements stay open where a tag begins: an element that it ends goes, with what stands in a
 * line of text within.
 */
export function openBefore(tag: AllowedTag, open: readonly AllowedTag[]): number {
  let staying = open.length;
  if (tag.ends.size === 0) return staying;
  for (let at = open.length - 1; at >= 0; at--) {
    const element = open[at];
    if (element === undefined) break;
    if (tag.ends.has(element.name)) staying = at;
    else if (!element.isInline && !tag.endsThrough.has(element.name)) break;
  }
  return staying;
}

/** What has to be opened first: a cell stands in a row, and what is no part of a table in a cell of it. */
export function missingParents(tag: AllowedTag, open: readonly AllowedTag[]): readonly AllowedTag[] {
  const missing: AllowedTag[] = [];
  for (let parent = open.at(-1); parent && !isParentOf(parent, tag); parent = missing.at(-1)) {
    const next = allowedTags.get(towardsCell.get(parent.name) ?? '');
    if (!next) return [];
    missing.push(next);
  }
  return missing;
}

function isParentOf({ name }: AllowedTag, { parents }: AllowedTag): boolean {
  return parents === undefined ? !towardsCell.has(name) : parents.has(name);
}

const cells: ReadonlySet<string> = new Set(['caption', 'td', 'th']);

/** Within one, what was open around the table does not count. */
const isCell = ({ name }: AllowedTag): boolean => cells.has(name);

/** Whether an element may stand within those that are open. */
export function mayStandIn(tag: AllowedTag, open: readonly AllowedTag[]): boolean {
  if (tag.parents !== undefined && !tag.parents.has(open.at(-1)?.name ?? '')) return false;
  if (tag.name === 'a' && open.slice(open.findLastIndex(isCell) + 1).includes(tag)) return false;
  return open.length + (tag.isVoid ? 0 : 1) <= maxDepth;
}
