import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { limitRate } from './plugins/rate-limit.ts';
import { demandReaders } from './plugins/readers.ts';
import { installProblems, sendProblem } from './problem.ts';
import { relayedUrl } from './relay.ts';
import { adminRoutes } from './routes/admin.ts';
import { feedRoutes } from './routes/feeds.ts';
import { itemRoutes } from './routes/items.ts';
import { operationRoutes } from './routes/operations.ts';
import { opmlRoutes } from './routes/opml.ts';
import { pageRoutes } from './routes/pages.ts';
import { privateFeedRoutes } from './routes/private-feeds.ts';
import { sourceRoutes } from './routes/sources.ts';
import { storyRoutes } from './routes/stories.ts';
import { watchRoutes } from './routing.ts';
import type { ServerTools } from './tools.ts';
import { unrouted } from './unrouted.ts';

/** The routes. It listens nowhere: requests come from the front. */
export function createServer(tools: ServerTools): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = tools.log;
  const { trustProxy } = tools.access;
  const app = Fastify({
    loggerInstance,
    // Whose address a client has; nothing that is sent depends on it.
    trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy],
    // Feed requests are counted, not logged: a log line costs as much as the answer.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 256 },
    rewriteUrl: relayedUrl,
    bodyLimit: 1024,
    frameworkErrors: (error, _, reply) => void sendProblem(reply, error.statusCode ?? 400, error.message),
  });
  // No route reads a body, whatever a client calls it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  installProblems(app, unrouted(watchRoutes(app)));
  limitRate(app, tools);
  demandReaders(app, tools);
  feedRoutes(app, tools);
  privateFeedRoutes(app, tools);
  opmlRoutes(app, tools);
  itemRoutes(app, tools);
  storyRoutes(app, tools);
  sourceRoutes(app, tools);
  pageRoutes(app, tools);
  operationRoutes(app, tools);
  adminRoutes(app, tools);
  return app;
}
