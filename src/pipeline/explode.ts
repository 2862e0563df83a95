import type { Item } from '../model/feed.ts';
import { listItem, type Listed, type TitleRules } from '../identify/item-key.ts';

/** A digest whose parts are items of their own. */
export interface Digest {
  readonly item: Item;
  /** The key that the digest was first known by. */
  readonly root: string;
}

/**
 * The linked parts of a digest as items of their own; parts without a link stay in the digest, which has
 * nothing else to tell them apart by.
 */
export function linkedParts({ item: digest, root }: Digest, titles: TitleRules): readonly Listed[] {
  return (digest.parts ?? []).flatMap(({ title, url, content }, place): Listed[] => {
    if (url === undefined) return [];
    const part: Item = {
      title,
      url,
      ...(content !== undefined && { summary: content, content }),
      ...(digest.published !== undefined && { published: digest.published }),
      ...(digest.orderHint !== undefined && { orderHint: digest.orderHint }),
      ...(digest.language !== undefined && { language: digest.language }),
    };
    return [{ ...listItem(part, titles), partOf: { root, place } }];
  });
}

export function hasLinkedParts({ parts = [] }: Item): boolean {
  return parts.some(({ url }) => url !== undefined);
}
