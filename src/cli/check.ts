import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Config, SourceDefinition } from '../config/config.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { idleOverrides } from '../identify/overrides.ts';
import { FeedParseError } from '../model/errors.ts';
import type { Item } from '../model/feed.ts';
import { parseFeed } from '../normalize/parse-feed.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { checkTopics } from '../topics/check.ts';
import { formatTopicProblem } from '../topics/problems.ts';
import { findDifference } from './difference.ts';
import { learn } from './learn.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const check: Command = {
  summary: 'validate the configuration, the topics and the samples',
  help: `tributary check [--config FILE] [--learn]

Validates the configuration, the topics with their examples, and every source folder; reads each bundled
document and compares it with its expected.json. Prints each problem; the exit status is 2 when there is one. Where
there is a store, overrides that name an entry it does not have are told of: it may still come.

${configHelp}
  --learn         print the \`expect\` that each source has kept so far, from the store`,
  run: async (args, terminal) => {
    const { values } = readArguments(args, { ...configOption, learn: { type: 'boolean' } });
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    if (values.learn === true) return suggest(config, terminal.out);
    const problems = [
      ...topicProblems(config),
      ...overrideProblems(config),
      ...config.definitions.flatMap(sampleProblems),
    ];
    const waiting = await unknownEntries(config);
    for (const line of [...problems, ...waiting]) terminal.error(`${line}\n`);
    const samples = config.definitions.filter(({ sample }) => sample !== undefined).length;
    if (problems.length === 0) {
      const counted = `${config.definitions.length} sources, ${samples} samples, ${config.topics.length} topics`;
      const entries = waiting.length === 1 ? 'entry' : 'entries';
      const beside =
        waiting.length === 0 ? '' : `, and ${waiting.length} ${entries} of overrides not there yet`;
      terminal.out(`${counted}: no problem found${beside}\n`);
    }
    return problems.length === 0 ? 0 : 2;
  },
};

/** Prints what stands in `source.yaml` for each source, as far as there is a history to learn it from. */
async function suggest(config: Config, out: (text: string) => unknown): Promise<0> {
  const store = openSqliteStore(config.store.path, config.site.authority);
  try {
    for (const { id, state } of await store.sources()) {
      const expect = learn(state.history);
      const values = Object.entries(expect ?? {}).map(([name, value]) => `${name}: ${value}`);
      out(`${id}: ${expect ? `expect: { ${values.join(', ')} }` : '# not read yet'}\n`);
    }
  } finally {
    await store.close();
  }
  return 0;
}

/** Entry ids that overrides name and the store, if there is one, does not have. */
async function unknownEntries({ overrides, store: { path }, site }: Config): Promise<readonly string[]> {
  if (overrides.length === 0 || !existsSync(path)) return [];
  const store = openSqliteStore(path, site.authority);
  try {
    const notes: string[] = [];
    for (const override of overrides) {
      const ids = override.kind === 'join' ? override.entryIds : [override.entryId];
      for (const id of ids) {
        if (await store.itemByEntryId(id)) continue;
        notes.push(`check: ${shorten(override.file)}:${override.line}: the store has no entry ${id}`);
      }
    }
    return notes;
  } finally {
    await store.close();
  }
}

/** Overrides that do nothing, whatever the store has. */
function overrideProblems({ overrides }: Config): readonly string[] {
  return idleOverrides(overrides).flatMap(({ index, message }) => {
    const override = overrides[index];
    return override ? [`check: ${shorten(override.file)}:${override.line}: ${message}`] : [];
  });
}

function topicProblems({ topics, topicsFile = '' }: Config): readonly string[] {
  return checkTopics(topics).map(
    (problem) => `check: ${shorten(topicsFile)}: ${formatTopicProblem(problem)}`,
  );
}

/** What is wrong with a bundled document, its expectation or its promises. */
function sampleProblems({ sample, expected, reading }: SourceDefinition): readonly string[] {
  if (sample === undefined) return [];
  let items: readonly Item[];
  try {
    items = parseFeed(readFileSync(sample), {
      ...reading,
      url: reading.url ?? `https://${reading.id}.example/`,
    }).items;
  } catch (error) {
    if (!(error instanceof FeedParseError)) throw error;
    return [`check: ${shorten(sample)}: ${error.message}`];
  }
  const promised = promiseProblems(items, reading.expect).map(
    (problem) => `check: ${shorten(sample)}: ${problem}`,
  );
  if (expected === undefined) return promised;
  return [...promised, ...compare(items, expected)];
}

function compare(items: readonly Item[], file: string): readonly string[] {
  let wanted: { items?: unknown };
  try {
    wanted = JSON.parse(readFileSync(file, 'utf8')) as { items?: unknown };
  } catch (error) {
    return [`check: ${shorten(file)}: not JSON: ${(error as Error).message}`];
  }
  if (!Array.isArray(wanted.items))
    return [`check: ${shorten(file)}: found no list of items; allowed: { "items": [ … ] }`];
  const list = wanted.items as readonly unknown[];
  if (list.length !== items.length) {
    return [`check: ${shorten(file)}: found ${items.length} items in the sample; expected ${list.length}`];
  }
  return list.flatMap((want, index) => {
    const difference = findDifference(items[index], want, `items[${index}]`);
    return difference === undefined ? [] : [`check: ${shorten(file)}: ${difference}`];
  });
}

function promiseProblems(
  items: readonly Item[],
  { minItems = 0, timed = 0, linked = 0 }: SourceDefinition['reading']['expect'],
): string[] {
  const share = (has: (item: Item) => boolean) =>
    items.length === 0 ? 1 : items.filter(has).length / items.length;
  const problems: string[] = [];
  if (items.length < minItems) problems.push(`found ${items.length} items; expected at least ${minItems}`);
  const times = share(({ published }) => published !== undefined);
  if (times < timed) problems.push(`found a time in ${times.toFixed(2)} of the items; expected ${timed}`);
  const links = share(({ url }) => url !== undefined);
  if (links < linked) problems.push(`found a link in ${links.toFixed(2)} of the items; expected ${linked}`);
  return problems;
}

function shorten(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}
