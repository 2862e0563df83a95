import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { installProblems, refuseBrokenRequest, sendProblem } from './problem.ts';
import { adminRoutes } from './routes/admin.ts';
import { apiRoutes } from './routes/api.ts';
import { feedRoutes } from './routes/feeds.ts';
import { operationRoutes } from './routes/operations.ts';
import { opmlRoutes } from './routes/opml.ts';
import { pageRoutes } from './routes/pages.ts';
import type { ServerTools } from './tools.ts';

export function createServer(tools: ServerTools): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = tools.log;
  const app = Fastify({
    loggerInstance,
    // Feed requests are counted, not logged: a log line costs as much as the answer.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    bodyLimit: 1024,
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: (error, _, reply) => void sendProblem(reply, error.statusCode ?? 400, error.message),
  });
  // No route reads a body, whatever a client calls it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  installProblems(app);
  feedRoutes(app, tools);
  opmlRoutes(app, tools);
  apiRoutes(app, tools);
  pageRoutes(app, tools);
  operationRoutes(app, tools);
  adminRoutes(app, tools);
  return app;
}
