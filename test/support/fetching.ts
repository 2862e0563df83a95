import { onTestFinished } from 'vitest';
import { createFetcher, type Fetcher, type Surroundings } from '../../src/fetch/fetch.ts';
import type { FetchSettings } from '../../src/model/settings.ts';
import type { Source } from '../../src/model/source.ts';
import { startOrigin, type Origin, type OriginOptions } from './origin.ts';

/** Settings of a fetcher for tests: the program's defaults, with 127.0.0.1 allowed. */
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
    republish: 'full',
    expect: {},
    rank: 0,
    ...changes,
  };
}

/** An origin that is closed when the test that asked for it has ended. */
export async function originOfTest(options?: OriginOptions): Promise<Origin> {
  const origin = await startOrigin(options);
  onTestFinished(() => origin.close());
  return origin;
}

/** A fetcher that no proxy of the environment disturbs, closed when the test has ended. */
export function fetcherOfTest(settings?: Partial<FetchSettings>, surroundings?: Surroundings): Fetcher {
  const fetcher = createFetcher(fetchSettings(settings), { environment: {}, ...surroundings });
  onTestFinished(() => fetcher.close());
  return fetcher;
}
