import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { originOfTest } from '../support/fetching.ts';
import { serve, temporaryFolder, until } from '../support/tributary.ts';

test('SIGTERM ends the program within ten seconds, whatever hangs', async () => {
  await using folder = await temporaryFolder();
  const origin = await originOfTest({ otherwise: () => undefined });
  const config = join(folder.path, 'site.yaml');
  const path = join(folder.path, 'news.db');
  const count = 50;
  await writeFile(
    config,
    JSON.stringify({
      store: { url: `sqlite:${path}` },
      fetch: { allow: ['127.0.0.1/32'], concurrency: count, perHost: count },
      sources: Array.from({ length: count }, (_, index) => ({
        id: `hanging-${index}`,
        url: `${origin.url}/${index}`,
      })),
    }),
  );
  const site = await serve(['--config', config]);
  onTestFinished(() => site.signal('SIGKILL'));
  await until(
    () => Promise.resolve(origin.requests.length),
    (requests) => requests === count,
  );
  // A reader that never ends its request, and one that keeps its connection.
  const { hostname, port } = new URL(site.url);
  const slow = connect(Number(port), hostname, () =>
    slow.write('GET /feeds/all.atom HTTP/1.1\r\nHost: x\r\n'),
  );
  slow.on('error', () => undefined);
  await (await fetch(`${site.url}/readyz`)).text();

  const startedAt = performance.now();
  site.signal('SIGTERM');
  const { status, err } = await site.finished;
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(performance.now() - startedAt).toBeLessThan(10_000);

  // That the program ended is no failure of the sources.
  const store = openSqliteStore(path);
  const failures = (await store.sources()).map(({ state }) => state.failures);
  await store.close();
  expect(failures).toEqual(Array.from({ length: count }, () => 0));
}, 30_000);

test('SIGTERM ends the program within ten seconds while another one holds the store', async () => {
  await using folder = await temporaryFolder();
  const origin = await originOfTest({ otherwise: () => undefined });
  const config = join(folder.path, 'site.yaml');
  const path = join(folder.path, 'news.db');
  await writeFile(
    config,
    JSON.stringify({
      store: { url: `sqlite:${path}` },
      fetch: { allow: ['127.0.0.1/32'] },
      sources: [{ id: 'hanging', url: `${origin.url}/` }],
    }),
  );
  const site = await serve(['--config', config]);
  onTestFinished(() => site.signal('SIGKILL'));
  await until(
    () => Promise.resolve(origin.requests.length),
    (requests) => requests === 1,
  );
  using other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');

  const startedAt = performance.now();
  site.signal('SIGTERM');
  expect((await site.finished).status).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
}, 30_000);
