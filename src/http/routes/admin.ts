import type { FastifyInstance } from 'fastify';
import { demandToken } from '../access.ts';
import { describeOutcome } from '../describe.ts';
import { sendJson } from '../json.ts';
import { secretCaching } from '../made.ts';
import { Problem } from '../problem.ts';
import { post } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

/** What only the holder of the admin token can do; without a configured token there is nothing here. */
export function adminRoutes(app: FastifyInstance, { admin, sources }: ServerTools): void {
  if (!admin) return;
  const known = [...sources, ...admin.privateSources];

  post(app, '/api/sources/:id/poll', async (request, reply) => {
    demandToken(request, reply, admin);
    const { id } = request.params as { id: string };
    const source = known.find((one) => one.id === id);
    if (!source) throw new Problem(404, `There is no source ${id.slice(0, 100)}.`);
    if (!source.enabled) throw new Problem(409, `The source ${id} is paused: it is not enabled.`);
    const outcome = await admin.poll(id);
    if (!outcome) throw new Problem(409, `The source ${id} is being polled already.`);
    return sendJson(request, reply, { source: id, ...describeOutcome(outcome) }, secretCaching);
  });

  post(app, '/api/reload', async (request, reply) => {
    demandToken(request, reply, admin);
    const problem = await admin.reload();
    if (problem !== undefined) throw new Problem(409, problem);
    return sendJson(request, reply, { status: 'reloaded' }, secretCaching);
  });
}
