import type { Newsroom } from './newsroom.ts';

const dayMs = 86_400_000;

/** Removes what no document has listed for a day; gives how many went. */
export function sweep({ clock, store }: Pick<Newsroom, 'clock' | 'store'>): Promise<number> {
  const now = clock.now();
  return store().retain({ before: new Date(now.getTime() - dayMs), maxItems: 1_000_000, now });
}
