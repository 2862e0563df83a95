import { setTimeout as sleep } from 'node:timers/promises';
import { asStoreError, isBusy } from './open.ts';

/** How long a call waits for another program's lock before it fails. */
const patienceMs = 60_000;

export interface Patience {
  /** Told each time that the call waits. */
  readonly onBusy?: (error: Error, waitedMs: number) => void;
  /** Once it is aborted nothing waits any more. */
  readonly signal?: AbortSignal;
}

/** Calls again while another connection holds the lock, with the event loop free in between. */
export async function retryWhileBusy<Result>(
  path: string,
  call: () => Result | Promise<Result>,
  { onBusy, signal }: Patience = {},
): Promise<Result> {
  const startedAt = performance.now();
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, 250)) {
    try {
      return await call();
    } catch (error) {
      const waitedMs = performance.now() - startedAt;
      if (!isBusy(error) || waitedMs > patienceMs || signal?.aborted === true)
        throw asStoreError(error, path);
      onBusy?.(asStoreError(error, path), waitedMs);
      await sleep(waitMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }
}
