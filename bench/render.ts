/** Renewing every feed that is asked for after one new item, against rendering all of them from nothing. */
import type { App } from '../src/app.ts';
import { alternate } from './alternate.ts';
import { withFolder } from './folder.ts';
import { phrases } from './news.ts';
import { startOrigin } from './origin.ts';
import { openProgram, pollOnce, writeConfig, writeTopics } from './program.ts';
import type { Result } from './result.ts';

const sources = 20;
const itemsASource = 500;

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const urls = [...origin.changing(1, 1), ...origin.unchanging(sources, itemsASource)];
    const config = writeConfig(folder, urls, writeTopics(folder));
    const program = await openProgram(config);
    await pollOnce(program);
    await serveAll(program.app);

    const renewed = async () => {
      const added = await pollOnce(program, 1);
      if (added !== 1) throw new Error(`${added} new items instead of one`);
      return timeOf(program.app);
    };
    const fromNothing = async () => {
      const { app } = await openProgram(config);
      const ms = await timeOf(app);
      await app.close();
      return ms;
    };
    const measured = await alternate(renewed, fromNothing, 7);
    const feeds = asked(program.app).length;
    await program.app.close();
    origin.stop();
    return [
      {
        what: `renewing ${feeds} feeds in three formats after one new item (${phrases.length} topics, ${sources * itemsASource} items)`,
        against: 'rendering all of them from nothing',
        unit: 'ms',
        ...measured,
        bar: { atMost: 1 / 50 },
      },
    ];
  });
}

async function timeOf(app: App): Promise<number> {
  const start = performance.now();
  await serveAll(app);
  return performance.now() - start;
}

/** The feeds of all and of topics, each of them asked for. */
async function serveAll(app: App): Promise<void> {
  await app.publisher.renew();
  for (const { path } of asked(app)) await app.publisher.feed(path, 'atom');
}

function asked({ publisher }: App) {
  return publisher.specs.filter(({ of }) => of.kind === 'all' || of.kind === 'topic');
}
