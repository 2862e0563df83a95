import type { FastifyInstance } from 'fastify';
import { urlHoldsCredentials } from '../../model/credentials.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { incidentsSpec } from '../../publish/incidents.ts';
import { renderOpml, type Outline } from '../../publish/opml.ts';
import { hashOf, represent, type Representation } from '../../publish/representation.ts';
import type { Store } from '../../store/store.ts';
import { oneOf, type Query } from '../parameters.ts';
import { get } from '../routing.ts';
import { sendRepresentation } from '../send.ts';
import type { ServerTools } from '../tools.ts';

/** `/opml`: the feeds that are published here; `/opml?of=sources`: those that are read. */
export function opmlRoutes(
  app: FastifyInstance,
  { store, site, publisher, sources, cachingOf }: ServerTools,
): void {
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
    feeds: once('opml', '/opml', () => renderOpml(site.title, published())),
    sources: once('opml/sources', '/opml?of=sources', () => renderOpml(`${site.title} · sources`, read())),
  };

  get(app, '/opml', async (request, reply) => {
    const of = oneOf(request.query as Query, 'of', ['feeds', 'sources']) ?? 'feeds';
    return sendRepresentation(request, reply, await lists[of](), cachingOf('opml'));
  });

  /** The lists change with the configuration, which is read at start: each is made when it is first asked for. */
  function once(name: string, path: string, render: () => string): () => Promise<Representation> {
    let made: Promise<Representation> | undefined;
    const make = async () => {
      const body = Buffer.from(render());
      const hash = hashOf(body);
      return represent(body, {
        hash,
        contentType: 'text/x-opml; charset=utf-8',
        lastModified: await lastChange(store, name, hash),
        link: `<${site.url}${path}>; rel="self"`,
        sources: [],
      });
    };
    const forget = (error: unknown): never => {
      made = undefined;
      throw error;
    };
    return () => (made ??= make().catch(forget));
  }
}

/** When a list last became what it is, before this start too. */
async function lastChange(store: Store, name: string, hash: string): Promise<Date> {
  const before = (await store.feedStates()).get(name);
  if (before?.hash === hash) return before.changedAt;
  const changedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const state = { hash, revision: await store.revision(), changedAt };
  // Nobody has to wait for it, and where it cannot be kept there is nothing lost but a time.
  store.saveFeedStates(new Map([[name, state]])).catch(() => undefined);
  return changedAt;
}
