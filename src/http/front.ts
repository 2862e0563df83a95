import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseBrokenRequest } from './problem.ts';

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
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 60_000 }, (request, response) => {
    handler(request, response);
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
  const problem = {
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'The program is starting.',
  };
  response.writeHead(503, {
    'content-type': 'application/problem+json',
    'retry-after': '1',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(problem));
}
