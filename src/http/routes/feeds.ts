import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { feedFormats, type FeedFormatName, type Representation } from '../../publish/representation.ts';
import type { FeedParameters } from '../../model/settings.ts';
import { oneOf, oneText, repeated, wholeNumber, type Query } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { sendRepresentation, writeRepresentation } from '../send.ts';
import type { ServerTools } from '../tools.ts';
import { get } from '../routing.ts';

/** An archive changes only where something in it is taken down. */
const archiveCaching = 'public, max-age=86400, stale-if-error=604800';

/** `/feeds/all.atom`, `/feeds/topics/{topic}.rss`, `/feeds/sources/{source}.json` and their like. */
export function feedRoutes(
  app: FastifyInstance,
  { publisher, topics, sources, cachingOf, access }: ServerTools,
): void {
  const topicIds = new Set(topics.map(({ id }) => id));
  const sourceIds = new Set(sources.map(({ id }) => id));
  /** Whether everybody gets the same. */
  const isOpen = Object.keys(access.readers).length === 0;

  get(app, '/feeds/*', (request, reply) => {
    const { path, format } = readName((request.params as { '*': string })['*']);
    if (!publisher.isReady()) {
      void reply.header('retry-after', '5');
      throw new Problem(503, 'The feeds are being rendered for the first time.');
    }
    // Most requests are for a feed as it is: they wait for nothing.
    const isPlain = !request.url.includes('?') && !path.includes('/archive/');
    if (!isPlain) return sendSpecial(request, reply, path, format);
    const ready = publisher.feed(path, format);
    if (!ready || !isOpen || publisher.staleSources(ready).size > 0) return send(request, reply, path, ready);
    writeRepresentation(request, reply, ready, cachingOf(path));
    return reply;
  });

  async function sendSpecial(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    format: FeedFormatName,
  ): Promise<FastifyReply> {
    const parameters = readParameters(request.query as Query);
    const archive = /^(.+)\/archive\/(\d{1,9})$/.exec(path);
    if (archive?.[1] !== undefined && format === 'atom') {
      const sealed = await publisher.archive(archive[1], Number(archive[2]));
      if (!sealed) throw new Problem(404, `There is no archive ${path}.`);
      return sendRepresentation(request, reply, sealed, archiveCaching);
    }
    const ready = parameters
      ? await publisher.variant(path, format, parameters)
      : publisher.feed(path, format);
    return send(request, reply, path, ready);
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    ready: Representation | undefined,
  ): FastifyReply {
    if (!ready) throw new Problem(404, `There is no feed ${path}.`);
    const stale = publisher.staleSources(ready);
    if (stale.size > 0) {
      const shown = [...stale].filter(([source]) => sourceIds.has(source));
      if (shown.length > 0) void reply.header('tributary-stale', staleHeader(shown));
    }
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

/** Trouble upstream changes no byte of a feed; it is told beside it, of ten sources at most. */
function staleHeader(stale: readonly (readonly [source: string, since: Date])[]): string {
  return stale
    .slice(0, 10)
    .map(([source, since]) => `${source};since=${since.toISOString().slice(0, 19)}Z`)
    .join(', ');
}

function readName(name: string): { path: string; format: FeedFormatName } {
  const dot = name.lastIndexOf('.');
  const format = feedFormats.find((candidate) => candidate === name.slice(dot + 1));
  if (dot < 0 || !format)
    throw new Problem(404, `There is no feed ${name.slice(0, 100)}; feeds end in .atom, .rss or .json.`);
  return { path: name.slice(0, dot), format };
}
