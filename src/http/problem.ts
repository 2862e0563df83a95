import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

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
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error instanceof Problem ? error.status : (error.statusCode ?? 500);
    if (status >= 500 && !(error instanceof Problem))
      request.log.error({ err: error }, 'http: failed by a defect');
    return sendProblem(
      reply,
      status,
      status >= 500 && !(error instanceof Problem) ? 'Something went wrong here.' : error.message,
    );
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `There is nothing at ${request.url.slice(0, 200)}.`),
  );
}

/** Bytes that are no HTTP request reach no route; they are answered in the same form. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = problemBody(status, 'This is no request that HTTP allows; a URL has to be percent-encoded.');
  socket.end(
    `HTTP/1.1 ${status} ${titles[status] ?? 'Error'}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function problemBody(status: number, detail: string): string {
  return JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Error', status, detail });
}

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return (
    reply
      .code(status)
      .headers({
        'cache-control': 'no-store',
        'content-type': 'application/problem+json',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
      })
      // As bytes: Fastify would add a charset to a text, which this type does not have.
      .send(Buffer.from(problemBody(status, detail)))
  );
}
