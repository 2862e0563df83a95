import type { IncomingMessage, ServerResponse } from 'node:http';
import { feedFormats, type FeedFormatName } from '../publish/representation.ts';
import { readyAnswer } from './send.ts';
import type { ServerTools } from './tools.ts';

/** Answers a request where that can be done at once; tells whether it did. */
export type AnswerAtOnce = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * What most requests are for, a feed as it is, is written without the server's own cycle, which takes longer than
 * the answer does. Whatever asks for more than that (parameters, an archive, who the reader is, how often) is left
 * to the routes, which answer a plain feed in the same way.
 */
export function createReadyFeeds({ publisher, cachingOf, access, metrics }: ServerTools): AnswerAtOnce {
  if (Object.keys(access.readers).length > 0 || access.rateLimit) return () => false;
  const count = (status: 200 | 304) =>
    metrics.series('tributary_http_requests_total', { route: '/feeds/*', status: String(status) });
  const [countWhole, countFresh] = [count(200), count(304)];
  // By the whole URL: to take one to pieces takes as long as all that is done here.
  const feeds = new Map<string, { readonly path: string; readonly format: FeedFormatName }>(
    publisher.specs.flatMap(({ path }) =>
      feedFormats.map((format) => [`/feeds/${path}.${format}`, { path, format }] as const),
    ),
  );
  return ({ method, url = '', headers }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return false;
    const name = feeds.get(url);
    if (!name || !publisher.isReady()) return false;
    const feed = publisher.ready(name.path, name.format);
    if (!feed || publisher.staleSources(feed).size > 0) return false;
    const { status, fields, body } = readyAnswer(headers, feed, cachingOf(name.path));
    response.writeHead(status, fields);
    if (body === undefined || method === 'HEAD') response.end();
    else response.end(body);
    if (status === 200) countWhole();
    else countFresh();
    return true;
  };
}
