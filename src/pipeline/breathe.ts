import { setImmediate as afterOthers } from 'node:timers/promises';

/** Lets everything else that waits have its turn: promises alone never do. */
export function breathe(): Promise<void> {
  return afterOthers();
}
