import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { sendProblem } from './problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A resource that is only read: GET and HEAD; OPTIONS says so, and other methods are told. */
export function get(app: FastifyInstance, path: string, handler: RouteHandlerMethod): void {
  app.get(path, handler);
  refuseOthers(app, path, ['GET', 'HEAD', 'OPTIONS']);
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

/** A resource that is only acted on. */
export function post(app: FastifyInstance, path: string, handler: RouteHandlerMethod): void {
  app.post(path, handler);
  refuseOthers(app, path, ['POST']);
}

function refuseOthers(app: FastifyInstance, path: string, allowed: readonly string[]): void {
  const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
    void sendProblem(
      reply.header('allow', allowed.join(', ')),
      405,
      `${request.method} is not possible here; allowed: ${allowed.join(', ')}.`,
    );
  };
  const others = methods.filter((method) => !allowed.includes(method));
  // On the request's arrival: what is in its body does not matter.
  app.route({ method: others, url: path, onRequest: refuse, handler: refuse });
}
