import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp, type App } from '../src/app.ts';
import type { Config } from '../src/config/config.ts';
import { loadConfig } from '../src/config/load.ts';
import { createLog } from '../src/observe/log.ts';
import { phrases } from './news.ts';
import { repository } from './repository.ts';

/** Connections and sources at once, for everybody who is measured. */
export const concurrency = 16;

const shippedTopics = join(repository, 'config/topics.yaml');

/** A file with 200 topics, each of a phrase that one title in a hundred has; gives its path. */
export function writeTopics(folder: string): string {
  const file = join(folder, 'topics.yaml');
  writeFileSync(
    file,
    JSON.stringify(phrases.map((any, number) => ({ id: `t${number}`, title: `T${number}`, any: [any] }))),
  );
  return file;
}

/** A configuration with these sources and topics and a store beside it; gives its path. */
export function writeConfig(
  folder: string,
  urls: readonly string[],
  topics = shippedTopics,
  /** How often sources are polled; as configured by default where it is absent. */
  { every }: { readonly every?: string } = {},
): string {
  const file = join(folder, 'tributary.yaml');
  const config = {
    store: { url: `sqlite:${join(folder, 'store.db')}` },
    topics,
    sources: urls.map((url, number) => ({ id: `source-${number}`, url, every })),
    fetch: { concurrency, perHost: concurrency, minInterval: every, allow: ['127.0.0.1/32'] },
    log: { level: 'silent' },
  };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** The program in this process, without its schedule. */
export async function openProgram(configFile: string): Promise<{ app: App; config: Config }> {
  const config = loadConfig(configFile, {});
  return { app: await createApp(config, 'http://127.0.0.1:8080', createLog(config.logLevel)), config };
}

/** Polls the first so many sources; the number of new items. @throws where one of them cannot be read. */
export async function pollOnce(
  { app, config }: { app: App; config: Config },
  count?: number,
): Promise<number> {
  const outcomes = [...(await app.poller.pass(config.sources.slice(0, count), { force: true })).values()];
  const failed = outcomes.find(({ kind }) => kind === 'failed');
  if (failed) throw new Error(failed.error?.message);
  return outcomes.reduce((sum, outcome) => sum + (outcome.new ?? 0), 0);
}
