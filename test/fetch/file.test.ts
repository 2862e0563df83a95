import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetcherOfTest, sourceAt } from '../support/fetching.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sourceIn = (path: string, roots: readonly string[] = [folder]) =>
  sourceAt('http://unused.test/', { location: { kind: 'file', path, roots } });

test('a file is read, and is unchanged until its size, time or bytes differ', async () => {
  const path = join(folder, 'feed.md');
  const fetcher = fetcherOfTest();
  const fetch = (last = {}) => fetcher.fetch(sourceIn(path), last);
  await writeFile(path, 'one');
  const first = await fetch();
  expect(first.kind === 'fetched' && Buffer.from(first.bytes).toString()).toBe('one');
  expect(await fetch(first)).toMatchObject({ kind: 'unchanged' });

  await utimes(path, 1_000_000, 1_000_000);
  const touched = await fetch(first);
  expect(touched).toMatchObject({ kind: 'unchanged', validators: {} });

  await writeFile(path, 'two');
  expect(await fetch(first)).toMatchObject({ kind: 'fetched' });
});

test('a file outside of its folders is not read, whatever way leads there', async () => {
  const inside = join(folder, 'inside');
  await mkdir(inside);
  const secret = join(folder, 'secret.md');
  await writeFile(secret, 'secret');
  await symlink(secret, join(inside, 'link.md'));
  await mkdir(`${inside}-too`);
  await writeFile(join(`${inside}-too`, 'feed.md'), 'neighbour');
  const fetcher = fetcherOfTest();
  for (const path of [
    secret,
    join(inside, 'link.md'),
    `${inside}/../secret.md`,
    join(`${inside}-too`, 'feed.md'),
  ]) {
    expect(await fetcher.fetch(sourceIn(path, [inside]), {})).toMatchObject({
      error: { code: 'file-outside' },
    });
  }
  expect(await fetcher.fetch(sourceIn(secret, [secret]), {})).toMatchObject({ kind: 'fetched' });
});

test('what is no file that can be read to its end is refused', async () => {
  const fetcher = fetcherOfTest({ maxBytes: 10 });
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await writeFile(join(folder, 'large.md'), 'x'.repeat(11));
  for (const [path, code] of [
    [join(folder, 'missing.md'), 'file-missing'],
    [folder, 'file-folder'],
    [pipe, 'file-unreadable'],
    [join(folder, 'large.md'), 'too-large'],
  ] as const) {
    expect(await fetcher.fetch(sourceIn(path), {})).toMatchObject({ kind: 'failed', error: { code } });
  }
});
