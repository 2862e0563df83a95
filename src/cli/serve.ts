import { createApp, type App } from '../app.ts';
import type { Config } from '../config/config.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { TributaryError, UsageError } from '../model/errors.ts';
import { createLog } from '../observe/log.ts';
import { startClockwork } from '../schedule/clockwork.ts';
import { configHelp, configOption, readArguments, type Command, type Terminal } from './command.ts';

/** How long work that is under way may go on after a request to stop. */
const drainMs = 8000;

export const serve: Command = {
  summary: 'poll the sources on schedule and serve the feeds',
  help: `tributary serve [--config FILE] [--host H] [--port N]

Polls the sources on schedule and serves the feeds. SIGTERM or SIGINT stop it within 10 s, a second one at once.

${configHelp}
  --host H        the address to listen on (default: server.host)
  --port N        the port, 0 for any free one (default: server.port)`,
  run: async (args, terminal) => {
    const { values } = readArguments(args, {
      ...configOption,
      host: { type: 'string' },
      port: { type: 'string' },
    });
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    const host = values.host ?? config.server.host;
    const port = values.port === undefined ? config.server.port : readPort(values.port);
    const log = createLog(config.logLevel);
    const app = await createApp(config, config.site.url ?? `http://${nameOf(host)}:${port}`, log);
    try {
      await app.keepPublished();
      await listen(app, config, host, port);
      app.keepRetention();
      const stopClockwork = startClockwork(app.poller);
      await untilStopped(terminal);
      log.info('stopping');
      await stopClockwork();
      await Promise.race([
        app.poller.drain(),
        new Promise((resolve) => setTimeout(resolve, drainMs).unref()),
      ]);
      return 0;
    } finally {
      await app.close();
    }
  },
};

async function listen({ server }: App, config: Config, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port, listenTextResolver: (address) => `serving ${address}` });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const where = `${nameOf(host)}:${port}`;
    if (code === 'EADDRINUSE')
      throw new TributaryError(
        'port-in-use',
        `serve: ${where} is in use by another program; choose another port with --port`,
      );
    if (code === 'EACCES')
      throw new TributaryError(
        'port-denied',
        `serve: ${where} may not be used by this user; choose a port from 1024`,
      );
    throw new TributaryError('listen', `serve: cannot listen on ${where}: ${message} (${config.file})`);
  }
}

function untilStopped({ stop }: Terminal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    stop.addEventListener('abort', () => {
      resolve();
    });
  });
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new UsageError(
    `usage: --port: found ${JSON.stringify(text)}; allowed: a whole number from 0 to 65535`,
  );
}

/** An address as it stands in a URL; people open 127.0.0.1 where the program listens everywhere. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
