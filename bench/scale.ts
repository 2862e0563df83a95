/** Items a second into a store that holds 1,000,000 items, against one that holds 10,000. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, spread } from './alternate.ts';
import { withFolder } from './folder.ts';
import { itemsADocument, startOrigin } from './origin.ts';
import { packProgram, startPasses, type Passes } from './passes.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';

const sources = 1000;

/** Sources polled in one round, each with a document of new items. */
const sourcesARound = 100;

const memoryBarMb = 300;

export function bench(): Promise<readonly Result[]> {
  packProgram();
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const urls = origin.changing(sources);
    const prepare = async (name: string, items: number) => {
      mkdirSync(join(folder, name));
      const config = writeConfig(join(folder, name), urls);
      const filler = startPasses(config, { isFrugal: false });
      for (let left = items / itemsADocument; left > 0; left -= sources)
        await filler.pass(Math.min(left, sources));
      await filler.end();
      return startPasses(config, { isFrugal: true });
    };
    const small = await prepare('small', 10_000);
    const large = await prepare('large', 1_000_000);
    // Two gigabytes were written just now; what the disk still does with them is no part of what follows.
    execFileSync('sync');
    const megabytes: number[] = [];
    const rate = (program: Passes) => async () => {
      const { items, ms, residentMb } = await program.pass(sourcesARound);
      if (program === large) megabytes.push(residentMb);
      return (items * 1000) / ms;
    };
    const measured = await alternate(rate(large), rate(small), 9);
    await Promise.all([small.end(), large.end()]);
    origin.stop();
    const memory = spread(megabytes.map((mb) => mb / memoryBarMb));
    return [
      {
        what: 'new items with 1,000,000 stored',
        against: 'with 10,000 stored',
        unit: 'items/s',
        ...measured,
        bar: { atLeast: 0.8 },
      },
      {
        what: 'resident memory with 1,000,000 items stored',
        against: 'what is promised',
        unit: 'MB',
        ours: memory.median * memoryBarMb,
        theirs: memoryBarMb,
        ratio: memory,
        bar: { atMost: 1 },
      },
    ];
  });
}
