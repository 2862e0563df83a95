import type { Poller } from './poller.ts';

const everyMs = 1000;

/**
 * Starts to look for due sources, now and each second; gives back how to stop. A plain timer, for it does not
 * look at the clock: that may be put a year ahead or back.
 */
export function startClockwork(poller: Poller): () => Promise<void> {
  const timer = setInterval(() => void poller.tick(), everyMs);
  void poller.tick();
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
}
