import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { post } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

/** What only the holder of the admin token can do; without a configured token there is nothing here. */
export function adminRoutes(app: FastifyInstance, { admin, sources }: ServerTools): void {
  if (!admin) return;

  const demandToken = (request: FastifyRequest, reply: FastifyReply): void => {
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (isSame(given, admin.token)) return;
    void reply.header('www-authenticate', 'Bearer');
    throw new Problem(401, 'This needs the admin token: Authorization: Bearer ….');
  };

  post(app, '/api/sources/:id/poll', async (request, reply) => {
    demandToken(request, reply);
    const { id } = request.params as { id: string };
    const source = sources.find((known) => known.id === id);
    if (!source) throw new Problem(404, `There is no source ${id.slice(0, 100)}.`);
    if (!source.enabled) throw new Problem(409, `The source ${id} is paused: it is not enabled.`);
    const outcome = await admin.poll(id);
    if (!outcome) throw new Problem(409, `The source ${id} is being polled already.`);
    return reply.header('cache-control', 'no-store').send({ source: id, ...outcome });
  });

  post(app, '/api/reload', async (request, reply) => {
    demandToken(request, reply);
    const problem = await admin.reload();
    if (problem !== undefined) throw new Problem(409, problem);
    return reply.header('cache-control', 'no-store').send({ status: 'reloaded' });
  });
}

/** Compared in a time that tells nothing of where the two differ, nor of their lengths. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
