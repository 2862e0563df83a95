import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemBody, problemFields, refuseBrokenRequest } from './problem.ts';

/** How long an answer, or a request that does not end, may go on when the program ends. */
const closeMs = 1000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The listening socket, which stays while what answers behind it is replaced. */
export interface Front {
  /** Starts to listen; gives the port. */
  readonly listen: (host: string, port: number) => Promise<number>;
  /** What answers from now on. */
  readonly show: (handler: Handler) => void;
  /** Takes no more requests and ends when those under way are answered, or take too long. */
  readonly close: () => Promise<void>;
}

export function createFront(): Front {
  let handler: Handler = notYet;
  // A request without a host is answered here, in the form of all errors.
  const options = { maxHeaderSize: 16_384, requestTimeout: 60_000, requireHostHeader: false };
  const server = createServer(options, (request, response) => {
    if (request.headers.host === undefined && request.httpVersion === '1.1') refuseWithoutHost(response);
    else handler(request, response);
  });
  server.on('clientError', refuseBrokenRequest);
  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    show: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        const impatience = setTimeout(() => server.closeAllConnections(), closeMs);
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** Before the feeds were rendered for the first time. */
function notYet(_: IncomingMessage, response: ServerResponse): void {
  response.setHeader('retry-after', '1');
  refuse(response, 503, 'The program is starting.');
}

/** RFC 9112, 3.2 */
function refuseWithoutHost(response: ServerResponse): void {
  response.setHeader('connection', 'close');
  refuse(response, 400, 'This request names no host.');
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  response.writeHead(status, problemFields).end(problemBody(status, detail));
}
