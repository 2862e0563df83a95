import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { createReadyFeeds } from './ready-feeds.ts';
import { createServer } from './server.ts';
import type { ServerTools } from './tools.ts';

/** All that is served of one configuration. */
export interface Website {
  readonly server: FastifyInstance;
  /** Answers a request, when the server is ready. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

export function createWebsite(tools: ServerTools): Website {
  const server = createServer(tools);
  const answerAtOnce = createReadyFeeds(tools);
  return {
    server,
    answer: (request, response) => {
      if (!answerAtOnce(request, response)) server.routing(request, response);
    },
    close: () => server.close(),
  };
}
