import type { Source } from '../model/source.ts';

/**
 * What `Tributary-Stale` says: trouble upstream changes no byte of a feed and is told beside it, of ten sources at
 * most, all of them published.
 */
export function createStaleField(
  published: readonly Source[],
): (stale: ReadonlyMap<string, Date>) => string | undefined {
  const ids = new Set(published.map(({ id }) => id));
  return (stale) => {
    const told = [...stale]
      .filter(([source]) => ids.has(source))
      .slice(0, 10)
      .map(([source, since]) => `${source};since=${since.toISOString().slice(0, 19)}Z`);
    return told.length === 0 ? undefined : told.join(', ');
  };
}
