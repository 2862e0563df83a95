/** Resident memory over 50 passes over 1,000 sources that stay as they are: the last passes against early ones. */
import { median, spread } from './alternate.ts';
import { withFolder } from './folder.ts';
import { startOrigin } from './origin.ts';
import { packProgram, startPasses } from './passes.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';

const sources = 1000;
const passes = 50;
const compared = 5;

/** Until then the heap takes the size that a pass needs. */
const settledAfter = 20;

export function bench(): Promise<readonly Result[]> {
  packProgram();
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const config = writeConfig(folder, origin.unchanging(sources));
    const program = startPasses(config, { isFrugal: true });
    const megabytes: number[] = [];
    for (let pass = 0; pass < passes; pass++) megabytes.push((await program.pass(sources)).residentMb);
    await program.end();
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
