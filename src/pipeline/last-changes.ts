/** Variants whose last change is remembered; after that the ones that were rendered longest ago are forgotten. */
const maxNames = 10_000;

/** When variants that are rendered on request changed last, kept beyond their bytes. */
export interface LastChanges {
  /**
   * When the variant with this hash came to be: it changes with its feed, which did so last at `feedChangedAt`,
   * or by the time alone, which is noticed now.
   */
  readonly of: (name: string, hash: string, feedChangedAt: Date, now: Date) => Date;
}

export function createLastChanges(): LastChanges {
  const known = new Map<string, { readonly hash: string; readonly at: Date }>();
  return {
    of: (name, hash, feedChangedAt, now) => {
      const before = known.get(name);
      known.delete(name);
      const at =
        before === undefined
          ? feedChangedAt
          : before.hash === hash
            ? before.at
            : feedChangedAt > before.at
              ? feedChangedAt
              : now;
      known.set(name, { hash, at });
      for (const oldest of known.keys()) {
        if (known.size <= maxNames) break;
        known.delete(oldest);
      }
      return at;
    },
  };
}
