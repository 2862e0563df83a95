import type { Dispatcher } from 'undici';
import type { FetchSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { fetchFile } from './file.ts';
import { createDispatcher, fetchHttp } from './http.ts';
import type { FetchOutcome, LastFetch } from './outcome.ts';

/** Reads a source's document once, unless it is the one that was read last. */
export type Fetch = (source: Source, last: LastFetch) => Promise<FetchOutcome>;

export interface Fetcher {
  readonly fetch: Fetch;
  readonly close: () => Promise<void>;
}

export function createFetcher(settings: FetchSettings): Fetcher {
  const dispatcher: Dispatcher = createDispatcher(settings);
  return {
    fetch: (source, last) =>
      source.location.kind === 'file'
        ? fetchFile(source.location, last, settings.maxBytes)
        : fetchHttp(source, source.location.url, last, settings, dispatcher),
    close: () => dispatcher.destroy(),
  };
}
