import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/**
 * To be loaded before the program (`--import`): measures how long its event loop is held up, from SIGUSR2 on,
 * and writes that with its greatest memory to the file `EVENT_LOOP_REPORT` when it ends.
 */
export interface EventLoopReport {
  /** The longest that the program itself kept its event loop busy: time of its thread, whatever else runs. */
  readonly busyMs: number;
  /** The longest by the clock, waits for a processor among it. */
  readonly maxMs: number;
  readonly p99Ms: number;
  /** Resident memory at its highest, in MiB. */
  readonly memoryMiB: number;
}

const file = process.env['EVENT_LOOP_REPORT'];

if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let busyMs = 0;
  process.on('SIGUSR2', () => {
    delay.enable();
    delay.reset();
    let before = threadMs();
    setInterval(() => {
      const now = threadMs();
      busyMs = Math.max(busyMs, now - before);
      before = now;
    }, 5).unref();
  });
  process.on('exit', () => {
    const report: EventLoopReport = {
      busyMs: Math.round(busyMs),
      maxMs: Math.round(delay.max / 1e6),
      p99Ms: Math.round(delay.percentile(99) / 1e6),
      memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    writeFileSync(file, JSON.stringify(report));
  });
}

/** Processor time of this thread. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
