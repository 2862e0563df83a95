import type { FastifyInstance } from 'fastify';
import { urlHoldsCredentials } from '../../model/credentials.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { incidentsSpec } from '../../publish/incidents.ts';
import { renderOpml, type Outline } from '../../publish/opml.ts';
import { hashOf, represent, type Representation } from '../../publish/representation.ts';
import { oneOf, type Query } from '../parameters.ts';
import { get } from '../routing.ts';
import { sendRepresentation } from '../send.ts';
import type { ServerTools } from '../tools.ts';

/** `/opml`: the feeds that are published here; `/opml?of=sources`: those that are read. */
export function opmlRoutes(app: FastifyInstance, { site, publisher, sources, cachingOf }: ServerTools): void {
  // The lists change with the configuration, which is read at start.
  const startedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const made = new Map<string, Promise<Representation>>();

  const published = (): readonly Outline[] =>
    [...publisher.specs, incidentsSpec(site.title)].map(({ title, path }) => ({
      text: title,
      xmlUrl: feedUrl(site.url, path, 'atom'),
      htmlUrl: `${site.url}/`,
    }));

  /** A URL that is a key cannot be told, and what is left of it cannot be subscribed to. */
  const read = (): readonly Outline[] =>
    sources.flatMap(({ title, location }) =>
      location.kind === 'http' && !urlHoldsCredentials(location.url)
        ? [{ text: title, xmlUrl: location.url }]
        : [],
    );

  const lists = {
    feeds: () => list('/opml', renderOpml(site.title, published())),
    sources: () => list('/opml?of=sources', renderOpml(`${site.title} · sources`, read())),
  };

  const list = (path: string, document: string): Promise<Representation> => {
    const body = Buffer.from(document);
    return represent(body, {
      hash: hashOf(body),
      contentType: 'text/x-opml; charset=utf-8',
      lastModified: startedAt,
      link: `<${site.url}${path}>; rel="self"`,
    });
  };

  get(app, '/opml', async (request, reply) => {
    const of = oneOf(request.query as Query, 'of', ['feeds', 'sources']) ?? 'feeds';
    const ready = made.get(of) ?? lists[of]();
    made.set(of, ready);
    return sendRepresentation(request, reply, await ready, cachingOf('opml'));
  });
}
