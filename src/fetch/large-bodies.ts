import type { Readable } from 'node:stream';
import { beforeAbort } from './before-abort.ts';
import { createTurns } from './turns.ts';

/** A body beyond this is a large one; few feeds are. */
export const largeBytes = 1024 * 1024;

/** So many large bodies are read at the same time: all that are on their way together could fill the memory. */
const atOnce = 4;

/**
 * Lets a large body be read on, when it is its turn and there is room; gives what ends its turn.
 * @throws what ended a body that waited: its deadline, or the other side.
 */
export type LetGrow = (body: Readable) => Promise<() => void>;

export function createLargeBodies(room: () => Promise<void>): LetGrow {
  const turns = createTurns(atOnce);
  return async (body) => {
    const ended = new AbortController();
    body.once('error', (error) => ended.abort(error));
    const turn = turns.take();
    try {
      await beforeAbort(turn.then(room), ended.signal);
    } catch (error) {
      void turn.then((leave) => leave());
      throw error;
    }
    return turn;
  };
}
