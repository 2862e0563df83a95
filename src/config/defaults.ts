import type { FetchSettings } from '../model/settings.ts';
import { configSchema } from './schema.ts';

/** What an empty configuration file says of fetching, for commands that work without one. */
export function defaultFetchSettings(): Omit<FetchSettings, 'userAgent'> {
  const { minInterval, maxInterval, timeoutMs, maxBytes, concurrency, perHost, allow } = configSchema.parse(
    {},
  ).fetch;
  return {
    timeoutMs,
    maxBytes,
    concurrency,
    perHost,
    allow,
    minIntervalMs: minInterval,
    maxIntervalMs: maxInterval,
  };
}
