/** Resident memory over 50 passes over 1,000 sources that stay as they are: the last passes against early ones. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { median, spread } from './alternate.ts';
import { withFolder } from './folder.ts';
import { startOrigin } from './origin.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';
import type { PassDone } from './scale-worker.ts';
import { frugally } from './server-process.ts';

const sources = 1000;
const passes = 50;
const compared = 5;

/** Until then the heap takes the size that a pass needs. */
const settledAfter = 20;

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const config = writeConfig(folder, origin.unchanging(sources));
    const worker = fork(new URL('scale-worker.ts', import.meta.url), [config], frugally);
    const megabytes: number[] = [];
    for (let pass = 0; pass < passes; pass++) {
      worker.send(sources);
      const [done] = (await once(worker, 'message')) as [PassDone];
      megabytes.push(done.residentMb);
    }
    const exited = once(worker, 'exit');
    worker.disconnect();
    await exited;
    origin.stop();
    const early = median(megabytes.slice(settledAfter, settledAfter + compared));
    const late = megabytes.slice(-compared);
    return [
      {
        what: `resident memory after ${passes} passes over 1,000 unchanged sources`,
        against: `after ${settledAfter} of them`,
        unit: 'MB',
        ours: median(late),
        theirs: early,
        ratio: spread(late.map((mb) => mb / early)),
        bar: { atMost: 1.1 },
      },
    ];
  });
}
