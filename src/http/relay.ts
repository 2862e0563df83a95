import type { FastifyInstance } from 'fastify';
import type { RelayedAnswer, RelayedRequest } from './front-messages.ts';
import { problemBody, problemFields } from './problem.ts';

/** Fields of one connection (RFC 9110, 7.6.1), and what its server says by itself. */
const ofConnection = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/** Lets the routes answer a request that came in elsewhere. */
export async function relay(
  server: FastifyInstance,
  { method, url, headers, address }: RelayedRequest,
): Promise<RelayedAnswer> {
  // The routes know no URL but a path; what is none is not read as one.
  if (!URL.canParse(url, 'http://localhost')) return refusal(400, 'This URL cannot be read.');
  try {
    const answer = await server.inject({
      method: method as 'GET',
      url,
      headers,
      remoteAddress: address,
      payloadAsStream: true,
    });
    const fields = Object.entries(answer.headers).flatMap(([name, value]) =>
      ofConnection.has(name) ? [] : [name, String(value)],
    );
    const body = Buffer.concat(await answer.stream().toArray());
    return { status: answer.statusCode, fields, body };
  } catch {
    // The server is closed once its program is another one, or stops.
    return refusal(503, 'The program is stopping.');
  }
}

function refusal(status: number, detail: string): RelayedAnswer {
  return {
    status,
    fields: Object.entries(problemFields).flat(),
    body: Buffer.from(problemBody(status, detail)),
  };
}
