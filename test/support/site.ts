import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { createFront, type Front } from '../../src/http/front.ts';
import { createWebsite } from '../../src/http/website.ts';
import { loadConfig } from '../../src/config/load.ts';
import { temporaryFolder } from './tributary.ts';

/** What stands in a configuration file. */
type Settings = Readonly<Record<string, unknown>>;

/** A whole site in this process, asked without a socket. */
export interface Site extends AsyncDisposable {
  /** Its folder: configuration, documents, store. */
  readonly folder: string;
  readonly get: (url: string, headers?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  readonly ask: (request: InjectOptions) => Promise<LightMyRequestResponse>;
  /** Answers over a socket as well, at the URL that it gives. */
  readonly listen: () => Promise<string>;
  /** Writes a document of a source. */
  readonly write: (file: string, text: string | Uint8Array) => Promise<void>;
  /** Reads every source and brings the feeds up to date, also those that are answered over a socket. */
  readonly read: () => Promise<void>;
  /** Ends the program and starts it with another configuration, on the same store; then reads every source. */
  readonly restart: (config: Settings) => Promise<void>;
}

/**
 * Opens a site of this configuration, whose sources are documents beside it: `file:upper.xml`. Every source
 * is read once. A document `data/news.db` is the store that it goes on with.
 */
export async function openSite(
  config: Settings,
  documents: Readonly<Record<string, string | Uint8Array>>,
  topics: readonly object[] = [],
): Promise<Site> {
  const folder = await temporaryFolder();
  const write = (file: string, text: string | Uint8Array) => writeFile(join(folder.path, file), text);
  await mkdir(join(folder.path, 'data'));
  for (const [file, text] of Object.entries(documents)) await write(file, text);
  await write('topics.yaml', JSON.stringify(topics));

  const start = async (settings: Settings) => {
    const store = { url: `sqlite:${join(folder.path, 'data', 'news.db')}` };
    // Every JSON document is YAML.
    await write('site.yaml', JSON.stringify({ topics: './topics.yaml', store, ...settings }));
    const loaded = loadConfig(join(folder.path, 'site.yaml'), {});
    const siteUrl = loaded.site.url ?? 'http://127.0.0.1:8080';
    const app = await createApp(loaded, siteUrl, pino({ level: 'silent' }), {
      reload: () => Promise.resolve(undefined),
    });
    const read = async () => {
      // One after the other, so that the first report of a story is always the same.
      for (const source of loaded.sources) await app.poller.pass([source], { force: true });
      await app.publisher.renew();
    };
    await read();
    const website = createWebsite(app.serverTools);
    const close = async () => {
      await website.close();
      await app.close();
    };
    return { website, read, close };
  };

  let front: Front | undefined;
  let running = await start(config);
  return {
    folder: folder.path,
    get: (url, headers = {}) => running.website.server.inject({ method: 'GET', url, headers }),
    ask: (request) => running.website.server.inject(request),
    listen: async () => {
      front = createFront();
      const port = await front.listen('127.0.0.1', 0);
      await running.website.server.ready();
      front.show(running.website);
      return `http://127.0.0.1:${port}`;
    },
    write,
    read: async () => {
      await running.read();
      front?.refresh(running.website);
    },
    restart: async (changed) => {
      await running.close();
      running = await start(changed);
      front?.show(running.website);
    },
    [Symbol.asyncDispose]: async () => {
      await front?.close();
      await running.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
