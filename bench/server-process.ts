import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repository } from './repository.ts';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** `tributary serve` on a free port, with the flags that a script of package.json gives to Node. */
export function startTributary(
  script: 'start' | 'serve',
  configFile: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const launcher = join(repository, 'bin/tributary.js');
  return startServer(
    [...flagsOf(script), launcher, 'serve', '--config', configFile, '--port', '0'],
    environment,
  );
}

/** How the launcher starts a server: what it says to V8, and to glibc. */
export const frugally = {
  execArgv: ['--max-semi-space-size=2', '--heap-growing-percent=40', '--v8-pool-size=2'],
  env: {
    ...process.env,
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    MALLOC_TRIM_THRESHOLD_: '131072',
  },
};

function flagsOf(script: 'start' | 'serve'): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<typeof script, string>>;
  };
  const [flags = ''] = /(?<=node )[^&]*(?=bin\/tributary\.js)/.exec(scripts[script]) ?? [];
  return flags.split(' ').filter((flag) => flag !== '');
}

/** A Node process that says the URL it serves in one of its lines. */
export async function startServer(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended before it served`)));
  });
  return {
    url,
    pid: child.pid ?? NaN,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
