import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Source } from '../../model/source.ts';
import type { KeptDocument } from '../../store/store.ts';
import { holdsToken } from '../access.ts';
import { describeSource } from '../describe.ts';
import { sendJson } from '../json.ts';
import { secretCaching } from '../made.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

/** `/api/sources` and what is under it. */
export function sourceRoutes(app: FastifyInstance, { store, site, sources, admin }: ServerTools): void {
  const visible = (request: FastifyRequest) => {
    const mayReadAll = holdsToken(request, admin);
    return {
      mayReadAll,
      sources: mayReadAll ? [...sources, ...(admin?.privateSources ?? [])] : sources,
      caching: mayReadAll ? secretCaching : undefined,
    };
  };

  get(app, '/api/sources', async (request, reply) => {
    const { sources: told, caching } = visible(request);
    const records = new Map((await store.sources()).map((record) => [record.id, record]));
    const { bySource } = await store.counts();
    const surroundings = { holds: await store.heldHosts(new Date()), siteUrl: site.url };
    const described = told.map((source) =>
      describeSource(source, records.get(source.id), bySource.get(source.id) ?? 0, surroundings),
    );
    return sendJson(request, reply, { sources: described }, caching);
  });

  get(app, '/api/sources/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { sources: told, caching, mayReadAll } = visible(request);
    const source = told.find((known) => known.id === id);
    if (!source) throw new Problem(404, `There is no source ${id.slice(0, 100)}.`);
    const { bySource } = await store.counts();
    const kept = await store.keptDocuments(id);
    const surroundings = { holds: await store.heldHosts(new Date()), siteUrl: site.url };
    return sendJson(
      request,
      reply,
      {
        ...describeSource(source, await store.source(id), bySource.get(id) ?? 0, surroundings),
        keptDocuments: kept.map((document) => describeKept(document, source, mayReadAll)),
      },
      caching,
    );
  });
}

/**
 * A document that was not published, for whoever looks into an incident: its beginning where all of it might
 * have been published, or where the reader may read everything.
 */
function describeKept({ at, cause, bytes }: KeptDocument, { republish }: Source, mayReadAll: boolean) {
  const isShown = republish === 'full' || mayReadAll;
  return {
    at,
    cause,
    bytes: bytes.length,
    ...(isShown && { beginning: Buffer.from(bytes.subarray(0, 1000)).toString() }),
  };
}
