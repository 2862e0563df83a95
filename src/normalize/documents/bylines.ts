import type { Person } from '../../model/feed.ts';
import { parseByline, type Byline } from './byline.ts';

/** Longer blocks are no bylines; they need not be read as one. */
const longest = 400;

/**
 * The bylines of a text by the index of their block: those it begins and those it ends with. In between, `编辑：`
 * is somebody speaking.
 * @param skip blocks that may stand among bylines: images
 */
export function bylinesOf(
  blocks: readonly string[],
  plain: (block: string) => string,
  skip: (block: string) => boolean,
): ReadonlyMap<number, Byline> {
  const found = new Map<number, Byline>();
  const search = (indexes: Iterable<number>): void => {
    for (const index of indexes) {
      const block = blocks[index] ?? '';
      if (skip(block)) continue;
      const byline = block.length > longest ? undefined : parseByline(plain(block));
      if (byline === undefined) return;
      found.set(index, byline);
    }
  };
  search(blocks.keys());
  search([...blocks.keys()].reverse());
  return found;
}

/** The same person once, with the role that was named first. */
export function distinctPeople(people: readonly Person[]): readonly Person[] | undefined {
  const byName = new Map<string | undefined, Person>();
  for (const person of people) if (!byName.has(person.name)) byName.set(person.name, person);
  return byName.size === 0 ? undefined : [...byName.values()];
}
