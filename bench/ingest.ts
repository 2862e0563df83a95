/** A pass over 1,000 sources of 50 new items, from the socket into the store, against the bare parts. */
import { join } from 'node:path';
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

  const ours = () =>
    withFolder(async (folder) => {
      const program = await openProgram(writeConfig(folder, urls));
      const start = performance.now();
      const items = await pollOnce(program);
      const rate = (items * 1000) / (performance.now() - start);
      await program.app.close();
      return rate;
    });

  const theirs = () =>
    withFolder(async (folder) => {
      const start = performance.now();
      const items = await bare.ingest(urls, join(folder, 'bare.db'));
      return (items * 1000) / (performance.now() - start);
    });

  const measured = await alternate(ours, theirs);
  origin.stop();
  return [
    {
      what: 'a pass over 1,000 sources × 50 new items',
      against: 'undici, fast-xml-parser, one insert an item',
      unit: 'items/s',
      ...measured,
      bar: { atLeast: 0.4 },
    },
  ];
}
