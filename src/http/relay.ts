import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { RelayedAnswer, RelayedRequest } from './front-messages.ts';
import { problemBody, problemFields } from './problem.ts';

/** Fields of one connection (RFC 9110, 7.6.1), and what its server says by itself. */
const ofConnection = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/** Carries a request's URL as it was sent: what stands for a socket would bring it into another form. */
const urlField = 'tributary-relayed-url';

/** What the routes read, in place of the URL that they are given. */
export function relayedUrl({ url = '', headers }: IncomingMessage): string {
  return String(headers[urlField] ?? url);
}

/** Lets the routes answer a request that came in elsewhere. */
export async function relay(
  server: FastifyInstance,
  { method, url, headers, address }: RelayedRequest,
): Promise<RelayedAnswer> {
  try {
    const answer = await server.inject({
      method: method as 'GET',
      url: '/',
      headers: { ...headers, [urlField]: url },
      remoteAddress: address,
      payloadAsStream: true,
    });
    const fields = Object.entries(answer.headers).flatMap(([name, value]) =>
      ofConnection.has(name) ? [] : [name, String(value)],
    );
    const body = Buffer.concat(await answer.stream().toArray());
    return { status: answer.statusCode, fields, body };
  } catch (error) {
    // The server is closed once its program stops.
    server.log.warn({ err: error }, 'http: a request was not relayed');
    const body = Buffer.from(problemBody(503, 'The program is stopping.'));
    return { status: 503, fields: Object.entries(problemFields).flat(), body };
  }
}
