import type { FastifyInstance } from 'fastify';
import { get } from '../routing.ts';
import type { ServerTools } from '../tools.ts';
import { favicon } from '../pages/favicon.ts';
import { sendProblem } from '../problem.ts';

/** What those who run the program look at. */
export function operationRoutes(app: FastifyInstance, { store, publisher }: ServerTools): void {
  get(app, '/healthz', async (_, reply) => {
    void reply.header('cache-control', 'no-store');
    try {
      return { status: 'ok', revision: await store.revision() };
    } catch (error) {
      // Feeds are served from memory all the same: degraded is not down.
      return { status: 'degraded', reason: (error as Error).message };
    }
  });

  get(app, '/readyz', (_, reply) => {
    if (publisher.isReady()) return reply.header('cache-control', 'no-store').send({ status: 'ready' });
    return sendProblem(
      reply.header('retry-after', '1'),
      503,
      'The feeds are being rendered for the first time.',
    );
  });

  get(app, '/robots.txt', (_, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send('User-agent: *\nDisallow: /api/\n'),
  );

  get(app, '/favicon.svg', (_, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(favicon),
  );
}
