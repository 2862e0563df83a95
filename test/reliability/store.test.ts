import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { serve, temporaryFolder, tributary, until, type Serving } from '../support/tributary.ts';

/** A site of one document, whose store is where it is said. */
async function siteIn(folder: string, store: string) {
  const config = join(folder, 'site.yaml');
  const document = join(folder, 'news.xml');
  const list = (count: number) => writeFile(document, documentOf(count));
  await list(2);
  await writeFile(
    config,
    JSON.stringify({
      store: { url: `sqlite:${store}` },
      fetch: { minInterval: '1s' },
      sources: [{ id: 'news', title: '新闻', url: 'file:news.xml', every: '1s' }],
    }),
  );
  const start = async (): Promise<Serving> => {
    const site = await serve(['--config', config]);
    onTestFinished(() => site.signal('SIGKILL'));
    return site;
  };
  return { config, list, start };
}

function documentOf(count: number): string {
  const items = Array.from(
    { length: count },
    (_, index) =>
      `<item><guid>https://news.example/${index}</guid><title>渡口第${index}次复航的消息今天送到</title>
<link>https://news.example/${index}</link><description>${'水位回落，渡轮复航。'.repeat(200)}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>新闻</title>${items.join('')}</channel></rss>`;
}

const health = async ({ url }: Serving) =>
  (await (await fetch(`${url}/healthz`)).json()) as { status: string; reason?: string };
const entries = async ({ url }: Serving) => {
  const answer = await fetch(`${url}/feeds/all.atom?limit=500`);
  const plain = await fetch(`${url}/feeds/all.atom`);
  expect(plain.status).toBe(200);
  return (await answer.text()).split('<entry').length - 1;
};
const isDegraded = ({ status }: { status: string }) => status === 'degraded';
const isWell = ({ status }: { status: string }) => status === 'ok';

describe('a store that cannot be written', () => {
  test('because another program holds it, is a matter of time', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'news.db');
    const { list, start } = await siteIn(folder.path, path);
    const site = await start();
    await until(
      () => entries(site),
      (count) => count === 2,
    );

    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await list(3);
    const { reason } = await until(() => health(site), isDegraded);
    expect(reason).toMatch(/^store: .* is locked by another program$/);
    expect(await entries(site)).toBe(2);

    other.exec('ROLLBACK');
    other.close();
    await until(
      () => entries(site),
      (count) => count === 3,
    );
    await until(() => health(site), isWell);
  });

  const tmpfs = join('/tmp', `tributary-full-${process.pid}`);
  const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', '/mnt']).status === 0;
  if (canMount) spawnSync('umount', ['/mnt']);

  test.skipIf(!canMount)(
    `because the disk is full, goes on when there is room${canMount ? '' : ' (skipped: a small disk cannot be mounted)'}`,
    async () => {
      await mkdir(tmpfs, { recursive: true });
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', tmpfs]).status).toBe(0);
      onTestFinished(async () => {
        spawnSync('umount', ['-l', tmpfs]);
        await rm(tmpfs, { recursive: true, force: true });
      });
      await using folder = await temporaryFolder();
      const { list, start } = await siteIn(folder.path, join(tmpfs, 'news.db'));
      const site = await start();
      await until(
        () => entries(site),
        (count) => count === 2,
      );

      const filler = join(tmpfs, 'filler');
      await fill(filler);
      await list(90);
      const { reason } = await until(() => health(site), isDegraded);
      expect(reason).toMatch(
        /^store: .* (cannot grow, the disk is full|cannot be read or written by the disk)$/,
      );
      expect(await entries(site)).toBe(2);

      await rm(filler);
      await until(
        () => entries(site),
        (count) => count === 90,
        45_000,
      );
      await until(() => health(site), isWell, 45_000);
      site.signal('SIGTERM');
      expect((await site.finished).status).toBe(0);
    },
    90_000,
  );
});

async function fill(path: string): Promise<void> {
  const block = new Uint8Array(4096);
  try {
    for (;;) await appendFile(path, block);
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}

describe('a store that cannot be used is refused, and left as it is', () => {
  /** A store with some items, closed, as bytes. */
  async function sound(folder: string): Promise<Buffer> {
    const path = join(folder, 'sound.db');
    const { config } = await siteIn(folder, path);
    expect((await tributary(['poll', '--config', config])).status).toBe(0);
    return readFile(path);
  }

  const alter = (change: (database: DatabaseSync) => void) => async (folder: string, bytes: Buffer) => {
    const path = join(folder, 'altered.db');
    await writeFile(path, bytes);
    const database = new DatabaseSync(path);
    change(database);
    database.close();
    return readFile(path);
  };

  test.each([
    ['no database at all', () => Buffer.from('<rss/>'.repeat(1000)), /is no database, or is damaged/],
    ['cut in half', (_: string, bytes: Buffer) => bytes.subarray(0, bytes.length / 2), /is damaged/],
    ['its pages overwritten', (_: string, bytes: Buffer) => overwritten(bytes), /is damaged/],
    ['of a newer version', alter((file) => file.exec('PRAGMA user_version = 999')), /has version 999/],
    ['of another program', alter((file) => file.exec('PRAGMA application_id = 7')), /another program/],
  ])('%s', async (_, make, complaint) => {
    await using folder = await temporaryFolder();
    const bytes = await make(folder.path, await sound(folder.path));
    const path = join(folder.path, 'news.db');
    await writeFile(path, bytes);
    const { config } = await siteIn(folder.path, path);
    const { status, out, err } = await tributary(['serve', '--port', '0', '--config', config]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(complaint);
    expect(err).toMatch(/^store: [^\n]*\n$/);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  /** As a disk does it that has lost what it wrote: the first page is whole. */
  function overwritten(bytes: Buffer): Buffer {
    const copy = Buffer.from(bytes);
    copy.fill(0xa5, 4096);
    return copy;
  }
});

test('what was stored is there after every way to stop', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'news.db');
  const { list, start } = await siteIn(folder.path, path);
  for (const [signal, count] of [
    ['SIGTERM', 3],
    ['SIGINT', 5],
    ['SIGKILL', 7],
  ] as const) {
    await list(count);
    const site = await start();
    await until(
      () => entries(site),
      (seen) => seen === count,
      30_000,
    );
    site.signal(signal);
    expect((await site.finished).status).toBe(signal === 'SIGKILL' ? null : 0);
  }
  const store = openSqliteStore(path);
  expect(await store.counts()).toMatchObject({ items: 7, stories: 7 });
  await store.close();
});
