/** How long a feed may be kept: until one of its sources is polled next, within these bounds. */
const minSeconds = 60;
const maxSeconds = 900;

/** When feeds are expected to change, by when their sources are polled. */
export interface ExpectedChanges {
  /** Takes note of the next polls of all sources; each moves when it is done. */
  readonly notice: (nextPolls: ReadonlyMap<string, Date>, now: Date) => void;
  /** The `Cache-Control` of a feed, ready to be sent. */
  readonly cachingOf: (path: string) => string;
}

export function createExpectedChanges(): ExpectedChanges {
  let ofSources: ReadonlyMap<string, string> = new Map();
  let ofOthers = caching(minSeconds);
  return {
    notice: (nextPolls, now) => {
      const seconds = new Map(
        [...nextPolls].map(([id, at]) => [`sources/${id}`, (at.getTime() - now.getTime()) / 1000]),
      );
      ofSources = new Map([...seconds].map(([path, left]) => [path, caching(left)]));
      ofOthers = caching(Math.min(...seconds.values(), maxSeconds));
    },
    // Any source may have the next story of any other feed.
    cachingOf: (path) => ofSources.get(path) ?? ofOthers,
  };
}

function caching(seconds: number): string {
  const age = Math.round(Math.min(Math.max(seconds, minSeconds), maxSeconds));
  return `public, max-age=${age}, stale-while-revalidate=600, stale-if-error=86400`;
}
