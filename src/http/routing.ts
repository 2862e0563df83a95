import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { sendProblem } from './problem.ts';

const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A resource that is only read: GET and HEAD; OPTIONS says so, and other methods are told. */
export function get(app: FastifyInstance, path: string, handler: RouteHandlerMethod): void {
  app.get(path, handler);
  const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
    void sendProblem(
      reply.header('allow', 'GET, HEAD, OPTIONS'),
      405,
      `${request.method} is not possible here; GET and HEAD are.`,
    );
  };
  // On the request's arrival: what is in its body does not matter.
  app.route({ method: [...otherMethods], url: path, onRequest: refuse, handler: refuse });
  app.options(path, (_, reply) =>
    reply
      .code(204)
      .headers({
        allow: 'GET, HEAD, OPTIONS',
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD, OPTIONS',
        'access-control-allow-headers': 'If-None-Match, If-Modified-Since',
        'access-control-max-age': '86400',
      })
      .send(),
  );
}
