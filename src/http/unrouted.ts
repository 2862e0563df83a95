import type { FastifyReply } from 'fastify';
import { sendProblem, type Unrouted } from './problem.ts';

/** OPTIONS of a path that is there, 405 for other methods it does not have, 404 where there is nothing. */
export function unrouted(methodsOf: (path: string) => readonly string[]): Unrouted {
  return (request, reply) => {
    const methods = methodsOf(request.url.replace(/\?.*/s, ''));
    if (methods.length === 0)
      return sendProblem(reply, 404, `There is nothing at ${request.url.slice(0, 200)}.`);
    const allow = [...methods, 'OPTIONS'].join(', ');
    void reply.header('allow', allow);
    if (request.method === 'OPTIONS') return sendOptions(reply, methods, allow);
    return sendProblem(reply, 405, `${request.method} is not possible here; allowed: ${allow}.`);
  };
}

/** What may be read may be read from any page (CORS); what is acted on may not. */
function sendOptions(reply: FastifyReply, methods: readonly string[], allow: string): FastifyReply {
  const isRead = methods.includes('GET');
  return reply
    .code(204)
    .headers({
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
      ...(isRead && {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': allow,
        'access-control-allow-headers': 'If-None-Match, If-Modified-Since',
        'access-control-max-age': '86400',
      }),
    })
    .send();
}
