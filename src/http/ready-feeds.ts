import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Representation } from '../publish/representation.ts';
import type { Beside, ReadyChanges, Tally } from './front-messages.ts';
import { readyAnswer } from './send.ts';

/** Feeds whose bytes are here, by their whole URLs: to take one to pieces takes as long as all that is done here. */
export interface ReadyFeeds {
  readonly take: (changes: ReadyChanges) => void;
  /** Answers a request that is for one of them; tells whether it did. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** What was answered since this was called last; undefined where nothing was. */
  readonly tally: () => Tally | undefined;
}

/**
 * What most requests are for, a feed as it is, is written without the server's own cycle, which takes longer than
 * the answer does. Its route answers a plain feed in the same way.
 */
export function createReadyFeeds(): ReadyFeeds {
  const feeds = new Map<string, Representation>();
  const told = new Map<string, Beside>();
  const asked = new Set<string>();
  let whole = 0;
  let fresh = 0;
  return {
    take: ({ feeds: changed, beside }) => {
      for (const [url, feed] of changed) {
        if (feed) feeds.set(url, feed);
        else {
          feeds.delete(url);
          told.delete(url);
        }
      }
      for (const [url, now] of beside) told.set(url, now);
    },
    answer: ({ method, url = '', headers }, response) => {
      if (method !== 'GET' && method !== 'HEAD') return false;
      const feed = feeds.get(url);
      const beside = told.get(url);
      if (!feed || !beside) return false;
      const { status, fields, body } = readyAnswer(headers, feed, beside.cacheControl);
      const { stale } = beside;
      response.writeHead(status, stale === undefined ? fields : [...fields, 'tributary-stale', stale]);
      if (body === undefined || method === 'HEAD') response.end();
      else response.end(body);
      if (status === 200) whole += 1;
      else fresh += 1;
      asked.add(url);
      return true;
    },
    tally: () => {
      if (asked.size === 0) return undefined;
      const tally = { whole, fresh, asked: [...asked] };
      whole = fresh = 0;
      asked.clear();
      return tally;
    },
  };
}
