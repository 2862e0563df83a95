import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A request that cannot be answered as asked; becomes `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Every error of the server has this one form; what went wrong inside is logged and not told. */
export function installProblems(app: FastifyInstance, answerUnrouted: Unrouted): void {
  app.setNotFoundHandler(answerUnrouted);
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const isOurs = error instanceof Problem;
    const status = isOurs ? error.status : (error.statusCode ?? 500);
    // What is in the body of a request that leads nowhere does not matter.
    if (request.is404 && !isOurs && status < 500) return answerUnrouted(request, reply);
    if (isOurs || status < 500) return sendProblem(reply, status, error.message);
    request.log.error({ err: error }, 'http: failed by a defect');
    return sendProblem(reply, status, 'Something went wrong here.');
  });
}

/** Answers a request that no route takes. */
export type Unrouted = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Bytes that are no HTTP request reach no route; they are answered in the same form. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = problemBody(status, 'This is no request that HTTP allows; a URL has to be percent-encoded.');
  const fields = Object.entries(problemFields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  socket.end(
    `HTTP/1.1 ${status} ${titles[status] ?? 'Error'}\r\n${fields}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** What every error says beside its body. */
export const problemFields = {
  'cache-control': 'no-store',
  'content-type': 'application/problem+json',
  vary: 'Accept-Encoding',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link, Retry-After',
} as const;

export function problemBody(status: number, detail: string): string {
  return JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Error', status, detail });
}

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  // As bytes: Fastify would add a charset to a text, which this type does not have.
  return reply
    .code(status)
    .headers(problemFields)
    .send(Buffer.from(problemBody(status, detail)));
}
