import { cp, readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, serve, temporaryFolder, tributary, until, type Serving } from '../support/tributary.ts';

/** The demo in a folder of its own, served by a process of its own, every source read. */
export interface Demo extends AsyncDisposable {
  readonly folder: string;
  readonly sources: readonly string[];
  readonly url: () => string;
  readonly text: (path: string) => Promise<string>;
  readonly json: (path: string) => Promise<unknown>;
  /** Reads every source again, from files that have just been touched. */
  readonly readAgain: () => Promise<void>;
  readonly restart: () => Promise<void>;
}

/** Where the feeds say they are, whatever port the test got. */
export const siteUrl = 'https://river.example';

export async function serveDemo(): Promise<Demo> {
  const folder = await temporaryFolder();
  for (const name of ['config', 'feeds'])
    await cp(join(repository, name), join(folder.path, name), { recursive: true });
  const config = ['--config', join(folder.path, 'config', 'demo.yaml')];
  const options = { cwd: folder.path, env: { PUBLIC_URL: siteUrl } };
  const sources = await readdir(join(folder.path, 'feeds'));
  let serving: Serving = await serve(config, options);

  const text = async (path: string) => (await fetch(`${serving.url}${path}`)).text();
  const json = async (path: string) => JSON.parse(await text(path)) as unknown;

  await until(
    async () => (await json('/api/sources')) as { sources: { lastSuccess?: string }[] },
    (answer) => answer.sources.every(({ lastSuccess }) => lastSuccess !== undefined),
  );
  // What the last source brought may still be on its way into the feeds.
  let before = '';
  await until(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return text('/feeds/all.atom');
    },
    (now) => {
      const isSettled = now === before;
      before = now;
      return isSettled;
    },
  );

  return {
    folder: folder.path,
    sources,
    url: () => serving.url,
    text,
    json,
    readAgain: async () => {
      const now = new Date();
      for (const source of sources)
        for (const file of await readdir(join(folder.path, 'feeds', source)))
          await utimes(join(folder.path, 'feeds', source, file), now, now);
      const { status, out, err } = await tributary(['poll', ...config, '--force'], options);
      if (status !== 0) throw new Error(out + err);
    },
    restart: async () => {
      serving.signal('SIGTERM');
      await serving.finished;
      serving = await serve(config, options);
    },
    [Symbol.asyncDispose]: async () => {
      serving.signal('SIGTERM');
      await serving.finished;
      await folder[Symbol.asyncDispose]();
    },
  };
}

interface Expected {
  readonly items: readonly { readonly promo?: boolean }[];
}

/** What a bundled source is expected to hold. */
export async function expectedItems(source: string): Promise<Expected['items']> {
  const text = await readFile(join(repository, 'feeds', source, 'expected.json'), 'utf8');
  return (JSON.parse(text) as Expected).items;
}

/** How many more reports than stories the samples hold: test/feeds.test.ts lists the stories told twice. */
export const furtherReports = 16;
