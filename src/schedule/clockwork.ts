import cron from 'node-cron';
import type { Poller } from './poller.ts';

/** Starts to look for due sources, now and each second; gives back how to stop. */
export function startClockwork(poller: Poller): () => Promise<void> {
  const task = cron.schedule('* * * * * *', () => poller.tick(), { noOverlap: true, name: 'tributary-poll' });
  void poller.tick();
  return async () => {
    await task.destroy();
  };
}
