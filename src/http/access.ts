import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import type { Sources } from './describe.ts';
import { secretCaching } from './made.ts';
import { isSameSecret } from './same-secret.ts';
import type { AdminTools, ServerTools } from './tools.ts';

/** Whether the request comes from the holder of the admin token, who may read what is private. */
export function holdsToken({ headers }: FastifyRequest, admin: AdminTools | undefined): boolean {
  if (!admin || headers.authorization === undefined) return false;
  const given = /^Bearer (.+)$/i.exec(headers.authorization)?.[1] ?? '';
  return isSameSecret(given, admin.token);
}

/** @throws Problem 401 */
export function demandToken(request: FastifyRequest, reply: FastifyReply, admin: AdminTools): void {
  if (holdsToken(request, admin)) return;
  void reply.header('www-authenticate', 'Bearer');
  throw new Problem(401, 'This needs the admin token: Authorization: Bearer ….');
}

/** The sources that the one who asks may know of, and how long the answer may be kept. */
export async function visibleSources(
  request: FastifyRequest,
  { admin, knownSources }: ServerTools,
): Promise<{
  readonly sources: Sources;
  readonly mayReadAll: boolean;
  readonly caching: string | undefined;
}> {
  const mayReadAll = holdsToken(request, admin);
  return {
    mayReadAll,
    sources: await (mayReadAll ? knownSources.all() : knownSources.public()),
    caching: mayReadAll ? secretCaching : undefined,
  };
}
