import { isDeepStrictEqual } from 'node:util';
import type { SourceState } from '../../model/source.ts';

/**
 * What changes together of a state is stored together: what each poll changes, with the traces of the last ones; what
 * a document does; and the rest, which lasts.
 */
type Part = 'poll' | 'traces' | 'document' | 'lasting';

const places: { readonly [Key in keyof Required<SourceState>]: Part } = {
  validators: 'lasting',
  bodyHash: 'lasting',
  readAs: 'lasting',
  documents: 'lasting',
  idsUseful: 'lasting',
  firstSuccessAt: 'lasting',
  lastSuccessAt: 'poll',
  lastPollAt: 'poll',
  lastOutcome: 'poll',
  polls: 'traces',
  failures: 'poll',
  failuresAlike: 'poll',
  status: 'lasting',
  statusSince: 'lasting',
  statusCause: 'lasting',
  waits: 'lasting',
  lastNewAt: 'lasting',
  unchangedRun: 'poll',
  history: 'document',
  doubtedAt: 'lasting',
  drift: 'lasting',
  moved: 'lasting',
  configured: 'lasting',
  nextPollBecause: 'poll',
  feed: 'document',
  rhythm: 'lasting',
};

const keys = Map.groupBy(Object.keys(places) as (keyof SourceState)[], (key) => places[key]);

/** One part of a state as JSON. */
export function partOf(state: SourceState, part: Part): string {
  const values: Partial<Record<keyof SourceState, unknown>> = {};
  for (const key of keys.get(part) ?? []) values[key] = state[key];
  return JSON.stringify(values);
}

/** Whether a part says the same in both states. */
export function sameIn(part: Part, one: SourceState, other: SourceState): boolean {
  return (keys.get(part) ?? []).every(
    (key) => one[key] === other[key] || isDeepStrictEqual(one[key], other[key]),
  );
}
