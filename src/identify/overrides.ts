import type { Override } from '../model/override.ts';

/** An override as it counts beside the others. */
export type Ruling =
  | Extract<Override, { kind: 'join' }>
  | {
      readonly kind: 'split';
      readonly entryId: string;
      /** What later overrides join the item with: it need not stand alone. */
      readonly joinedWith: readonly string[];
    };

/**
 * The overrides in order, without what later ones take back: on each entry id the last word counts, so that
 * doing all of them again changes nothing.
 */
export function rulingsOf(overrides: readonly Override[]): readonly Ruling[] {
  return overrides.flatMap((override, index): readonly Ruling[] => {
    const later = overrides.slice(index + 1);
    if (override.kind === 'split') {
      const { entryId } = override;
      const joins = later.flatMap((other) => (other.kind === 'join' ? [other.entryIds] : []));
      const joinedWith = joins.filter((ids) => ids.includes(entryId)).flat();
      return [{ kind: 'split', entryId, joinedWith: joinedWith.filter((id) => id !== entryId) }];
    }
    const splitLater = new Set(later.flatMap((other) => (other.kind === 'split' ? [other.entryId] : [])));
    const entryIds = [...new Set(override.entryIds)].filter((id) => !splitLater.has(id));
    return entryIds.length < 2 ? [] : [{ kind: 'join', entryIds }];
  });
}

/** The entry ids whose items stand alone: nothing merges with them by itself. */
export function aloneIds(overrides: readonly Override[]): readonly string[] {
  return rulingsOf(overrides).flatMap((ruling) =>
    ruling.kind === 'split' && ruling.joinedWith.length === 0 ? [ruling.entryId] : [],
  );
}

/** An override that says nothing: its place in the list, from 0, and why, as the rest of a sentence. */
export interface IdleOverride {
  readonly index: number;
  readonly message: string;
}

/** The overrides that do nothing, because of what they name or of what stands beside them. */
export function idleOverrides(overrides: readonly Override[]): readonly IdleOverride[] {
  return overrides.flatMap((override, index): readonly IdleOverride[] => {
    const message =
      override.kind === 'join' ? idleJoin(override.entryIds, overrides.slice(index + 1)) : undefined;
    if (message !== undefined) return [{ index, message }];
    const again = overrides.findIndex((other, at) => at > index && isSame(override, other));
    return again === -1 ? [] : [{ index, message: `it is repeated as number ${again + 1}` }];
  });
}

function idleJoin(entryIds: readonly string[], later: readonly Override[]): string | undefined {
  const distinct = new Set(entryIds);
  if (distinct.size < entryIds.length) return 'it joins an entry with itself';
  const splitLater = later.flatMap((other) => (other.kind === 'split' ? [other.entryId] : []));
  const left = [...distinct].filter((id) => !splitLater.includes(id));
  return left.length < 2 ? 'later overrides split what it joins' : undefined;
}

function isSame(a: Override, b: Override): boolean {
  if (a.kind === 'split') return b.kind === 'split' && a.entryId === b.entryId;
  return b.kind === 'join' && a.entryIds.toSorted().join('\n') === b.entryIds.toSorted().join('\n');
}
