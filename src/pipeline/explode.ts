import type { Item } from '../model/feed.ts';

/**
 * The linked parts of a digest as items of their own; parts without a link stay in the digest, which has
 * nothing else to tell them apart by.
 */
export function linkedParts(digest: Item): readonly Item[] {
  return (digest.parts ?? []).flatMap(({ title, url, content }): Item[] =>
    url === undefined
      ? []
      : [
          {
            id: url,
            title,
            url,
            ...(content !== undefined && { summary: content, content }),
            ...(digest.published !== undefined && { published: digest.published }),
            ...(digest.orderHint !== undefined && { orderHint: digest.orderHint }),
            ...(digest.language !== undefined && { language: digest.language }),
          },
        ],
  );
}
