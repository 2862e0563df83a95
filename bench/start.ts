/** The demo as `npm start` runs it, each time as a new process with an empty store. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from './alternate.ts';
import { withFolder } from './folder.ts';
import { repository } from './repository.ts';
import type { Result } from './result.ts';
import { startTributary, type ServerProcess } from './server-process.ts';
import { settled, textOf } from './settled.ts';

const rounds = 5;

/** How long the program runs before its memory is read. */
const restMs = 5000;

const bars = { seconds: 3, megabytes: 150 };

export async function bench(): Promise<readonly Result[]> {
  // What `npm start` does before it starts the server.
  execFileSync(process.execPath, ['scripts/build.js', '--quick'], { cwd: repository });
  const complete = await startDemo(async (demo) => entries(await settled(`${demo.url}/feeds/all.atom`)));
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await startDemo(async (demo, startedAt) => {
      while (entries(await textOf(`${demo.url}/feeds/all.atom`)) < complete) await sleep(10);
      seconds.push((performance.now() - startedAt) / 1000);
      await sleep(restMs);
      megabytes.push(residentMegabytes(demo.pid));
    });
  }
  return [
    against('time to the first complete feed', 's', bars.seconds, seconds),
    against('resident memory of the demo', 'MB', bars.megabytes, megabytes),
  ];
}

function startDemo<Value>(work: (demo: ServerProcess, startedAt: number) => Promise<Value>): Promise<Value> {
  return withFolder(async (folder) => {
    const startedAt = performance.now();
    const demo = await startTributary('start', join(repository, 'config/demo.yaml'), {
      DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`,
    });
    try {
      return await work(demo, startedAt);
    } finally {
      await demo.stop();
    }
  });
}

const entries = (feed: string): number => feed.split('<entry').length - 1;

/** Linux alone tells it so. */
function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000;
}

/** A figure that is held against a fixed bar, not against another program. */
function against(what: string, unit: string, bar: number, figures: readonly number[]): Result {
  const ratio = spread(figures.map((figure) => figure / bar));
  return {
    what,
    against: 'what is promised',
    unit,
    ours: ratio.median * bar,
    theirs: bar,
    ratio,
    bar: { atMost: 1 },
  };
}
