import type { FastifyInstance } from 'fastify';
import { feedUrl } from '../../publish/feed-spec.ts';
import { renderOpml } from '../../publish/opml.ts';
import { hashOf, represent, type Representation } from '../../publish/representation.ts';
import type { Store } from '../../store/store.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import { sendRepresentation } from '../send.ts';
import type { ServerTools } from '../tools.ts';

/** `/opml`: the feeds that are published here; `/opml?of=sources`: those that are read. */
export function opmlRoutes(app: FastifyInstance, { store, site, publisher, sources }: ServerTools): void {
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

  const feedsList = once('opml', published);
  const sourcesList = once('opml/sources', read);

  get(app, '/opml', async (request, reply) => {
    const { of } = request.query as { of?: unknown };
    if (of !== undefined && of !== 'sources' && of !== 'feeds') {
      throw new Problem(400, `of: found ${JSON.stringify(of).slice(0, 80)}; allowed: feeds, sources.`);
    }
    return sendRepresentation(request, reply, await (of === 'sources' ? sourcesList() : feedsList()));
  });

  /** The lists change with the configuration, which is read at start: each is made when it is first asked for. */
  function once(name: string, render: () => string): () => Promise<Representation> {
    let made: Promise<Representation> | undefined;
    const make = async () => {
      const body = Buffer.from(render());
      const hash = hashOf(body);
      return represent(body, {
        hash,
        contentType: 'text/x-opml; charset=utf-8',
        lastModified: await lastChange(store, name, hash),
        link: `<${site.url}/opml>; rel="self"`,
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
