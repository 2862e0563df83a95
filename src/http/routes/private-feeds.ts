import type { FastifyInstance } from 'fastify';
import { feedFormats } from '../../publish/representation.ts';
import { holdsToken } from '../access.ts';
import { secretCaching } from '../made.ts';
import { Problem } from '../problem.ts';
import { sendRepresentation } from '../send.ts';
import type { ServerTools } from '../tools.ts';

/** Feeds of private sources: for the holder of the admin token; to anybody else they are not there. */
export function privateFeedRoutes(app: FastifyInstance, { admin }: ServerTools): void {
  if (!admin) return;
  for (const source of admin.privateSources)
    for (const format of feedFormats) {
      const path = `sources/${source.id}`;
      app.get(
        `/feeds/${path}.${format}`,
        // Its name is told nowhere, in the metrics neither.
        { config: { countedAs: '/feeds/*' } },
        async (request, reply) => {
          if (!holdsToken(request, admin)) throw new Problem(404, `There is no feed ${path}.`);
          const feed = await admin.privateFeed(source, format);
          return sendRepresentation(request, reply, feed, secretCaching);
        },
      );
    }
}
