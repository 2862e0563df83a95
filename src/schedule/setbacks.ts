/** The longest pause after failures of the program or its store. */
const longestMs = 3_600_000;

/**
 * Sources whose last poll could not be saved: what the store knows of them would have them polled again and
 * again. They pause for `firstMs`, and twice as long each time. Time is the machine's uptime, for a clock may be put back.
 */
export function createSetbacks(firstMs: number, uptimeMs: () => number = () => performance.now()) {
  const pauses = new Map<string, { readonly ms: number; readonly until: number }>();
  return {
    add: (source: string): void => {
      const ms = Math.min((pauses.get(source)?.ms ?? firstMs / 2) * 2, longestMs);
      pauses.set(source, { ms, until: uptimeMs() + ms });
    },
    clear: (source: string): void => {
      pauses.delete(source);
    },
    /** Whether the source still pauses. */
    isPausing: (source: string): boolean => (pauses.get(source)?.until ?? -Infinity) > uptimeMs(),
  };
}
