import type { SortKey } from '../model/story.ts';
import type { Cursor } from '../store/store.ts';
import { Problem } from './problem.ts';

/** A place in a list as an opaque text. */
export function writeCursor({ sort, key }: { readonly sort: SortKey; readonly key: number }): string {
  return Buffer.from(JSON.stringify([sort.time?.getTime() ?? null, sort.rank, sort.position, key])).toString(
    'base64url',
  );
}

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    const [time, rank, position, key] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (![rank, position, key].every(Number.isSafeInteger) || (time !== null && !Number.isSafeInteger(time)))
      throw new Error();
    return {
      sort: {
        ...(time !== null && { time: new Date(time as number) }),
        rank: rank as number,
        position: position as number,
      },
      key: key as number,
    };
  } catch {
    throw new Problem(
      400,
      'cursor: found a text that is no cursor; allowed: the value of `next` in an answer.',
    );
  }
}

/** A place in the list of changes, in the same form. */
export function writeRevision(revision: number): string {
  return Buffer.from(JSON.stringify([revision])).toString('base64url');
}

/** The revision to go on from; undefined where the text is no place in the list of changes. */
export function readRevision(text: string | undefined): number | undefined {
  const [, digits] = /^\[(\d{1,15})\]$/.exec(Buffer.from(text ?? '', 'base64url').toString()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
