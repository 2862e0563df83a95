import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isArchiveFormat, type FeedFormatName, type Representation } from '../../publish/representation.ts';
import type { FeedParameters } from '../../model/settings.ts';
import { readFeedName } from '../feed-name.ts';
import { oneOf, oneText, repeated, wholeNumber, type Query } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { sendRepresentation } from '../send.ts';
import { createStaleField } from '../stale-field.ts';
import type { ServerTools } from '../tools.ts';
import { get } from '../routing.ts';

/** An archive changes seldom: where something leaves it, or a neighbour of it comes or goes. */
const archiveCaching = 'public, max-age=86400, stale-if-error=604800';

/** `/feeds/all.atom`, `/feeds/topics/{topic}.rss`, `/feeds/sources/{source}.json` and their like. */
export function feedRoutes(
  app: FastifyInstance,
  { publisher, topics, sources, cachingOf }: ServerTools,
): void {
  const topicIds = new Set(topics.map(({ id }) => id));
  const sourceIds = new Set(sources.map(({ id }) => id));
  const staleField = createStaleField(sources);

  get(app, '/feeds/*', (request, reply) => {
    const name = (request.params as { '*': string })['*'];
    const found = readFeedName(name);
    if (!found)
      throw new Problem(404, `There is no feed ${name.slice(0, 100)}; feeds end in .atom, .rss or .json.`);
    const { path, format } = found;
    if (!publisher.isReady()) {
      void reply.header('retry-after', '5');
      throw new Problem(503, 'The feeds are being rendered for the first time.');
    }
    return sendMade(request, reply, path, format);
  });

  async function sendMade(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    format: FeedFormatName,
  ): Promise<FastifyReply> {
    const parameters = readParameters(request.query as Query);
    const archive = /^(.+)\/archive\/(\d{1,9})$/.exec(path);
    if (archive?.[1] !== undefined && isArchiveFormat(format)) {
      const sealed = await publisher.archive(archive[1], Number(archive[2]), format);
      if (!sealed) throw new Problem(404, `There is no archive ${path}.`);
      return sendRepresentation(request, reply, sealed, archiveCaching);
    }
    return send(request, reply, path, await publisher.feed(path, format, parameters));
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    ready: Representation | undefined,
  ): FastifyReply {
    if (!ready) throw new Problem(404, `There is no feed ${path}.`);
    const stale = staleField(publisher.staleSources(ready));
    if (stale !== undefined) void reply.header('tributary-stale', stale);
    return sendRepresentation(request, reply, ready, cachingOf(path));
  }

  /** The parameters of a request; undefined where it has none that count. */
  function readParameters(query: Query): FeedParameters | undefined {
    const parameters: FeedParameters = {
      limit: wholeNumber(query, 'limit', 1, 500),
      topics: repeated(query, 'topic', topicIds),
      sources: repeated(query, 'source', sourceIds),
      exceptSources: repeated(query, 'exclude-source', sourceIds),
      q: oneText(query, 'q'),
      exclude: oneText(query, 'exclude'),
      content: oneOf(query, 'content', ['full', 'summary', 'none']),
      script: oneOf(query, 'script', ['hans', 'hant']),
    };
    return Object.values(parameters).some((value) => value !== undefined) ? parameters : undefined;
  }
}
