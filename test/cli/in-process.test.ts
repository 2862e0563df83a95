import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/cli/check.ts';
import type { Command } from '../../src/cli/command.ts';
import { poll } from '../../src/cli/poll.ts';
import { topics } from '../../src/cli/topics.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../support/tributary.ts';

/** Commands run here, on a configuration of a few files and a store beside it. */

async function site(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder.path, name, '..'), { recursive: true });
    await writeFile(join(folder.path, name), text);
  }
  const database = join(folder.path, 'news.db');
  await openSqliteStore(database).close();
  const run = async (command: Command, ...args: readonly string[]) => {
    let out = '';
    let err = '';
    const status = await command.run(['--config', join(folder.path, 'site.yaml'), ...args], {
      out: (text) => (out += text),
      error: (text) => (err += text),
      isInteractive: false,
      stdin: Readable.from([]),
      stop: new AbortController().signal,
      environment: { DATABASE_URL: `sqlite:${database}` },
    });
    return { status, out, err };
  };
  return { run, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe('check, where there are overrides', () => {
  test('tells of those that do nothing, and where', async () => {
    await using here = await site({
      'site.yaml': 'sources: []\n',
      'overrides.yaml': '- split: urn:a:1\n- join: [urn:b:1, urn:b:1]\n',
    });
    const { status, err } = await here.run(check);
    expect(err).toMatch(/overrides\.yaml:2: it joins an entry with itself/);
    expect(status).toBe(2);
  });

  test('counts those that wait for their entries beside that nothing is wrong', async () => {
    await using here = await site({ 'site.yaml': 'sources: []\n', 'overrides.yaml': '- split: urn:a:1\n' });
    const { status, out, err } = await here.run(check);
    expect(err).toMatch(/overrides\.yaml:1: the store has no entry urn:a:1/);
    expect(out).toMatch(/no problem found, and 1 entry of overrides not there yet/);
    expect(status).toBe(0);
  });
});

test('topics prints counts, overlaps, silent terms of every list, and the items without a topic', async () => {
  const item = (title: string, id: string) => ({ id, title, url: `https://a.example/${id}` });
  await using here = await site({
    'site.yaml': 'feeds: feeds\ntopics: topics.yaml\norigin: samples\n',
    'topics.yaml': [
      '- { id: gold, title: Gold, any: [金价, 金条, 金矿], none: [黄金周] }',
      '- { id: banks, title: Banks, any: [银行], strong: [存款] }',
    ].join('\n'),
    'feeds/a/source.yaml': 'sample: sample.json\n',
    'feeds/a/sample.json': JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'A',
      items: [item('金价上涨，银行调整利率', '1'), item('金条热销', '2'), item('海港通航', '3')],
    }),
  });
  await here.run(poll);
  const { status, out } = await here.run(topics);
  expect(status).toBe(0);
  expect(out.split('\n').map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
    'gold 2 Gold',
    'also banks 1',
    'any: 1 of 3 terms never fired: 金矿',
    'none: 1 of 1 terms never fired: 黄金周',
    'banks 1 Banks',
    'also gold 1',
    'strong: 1 of 1 terms never fired: 存款',
    '',
    '3 items, 1 of them without a topic',
    'a: 海港通航',
    '',
  ]);
});
