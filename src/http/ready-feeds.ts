import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFeedName } from './feed-name.ts';
import { readyAnswer } from './send.ts';
import type { ServerTools } from './tools.ts';

/** Answers a request where that can be done at once; tells whether it did. */
export type AnswerAtOnce = (request: IncomingMessage, response: ServerResponse) => boolean;

const prefix = '/feeds/';

/**
 * What most requests are for, a feed as it is, is written without the server's own cycle, which takes longer than
 * the answer does. Whatever asks for more than that (parameters, an archive, who the reader is, how often) is left
 * to the routes, which answer a plain feed in the same way.
 */
export function createReadyFeeds({ publisher, cachingOf, access, metrics }: ServerTools): AnswerAtOnce {
  if (Object.keys(access.readers).length > 0 || access.rateLimit) return () => false;
  const counted = new Map(
    ([200, 304] as const).map((status) => [
      status,
      metrics.series('tributary_http_requests_total', { route: '/feeds/*', status: String(status) }),
    ]),
  );
  return ({ method, url = '', headers }, response) => {
    if ((method !== 'GET' && method !== 'HEAD') || !url.startsWith(prefix) || !publisher.isReady())
      return false;
    const name = readFeedName(url.slice(prefix.length));
    const feed = name && publisher.feed(name.path, name.format);
    if (!feed || publisher.staleSources(feed).size > 0) return false;
    const { status, fields, body } = readyAnswer(headers, feed, cachingOf(name.path));
    response.writeHead(status, fields);
    if (body === undefined || method === 'HEAD') response.end();
    else response.end(body);
    counted.get(status)?.();
    return true;
  };
}
