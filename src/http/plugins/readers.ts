import type { FastifyInstance, FastifyRequest } from 'fastify';
import { holdsToken } from '../access.ts';
import { sendProblem } from '../problem.ts';
import { isSameSecret } from '../same-secret.ts';
import type { ServerTools } from '../tools.ts';
import { isForOperators } from './open-paths.ts';

/** Where readers are named, only they may read (RFC 7617), and whoever has the admin token. */
export function demandReaders(app: FastifyInstance, { access, admin }: ServerTools): void {
  const readers = new Map(Object.entries(access.readers));
  if (readers.size === 0) return;

  app.addHook('onRequest', (request, reply, done) => {
    if (isForOperators(request.url) || holdsToken(request, admin)) {
      done();
      return;
    }
    const given = credentialsOf(request);
    // Somebody who is not named takes as long as somebody whose password is wrong.
    const wanted = given && readers.get(given.name);
    if (isSameSecret(given?.password ?? '', wanted ?? '') && wanted !== undefined) {
      done();
      return;
    }
    if (given) request.log.warn({ client: request.ip, reader: given.name }, 'reader refused');
    void reply.header('www-authenticate', 'Basic realm="tributary", charset="UTF-8"');
    sendProblem(reply, 401, 'This is for readers who are named in the configuration: name and password.');
  });

  // What not everybody may read is kept by nobody on the way, and read by no page of another site.
  app.addHook('onSend', (_, reply, payload, done) => {
    const caching = reply.getHeader('cache-control');
    if (typeof caching === 'string')
      void reply.header('cache-control', caching.replace(/^public\b/, 'private'));
    reply.removeHeader('access-control-allow-origin');
    done(null, payload);
  });
}

function credentialsOf({ headers }: FastifyRequest): { name: string; password: string } | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
