import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/**
 * To be loaded before the program (`--import`): measures how long its event loop is held up, from SIGUSR2 on,
 * and writes that with its greatest memory to the file `EVENT_LOOP_REPORT` when it ends.
 */
export interface EventLoopReport {
  readonly maxMs: number;
  readonly p99Ms: number;
  /** Resident memory at its highest, in MiB. */
  readonly memoryMiB: number;
}

const file = process.env['EVENT_LOOP_REPORT'];

if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  process.on('SIGUSR2', () => {
    delay.enable();
    delay.reset();
  });
  process.on('exit', () => {
    const report: EventLoopReport = {
      maxMs: Math.round(delay.max / 1e6),
      p99Ms: Math.round(delay.percentile(99) / 1e6),
      memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    writeFileSync(file, JSON.stringify(report));
  });
}
