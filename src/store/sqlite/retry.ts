import { setTimeout as sleep } from 'node:timers/promises';
import { asStoreError, isBusy } from './open.ts';

/** How long a call waits for another program's lock before it fails. */
const patienceMs = 60_000;

/** Calls again while another connection holds the lock, with the event loop free in between. */
export async function retryWhileBusy<Result>(
  path: string,
  call: () => Result | Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + patienceMs;
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, 250)) {
    try {
      return await call();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw asStoreError(error, path);
      await sleep(waitMs);
    }
  }
}
