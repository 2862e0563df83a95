import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startOrigin } from '../support/origin.ts';
import { repository, serve, temporaryFolder, tributary, until } from '../support/tributary.ts';

/** The server as a process: how it starts, and how it stops. */

const demo = ['--config', join(repository, 'config', 'demo.yaml')];

const storeIn = (folder: string) => ({ DATABASE_URL: `sqlite:${join(folder, 'news.db')}` });

const entriesOf = async (url: string) =>
  [...(await (await fetch(`${url}/feeds/all.atom`)).text()).matchAll(/<entry\b/g)].length;

/** A site that reads one source, which takes requests and never answers. */
async function openHanging(folder: string) {
  const origin = await startOrigin();
  origin.on('/feed', () => undefined);
  const config = join(folder, 'site.yaml');
  await writeFile(
    config,
    `fetch: { allow: [127.0.0.1/32] }\nsources: [{ id: slow, url: "${origin.url}/feed" }]\n`,
  );
  const serving = await serve(['--config', config], { env: storeIn(folder) });
  await until(
    () => Promise.resolve(origin.requests.length),
    (count) => count > 0,
  );
  return { origin, serving };
}

describe('serve', () => {
  test('says where it is, in a log of JSON lines, and answers there', async () => {
    await using folder = await temporaryFolder();
    const { url, signal, finished } = await serve(demo, { env: storeIn(folder.path) });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    signal('SIGTERM');
    const { status, out, err } = await finished;
    expect(status).toBe(0);
    expect(err).toBe('');
    for (const line of out.trimEnd().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ name: 'tributary' });
  });

  test.skipIf(process.platform !== 'linux')('gives memory back, unless it is told otherwise', async () => {
    await using folder = await temporaryFolder();
    for (const [given, inForce] of [
      [{}, '2'],
      [{ MALLOC_ARENA_MAX: '8' }, '8'],
    ] as const) {
      const { pid, signal, finished } = await serve(demo, { env: { ...storeIn(folder.path), ...given } });
      const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
      expect(environment.filter((entry) => entry.startsWith('MALLOC_ARENA_MAX='))).toEqual([
        `MALLOC_ARENA_MAX=${inForce}`,
      ]);
      signal('SIGTERM');
      expect((await finished).status).toBe(0);
    }
  });

  test('lets a feed be kept until its source is polled next', async () => {
    await using folder = await temporaryFolder();
    await writeFile(
      join(folder.path, 'site.yaml'),
      'sources: [{ id: port, url: "file:port.xml", every: 10m }]\n',
    );
    await writeFile(
      join(folder.path, 'port.xml'),
      '<rss version="2.0"><channel><title>P</title><item><title>港口恢复运转</title></item></channel></rss>',
    );
    const { url, signal, finished } = await serve(['--config', join(folder.path, 'site.yaml')], {
      env: storeIn(folder.path),
    });
    const maxAge = await until(
      async () => {
        const { headers } = await fetch(`${url}/feeds/sources/port.atom`);
        return Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1]);
      },
      (seconds) => seconds > 60,
    );
    expect(maxAge).toBeGreaterThan(500);
    expect(maxAge).toBeLessThanOrEqual(900);
    signal('SIGTERM');
    await finished;
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'stops at %s with status 0, also with readers connected',
    async (name) => {
      await using folder = await temporaryFolder();
      const { url, signal, finished } = await serve(demo, { env: storeIn(folder.path) });
      await Promise.all(Array.from({ length: 5 }, () => fetch(url).then((answer) => answer.text())));
      signal(name);
      expect((await finished).status).toBe(0);
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  test('stops within 10 s while a source hangs, with status 0', async () => {
    await using folder = await temporaryFolder();
    const { origin, serving } = await openHanging(folder.path);
    const startedAt = performance.now();
    serving.signal('SIGTERM');
    expect((await serving.finished).status).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await origin.close();
  });

  test('stops at once at a second signal', async () => {
    await using folder = await temporaryFolder();
    const { origin, serving } = await openHanging(folder.path);
    const startedAt = performance.now();
    serving.signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    serving.signal('SIGTERM');
    await serving.finished;
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await origin.close();
  });

  test('shows what a poll beside it has read, within 2 s', async () => {
    await using folder = await temporaryFolder();
    const config = join(folder.path, 'site.yaml');
    await writeFile(
      join(folder.path, 'news.xml'),
      '<rss version="2.0"><channel><title>N</title></channel></rss>',
    );
    await writeFile(config, 'sources: [{ id: news, url: "file:news.xml", every: 1h }]\n');
    const env = storeIn(folder.path);
    const { url, signal, finished } = await serve(['--config', config], { env });
    await until(
      async () =>
        (await (await fetch(`${url}/api/sources`)).json()) as { sources: { lastSuccess?: string }[] },
      ({ sources }) => sources[0]?.lastSuccess !== undefined,
    );
    expect(await entriesOf(url)).toBe(0);

    const item = '<item><title>堤坝加固工程提前完工</title><link>https://news.example/1</link></item>';
    await writeFile(
      join(folder.path, 'news.xml'),
      `<rss version="2.0"><channel><title>N</title>${item}</channel></rss>`,
    );
    expect((await tributary(['poll', '--config', config, '--force'], { env })).status).toBe(0);
    const polledAt = performance.now();
    await until(
      () => entriesOf(url),
      (count) => count === 1,
    );
    expect(performance.now() - polledAt).toBeLessThan(2_000);
    signal('SIGTERM');
    expect((await finished).status).toBe(0);
  });

  test('serves what it had at once after a restart, the same bytes', async () => {
    await using folder = await temporaryFolder();
    const env = storeIn(folder.path);
    const site = { ...env, PUBLIC_URL: 'https://river.example' };
    const look = async (url: string) =>
      Promise.all(
        ['all.atom', 'all.rss', 'all.json', 'topics/ai.atom', 'sources/orbit-atom.atom'].map(async (path) => {
          const answer = await fetch(`${url}/feeds/${path}`, { headers: { 'accept-encoding': 'identity' } });
          return [await answer.text(), answer.headers.get('etag'), answer.headers.get('last-modified')];
        }),
      );
    const readAll = async (url: string) =>
      until(
        async () =>
          (await (await fetch(`${url}/api/sources`)).json()) as { sources: { lastSuccess?: string }[] },
        ({ sources }) => sources.every(({ lastSuccess }) => lastSuccess !== undefined),
      );
    const first = await serve(demo, { env: site });
    await readAll(first.url);
    await until(
      () => entriesOf(first.url),
      (count) => count > 30,
    );
    const settled = await until(
      async () => {
        const before = await look(first.url);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return { before, after: await look(first.url) };
      },
      ({ before, after }) => JSON.stringify(before) === JSON.stringify(after),
    );
    first.signal('SIGTERM');
    await first.finished;

    const second = await serve(demo, { env: site });
    expect(await look(second.url)).toEqual(settled.after);
    second.signal('SIGTERM');
    await second.finished;
  });
});
