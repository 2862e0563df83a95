import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serve, temporaryFolder, until } from '../support/tributary.ts';
import { wellFormedness } from './well-formedness.ts';
import type { EventLoopReport } from './event-loop.ts';
import type { Attack } from './hostile/attack.ts';
import { attacks } from './hostile/attacks.ts';

const everyMs = 2000;
const goodSources = 50;
/** A tenth of the default. */
const timeoutMs = 3000;

/** A server of its own, and so a host of its own, for each source. */
async function listen(onRequest: Attack, host = '127.0.0.1', port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => onRequest(socket, /^GET (\S+)/.exec(chunk.toString('latin1'))?.[1] ?? '/'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host, ipv6Only: true }, resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A source whose document has one item more each time, and the times at which it was asked. */
async function goodSource(number: number) {
  const askedAt: number[] = [];
  const port = await listen((socket) => {
    askedAt.push(performance.now());
    const items = askedAt.map(
      (_, index) =>
        `<item><guid>https://good-${number}.example/${index}</guid><link>https://good-${number}.example/${index}</link>
<title>第${number}家电台的第${index}条消息照常送到</title></item>`,
    );
    const body = Buffer.from(
      `<rss version="2.0"><channel><title>电台</title>${items.join('')}</channel></rss>`,
    );
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`);
    socket.write(body);
  });
  return { port, askedAt };
}

test('hostile sources hold nothing up, reach nothing and spoil nothing', async () => {
  await using folder = await temporaryFolder();
  let trespasses = 0;
  const trespass: Attack = (socket) => {
    trespasses += 1;
    socket.end();
  };
  const forbiddenPort = await listen(trespass, '127.0.0.2');
  // Not every machine has IPv6.
  for (const host of ['::1', '127.0.0.1']) await listen(trespass, host, forbiddenPort).catch(() => 0);

  const hostile = await Promise.all(
    [...attacks(forbiddenPort)].map(async ([name, attack], index) => ({
      id: `${index}-${name.replaceAll(/[^a-z0-9]/g, '-')}`,
      port: await listen(attack),
    })),
  );
  expect(hostile.length).toBeGreaterThan(240);
  const good = await Promise.all(Array.from({ length: goodSources }, (_, index) => goodSource(index)));
  const source = (id: string, port: number) => ({
    id,
    url: `http://127.0.0.1:${port}/`,
    every: `${everyMs / 1000}s`,
  });
  const config = join(folder.path, 'site.yaml');
  await writeFile(
    config,
    JSON.stringify({
      store: { url: `sqlite:${join(folder.path, 'news.db')}` },
      fetch: { allow: ['127.0.0.1/32'], minInterval: '1s', timeoutMs },
      sources: [
        ...hostile.map(({ id, port }) => source(id, port)),
        ...good.map(({ port }, index) => source(`good-${index}`, port)),
      ],
    }),
  );
  const report = join(folder.path, 'report.json');
  const site = await serve(['--config', config], {
    env: {
      EVENT_LOOP_REPORT: report,
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'event-loop.ts')}`,
    },
  });
  onTestFinished(() => site.signal('SIGKILL'));
  site.signal('SIGUSR2');

  // Three times each, whatever the others do.
  const turns = () => Promise.resolve(good.map(({ askedAt }) => askedAt.length));
  await until(turns, (counts) => counts.every((count) => count >= 1), 60_000);
  const from = (await turns()).map((count) => count);
  await until(turns, (counts) => counts.every((count, index) => count >= (from[index] ?? 0) + 3), 60_000);
  const pauses = good.flatMap(({ askedAt }, index) =>
    askedAt.slice(from[index]).map((at, next) => at - (askedAt[(from[index] ?? 0) + next - 1] ?? at)),
  );

  const feeds = await Promise.all(
    [
      'all',
      ...good.map((_, index) => `sources/good-${index}`),
      ...hostile.map(({ id }) => `sources/${id}`),
    ].map(async (name) => {
      const answer = await fetch(`${site.url}/feeds/${name}.atom`);
      const text = await answer.text();
      if (name.startsWith('sources/good-')) expect(text).toContain('第0条消息');
      return [name, answer.status, wellFormedness(text)];
    }),
  );
  site.signal('SIGTERM');
  const { status, err } = await site.finished;
  const measured = JSON.parse(await readFile(report, 'utf8')) as EventLoopReport;
  process.stdout.write(
    `isolation: ${JSON.stringify({ ...measured, longestPauseMs: Math.round(Math.max(...pauses)) })}\n`,
  );

  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(trespasses).toBe(0);
  expect(feeds.filter(([, answered, verdict]) => answered !== 200 || verdict !== '')).toEqual([]);
  // Room for a busy machine; one that lets hostile sources take every place needs longer by far.
  expect(Math.max(...pauses)).toBeLessThan(everyMs * 5);
  expect(measured.memoryMiB).toBeLessThan(512);
  // Its own time, not the clock's: what else runs on the machine is none of the program's doing.
  expect(measured.busyMs).toBeLessThan(250);
}, 180_000);
