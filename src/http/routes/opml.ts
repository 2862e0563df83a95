import type { FastifyInstance } from 'fastify';
import { feedUrl } from '../../publish/feed-spec.ts';
import { renderOpml } from '../../publish/opml.ts';
import { hashOf, represent } from '../../publish/representation.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import { sendRepresentation } from '../send.ts';
import type { ServerTools } from '../tools.ts';

/** `/opml`: the feeds that are published here; `/opml?of=sources`: those that are read. */
export function opmlRoutes(app: FastifyInstance, { site, publisher, sources }: ServerTools): void {
  // The lists change with the configuration, which is read at start.
  const startedAt = new Date(Math.floor(Date.now() / 1000) * 1000);

  const published = () =>
    renderOpml(
      site.title,
      publisher.specs.map(({ title, path }) => ({
        text: title,
        xmlUrl: feedUrl(site.url, path, 'atom'),
        htmlUrl: `${site.url}/`,
      })),
    );

  const read = () =>
    renderOpml(
      `${site.title} · sources`,
      sources.flatMap(({ title, location }) =>
        location.kind === 'http' ? [{ text: title, xmlUrl: location.url }] : [],
      ),
    );

  get(app, '/opml', async (request, reply) => {
    const { of } = request.query as { of?: unknown };
    if (of !== undefined && of !== 'sources' && of !== 'feeds') {
      throw new Problem(400, `of: found ${JSON.stringify(of).slice(0, 80)}; allowed: feeds, sources.`);
    }
    const body = Buffer.from(of === 'sources' ? read() : published());
    const representation = await represent(body, {
      hash: hashOf(body),
      contentType: 'text/x-opml; charset=utf-8',
      lastModified: startedAt,
      link: `<${site.url}/opml>; rel="self"`,
      sources: [],
    });
    return sendRepresentation(request, reply, representation);
  });
}
