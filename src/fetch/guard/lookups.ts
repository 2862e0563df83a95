import type { Resolve } from './resolve.ts';

/** A lookup that takes longer hangs: its name server does not answer. */
const slowMs = 1000;

/** So many names are remembered as slow, the last ones. */
const maxSlowNames = 1000;

type Answer = ReturnType<Resolve>;

/**
 * The resolver with at most `places` lookups under way. The system's cannot be called off and holds a thread of
 * Node's pool, which files and compression need as well, until its name servers have had their time. Who asks
 * for a name that is being asked for shares the answer; names that hung take half of the places at most.
 */
export function limitLookups(resolve: Resolve, places: number): Resolve {
  const underWay = new Map<string, Answer>();
  const running = new Set<string>();
  const waiting = new Map<string, () => void>();
  const slow = new Set<string>();

  const hasPlace = (name: string): boolean => {
    if (running.size >= places) return false;
    const hanging = [...running].filter((other) => slow.has(other)).length;
    return !slow.has(name) || hanging < Math.max(1, Math.floor(places / 2));
  };

  const startWaiting = (): void => {
    for (const [name, start] of waiting) if (hasPlace(name)) start();
  };

  const markSlow = (name: string): void => {
    slow.delete(name);
    slow.add(name);
    const [oldest] = slow;
    if (slow.size > maxSlowNames && oldest !== undefined) slow.delete(oldest);
  };

  const look = async (name: string): Answer => {
    waiting.delete(name);
    running.add(name);
    const startedAt = performance.now();
    const timer = setTimeout(markSlow, slowMs, name).unref();
    try {
      return await resolve(name);
    } finally {
      clearTimeout(timer);
      if (performance.now() - startedAt < slowMs) slow.delete(name);
      running.delete(name);
      underWay.delete(name);
      startWaiting();
    }
  };

  return (name) => {
    const known = underWay.get(name);
    if (known) return known;
    const answer = hasPlace(name)
      ? look(name)
      : new Promise<Awaited<Answer>>((settle, reject) => {
          waiting.set(name, () => void look(name).then(settle, reject));
        });
    underWay.set(name, answer);
    return answer;
  };
}
