/** A pass over 1,000 sources of 50 new items as a whole process, against other programs that read feeds. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate } from './alternate.ts';
import { withFolder } from './folder.ts';
import { isInstalled } from './optional.ts';
import { itemsADocument, startOrigin } from './origin.ts';
import { concurrency, writeConfig } from './program.ts';
import { repository } from './repository.ts';
import type { Bar, Result } from './result.ts';

/** Another reader: the command that reads all sources once, its files made in an empty folder. */
interface Reader {
  readonly program: string;
  readonly bar: Bar;
  readonly command: (folder: string, urls: readonly string[]) => readonly string[];
}

const readers: readonly Reader[] = [
  { program: 'newsboat', bar: { atLeast: 4 }, command: newsboat },
  { program: 'sfeed_update', bar: { atLeast: 2 }, command: sfeedUpdate },
];

export function bench(): Promise<readonly Result[]> {
  const installed = readers.filter(({ program }) => isInstalled(program));
  return installed.length === 0 ? Promise.resolve([]) : withFolder((caches) => compare(installed, caches));
}

/** What programs keep for their next start is in `caches`, and all else of them in an empty folder each time. */
async function compare(installed: readonly Reader[], caches: string): Promise<readonly Result[]> {
  // As the package has it.
  execFileSync(process.execPath, ['scripts/build.js', '--quick'], { cwd: repository });
  const origin = await startOrigin();
  const urls = origin.unchanging(1000);
  const rate = (command: Reader['command']) => () =>
    withFolder(async (folder) => {
      const [program = '', ...args] = command(folder, urls);
      const start = performance.now();
      const child = spawn(program, args, {
        cwd: folder,
        stdio: 'ignore',
        env: { ...process.env, HOME: folder, XDG_CACHE_HOME: caches },
      });
      const [status] = (await once(child, 'exit')) as [number | null];
      if (status !== 0) throw new Error(`${program} ended with status ${status ?? 'unknown'}`);
      return (urls.length * itemsADocument * 1000) / (performance.now() - start);
    });
  const results: Result[] = [];
  for (const { program, bar, command } of installed) {
    results.push({
      what: 'the same as a whole process',
      against: program,
      unit: 'items/s',
      ...(await alternate(rate(tributary), rate(command))),
      bar,
    });
  }
  origin.stop();
  return results;
}

function tributary(folder: string, urls: readonly string[]): readonly string[] {
  const config = writeConfig(folder, urls);
  return [process.execPath, join(repository, 'bin/tributary.js'), 'poll', '--force', '--config', config];
}

function newsboat(folder: string, urls: readonly string[]): readonly string[] {
  const path = (name: string) => join(folder, name);
  writeFileSync(path('urls'), urls.join('\n'));
  writeFileSync(path('config'), `reload-threads ${concurrency}\nmax-items 0\n`);
  return ['newsboat', '-u', path('urls'), '-c', path('cache.db'), '-C', path('config'), '-x', 'reload'];
}

function sfeedUpdate(folder: string, urls: readonly string[]): readonly string[] {
  const path = (name: string) => join(folder, name);
  mkdirSync(path('feeds'));
  const feeds = urls.map((url, number) => `  feed 'source-${number}' '${url}'`);
  writeFileSync(
    path('sfeedrc'),
    `sfeedpath='${path('feeds')}'\nmaxjobs=${concurrency}\nfeeds() {\n${feeds.join('\n')}\n}\n`,
  );
  return ['sfeed_update', path('sfeedrc')];
}
