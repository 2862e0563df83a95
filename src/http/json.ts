import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendMade } from './made.ts';

/** The lists change with each poll. */
const shortly = 'public, max-age=5';

/** Sends a value as JSON. Times are written as the schema has them: without a fraction when it is zero. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  value: unknown,
  cacheControl = shortly,
): Promise<FastifyReply> {
  const body = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000Z$/, '$1Z') : part,
  );
  return sendMade(request, reply, { contentType: 'application/json; charset=utf-8', body, cacheControl });
}
