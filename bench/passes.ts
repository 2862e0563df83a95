import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { repository } from './repository.ts';
import { frugally } from './server-process.ts';

/** The program in a process of its own, its feeds in memory, that polls when it is told to. */
export interface Passes {
  /** Polls the first so many sources. */
  readonly pass: (sources: number) => Promise<PassDone>;
  readonly end: () => Promise<void>;
}

export interface PassDone {
  readonly items: number;
  readonly ms: number;
  readonly residentMb: number;
}

/** To be called before: the program is measured as it is packaged. */
export function packProgram(): void {
  execFileSync(process.execPath, ['scripts/build.js', '--quick'], { cwd: repository });
}

/** `isFrugal` as a server is started, which is slower where memory is of no interest. */
export function startPasses(configFile: string, { isFrugal }: { readonly isFrugal: boolean }): Passes {
  const worker = fork(
    new URL('pass-worker.js', import.meta.url),
    [configFile],
    isFrugal ? frugally : { execArgv: [] },
  );
  return {
    pass: async (sources) => {
      worker.send(sources);
      const [done] = (await once(worker, 'message')) as [PassDone];
      return done;
    },
    end: async () => {
      const exited = once(worker, 'exit');
      worker.disconnect();
      await exited;
    },
  };
}
