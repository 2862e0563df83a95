import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects this thread's garbage now, in some milliseconds where its heap is small. */
export const collectGarbage = runInNewContext('gc') as () => void;
