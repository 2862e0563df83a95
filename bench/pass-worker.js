import { performance } from 'node:perf_hooks';

/**
 * The process behind passes.ts: the program as it is packaged, polling as many sources as it is told to, with its
 * feeds and its server in memory. It is no TypeScript itself, so that nothing is in its memory that a server would
 * not have.
 */
const dist = new URL('../dist/', import.meta.url);
const [{ createApp }, { createFront }, { createWebsite }, { loadConfig }, { createLog }] = await Promise.all(
  ['app.js', 'http/front.js', 'http/website.js', 'config/load.js', 'observe/log.js'].map(
    (file) => import(new URL(file, dist).href),
  ),
);

const config = loadConfig(process.argv[2] ?? '', {});
const app = await createApp(config, 'http://127.0.0.1:8080', createLog(config.logLevel));
await app.publisher.renew();
const website = createWebsite(app.serverTools);
await website.server.ready();
const front = createFront();
await front.listen('127.0.0.1', 0);
front.show(website);

process.on('message', (count) => {
  void poll(count).then((done) => process.send?.(done));
});

process.on('disconnect', () => {
  void Promise.all([front.close(), app.close()]).then(() => process.exit());
});

/** @param {number} count Sources to be polled. */
async function poll(count) {
  const start = performance.now();
  const outcomes = await app.poller.pass(config.sources.slice(0, count), { force: true });
  const items = outcomes.values().reduce((sum, outcome) => sum + (outcome.new ?? 0), 0);
  return { items, ms: performance.now() - start, residentMb: process.memoryUsage.rss() / 1e6 };
}
