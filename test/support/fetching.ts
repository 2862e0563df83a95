import type { FetchSettings } from '../../src/model/settings.ts';
import type { Source } from '../../src/model/source.ts';

/** Settings of a fetcher for tests: the program's defaults, with loopback allowed. */
export function fetchSettings(changes: Partial<FetchSettings> = {}): FetchSettings {
  return {
    userAgent: 'tributary/0 (+http://reader.test)',
    timeoutMs: 30_000,
    maxBytes: 10_485_760,
    concurrency: 16,
    perHost: 1,
    minIntervalMs: 60_000,
    maxIntervalMs: 86_400_000,
    allow: ['127.0.0.1/32'],
    ...changes,
  };
}

/** A source that is read over HTTP, as the configuration makes it where nothing else is said. */
export function sourceAt(url: string, changes: Partial<Source> = {}): Source {
  return {
    id: 'example',
    title: 'Example',
    location: { kind: 'http', url },
    format: 'auto',
    timezone: 'UTC',
    enabled: true,
    headers: {},
    private: false,
    topics: [],
    columns: [],
    dedupe: 'title',
    keep: [],
    drop: [],
    explode: false,
    expect: {},
    rank: 0,
    ...changes,
  };
}
