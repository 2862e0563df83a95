/** The process behind scale.ts: polls as many sources as it is told to, its feeds in memory. */
import { openProgram, pollOnce } from './program.ts';

export interface PassDone {
  readonly items: number;
  readonly ms: number;
  readonly residentMb: number;
}

const program = await openProgram(process.argv[2] ?? '');
await program.app.publisher.renew();

process.on('message', (count: number) => {
  void poll(count).then((done) => process.send?.(done));
});

process.on('disconnect', () => {
  void program.app.close().then(() => process.exit());
});

async function poll(count: number): Promise<PassDone> {
  const start = performance.now();
  const items = await pollOnce(program, count);
  return { items, ms: performance.now() - start, residentMb: process.memoryUsage.rss() / 1e6 };
}
