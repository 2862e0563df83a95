/** What a person decided about stories, by entry ids; it has the last word, now and for ever. */
export type Override =
  | { readonly kind: 'join'; readonly entryIds: readonly string[] }
  | { readonly kind: 'split'; readonly entryId: string };
