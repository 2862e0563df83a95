import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { untouched, type SourceState } from '../../../src/model/source.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import type { Store } from '../../../src/store/store.ts';
import { insert, newItem } from '../../contract/stored-news.ts';
import { temporaryStore } from '../../support/temporary-store.ts';
import { repository } from '../../support/tributary.ts';

const sources = [{ id: 'a', title: '来源', private: false }];

/** Another process that has the store open and does what it is told, a word at a time. */
async function otherProcess(path: string, script: string) {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, path], {
    cwd: repository,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const word = async (): Promise<string> => {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    return chunk.toString().trim();
  };
  const ready = await word();
  return {
    ready,
    tell: async (text: string): Promise<string> => {
      const answer = word();
      child.stdin.write(`${text}\n`);
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

const locker = `
  import { DatabaseSync } from 'node:sqlite';
  const database = new DatabaseSync(process.argv[1]);
  database.exec('BEGIN IMMEDIATE');
  console.log('locked');
  process.stdin.once('data', () => { database.exec('COMMIT'); console.log('released'); });`;

const writer = `
  import { openSqliteStore } from './src/store/sqlite/store.ts';
  import { newItem } from './test/contract/stored-news.ts';
  const store = openSqliteStore(process.argv[1]);
  console.log('open');
  process.stdin.on('data', async (chunk) => {
    const [verb, number] = chunk.toString().trim().split(' ');
    if (verb === 'insert') {
      await store.write((transaction) => transaction.insertItems([newItem(Number(number))]));
      console.log('inserted');
    }
    if (verb === 'claim') {
      const now = new Date('2026-01-06T12:00:00Z');
      const lease = { owner: 'other', now, until: new Date(now.getTime() + 60_000) };
      console.log((await store.claim('a', lease)) ? 'claimed' : 'taken');
    }
    if (verb === 'many') {
      for (let at = 0; at < 50; at++)
        await store.write((transaction) => transaction.insertItems([newItem(Number(number) + at)]));
      console.log('done');
    }
  });`;

describe('while another process holds the lock', () => {
  test('reading goes on, and writing waits until it is released', async () => {
    await using kept = await temporaryStore();
    const store = kept.store();
    await store.registerSources(sources);
    await insert(store, newItem(1));

    await using other = await otherProcess(kept.path, locker);
    expect(other.ready).toBe('locked');
    let written = false;
    const waiting = insert(store, newItem(2)).then(() => (written = true));
    expect(await store.listItems({ limit: 9 })).toHaveLength(1);
    expect(await store.revision()).toBe(1);
    // The event loop is free: what is due now happens now.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(written).toBe(false);

    expect(await other.tell('release')).toBe('released');
    await waiting;
    expect(await store.listItems({ limit: 9 })).toHaveLength(2);
  });

  test('a store can be opened, as soon as it is released', async () => {
    await using kept = await temporaryStore();
    await kept.store().registerSources(sources);
    await using other = await otherProcess(kept.path, locker);
    expect(other.ready).toBe('locked');
    setTimeout(() => void other.tell('release'), 0);
    const second = await new Promise<ReturnType<typeof openSqliteStore>>((resolve) =>
      setTimeout(() => {
        resolve(openSqliteStore(kept.path));
      }, 300),
    );
    expect(await second.sources()).toHaveLength(1);
    await second.close();
  });

  test('that is killed, nothing is lost', async () => {
    await using kept = await temporaryStore();
    const store = kept.store();
    await store.registerSources(sources);
    {
      await using other = await otherProcess(kept.path, locker);
      expect(other.ready).toBe('locked');
    }
    await insert(store, newItem(1));
    expect(await store.listItems({ limit: 9 })).toHaveLength(1);
  });
});

describe('two processes that share a store', () => {
  test('see what the other wrote, with one revision for both', async () => {
    await using kept = await temporaryStore();
    const store = kept.store();
    await store.registerSources(sources);
    await using other = await otherProcess(kept.path, writer);
    await insert(store, newItem(1));
    expect(await other.tell('insert 2')).toBe('inserted');
    await insert(store, newItem(3));
    const items = await store.listChanges(0, 9);
    expect(items.map(({ entryId, revision }) => [entryId.slice(-1), revision])).toEqual([
      ['1', 1],
      ['2', 2],
      ['3', 3],
    ]);
  });

  test('write at once, and both get everything in', async () => {
    await using kept = await temporaryStore();
    const store = kept.store();
    await store.registerSources(sources);
    await using other = await otherProcess(kept.path, writer);
    const theirs = other.tell('many 1000');
    for (let number = 0; number < 50; number++) await insert(store, newItem(number));
    expect(await theirs).toBe('done');
    const changes = await store.listChanges(0, 1000);
    expect(changes).toHaveLength(100);
    expect(new Set(changes.map(({ revision }) => revision))).toHaveLength(100);
    expect(await store.revision()).toBe(100);
  });

  test('save a state whole, whatever the other has saved since', async () => {
    await using kept = await temporaryStore();
    const store = kept.store();
    await store.registerSources(sources);
    const other = openSqliteStore(kept.path);
    const now = new Date('2026-01-06T12:00:00Z');
    const save = (to: Store, state: SourceState) =>
      to.write((transaction) => transaction.saveSource('a', state, now));
    const ours: SourceState = { ...untouched, status: 'healthy', lastNewAt: '2026-01-06T11:00:00Z' };
    await save(store, ours);
    await save(other, { ...untouched, status: 'quiet', failures: 2 });
    await save(store, { ...ours, unchangedRun: 1 });
    expect((await other.source('a'))?.state).toEqual({ ...ours, unchangedRun: 1 });
    await other.close();
  });

  test('never hold one claim together', async () => {
    await using kept = await temporaryStore();
    const store = kept.store();
    await store.registerSources(sources);
    await using other = await otherProcess(kept.path, writer);
    expect(await other.tell('claim')).toBe('claimed');
    const now = new Date('2026-01-06T12:00:30Z');
    const lease = { owner: 'this', now, until: new Date(now.getTime() + 60_000) };
    expect(await store.claim('a', lease)).toBeUndefined();
    const later = new Date('2026-01-06T12:01:00Z');
    expect(await store.claim('a', { ...lease, now: later })).toBeDefined();
    expect(await other.tell('claim')).toBe('taken');
  });
});
