/** 20 passes over 1,000 sources that have nothing new, the first not counted. */
import { alternate } from './alternate.ts';
import { createBareReader } from './bare.ts';
import { withFolder } from './folder.ts';
import { startOrigin } from './origin.ts';
import { openProgram, pollOnce, writeConfig } from './program.ts';
import type { Result } from './result.ts';

export async function bench(): Promise<readonly Result[]> {
  const origin = await startOrigin();
  const urls = origin.unchanging(1000);
  const bare = createBareReader();
  const measured = await withFolder(async (folder) => {
    const program = await openProgram(writeConfig(folder, urls));
    const rate = (pass: () => Promise<unknown>) => async () => {
      const start = performance.now();
      await pass();
      return (urls.length * 1000) / (performance.now() - start);
    };
    const pair = await alternate(
      rate(() => pollOnce(program)),
      rate(() => bare.check(urls)),
      19,
    );
    await program.app.close();
    return pair;
  });
  origin.stop();
  return [
    {
      what: 'a pass over 1,000 unchanged sources (304)',
      against: 'undici, conditional requests',
      unit: 'sources/s',
      ...measured,
      bar: { atLeast: 0.4 },
    },
  ];
}
