import type { Logger } from 'pino';
import { createApp, openStore, type Reload } from '../app.ts';
import type { Config } from '../config/config.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { createFront, type Front } from '../http/front.ts';
import { createWebsite } from '../http/website.ts';
import { TributaryError, UsageError } from '../model/errors.ts';
import { createLog } from '../observe/log.ts';
import { startClockwork } from '../schedule/clockwork.ts';
import type { Store } from '../store/store.ts';
import { configHelp, configOption, readArguments, type Command, type Terminal } from './command.ts';

/** How long work that is under way may go on after a request to stop. */
const drainMs = 7000;

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
    const file = values.config ?? configPath(terminal.environment);
    const config = loadConfig(file, terminal.environment);
    const host = values.host ?? config.server.host;
    const port = values.port === undefined ? config.server.port : readPort(values.port);
    const front = createFront();
    const address = `http://${nameOf(host)}:${await listen(front, host, port)}`;
    await untilStopped(config, { file, address, front, terminal });
    return 0;
  },
};

interface Surroundings {
  /** The configuration file, for a reload. */
  readonly file: string;
  readonly address: string;
  readonly front: Front;
  readonly terminal: Terminal;
}

/** Runs the program under one configuration after the other. */
async function untilStopped(config: Config, { file, address, front, terminal }: Surroundings): Promise<void> {
  let store: Store | undefined;
  let running: Running | undefined;

  /** What is wrong with the configuration changes nothing: the program goes on as it was. */
  const reload = async (): Promise<string | undefined> => {
    const before = { running, store };
    let opened: Store | undefined;
    try {
      const next = loadConfig(file, terminal.environment);
      // One file is never opened twice: the second opening would wait for the first one's writes.
      const isSame = next.store.path === running?.config.store.path;
      const used = (isSame ? store : undefined) ?? (opened = openStore(next));
      running = await run(next, { address, front, reload, store: used });
      store = used;
    } catch (error) {
      await opened?.close();
      if (error instanceof TributaryError) return error.message;
      throw error;
    }
    const left = opened && before.store;
    // The answer to the request for a reload is still to be sent by what is replaced here.
    setImmediate(() => void before.running?.stop().then(() => left?.close()));
    return undefined;
  };

  try {
    store = openStore(config);
    running = await run(config, { address, front, reload, store });
    await aborted(terminal.stop);
    running.log.info('stopping');
  } finally {
    await front.close();
    await running?.stop();
    await store?.close();
  }
}

/** The program under one configuration. */
interface Running {
  readonly config: Config;
  readonly log: Logger;
  readonly stop: () => Promise<void>;
}

/** What stays while the configuration is replaced. */
interface Lasting {
  readonly address: string;
  readonly front: Front;
  readonly reload: Reload;
  readonly store: Store;
}

async function run(config: Config, { address, front, reload, store }: Lasting): Promise<Running> {
  const log = createLog(config.logLevel);
  const siteUrl = config.site.url ?? address;
  const app = await createApp(config, siteUrl, log, { reload, store });
  const website = createWebsite(app.serverTools);
  const close = async (): Promise<void> => {
    await website.close();
    await app.close();
  };
  try {
    await website.server.ready();
    await app.keepPublished((paths) => front.refresh(website, paths));
  } catch (error) {
    await close();
    throw error;
  }
  front.show(website);
  log.info(
    { address, sources: config.sources.filter(({ enabled }) => enabled).length },
    `serving ${siteUrl}`,
  );
  app.keepRetention();
  const stopClockwork = startClockwork(app.poller);
  return {
    config,
    log,
    stop: async () => {
      await stopClockwork();
      const patience = new Promise((resolve) => setTimeout(resolve, drainMs).unref());
      await Promise.race([app.poller.drain(), patience]);
      await close();
    },
  };
}

async function listen(front: Front, host: string, port: number): Promise<number> {
  try {
    return await front.listen(host, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const where = `${nameOf(host)}:${port}`;
    const [name, sentence] = listenErrors.get(code ?? '') ?? ['listen', `cannot be listened on: ${message}`];
    throw new TributaryError(name, `serve: ${where} ${sentence}`);
  }
}

const listenErrors: ReadonlyMap<string, readonly [code: string, sentence: string]> = new Map([
  ['EADDRINUSE', ['port-in-use', 'is in use by another program; choose another port with --port']],
  ['EACCES', ['port-denied', 'may not be used by this user; choose a port from 1024']],
  ['EADDRNOTAVAIL', ['no-such-address', 'is no address of this machine; choose another with --host']],
]);

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
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
