import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Config, SourceDefinition } from '../config/config.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { FeedParseError } from '../model/errors.ts';
import type { Item } from '../model/feed.ts';
import { parseFeed } from '../normalize/parse-feed.ts';
import { checkTopics } from '../topics/check.ts';
import { formatTopicProblem } from '../topics/problems.ts';
import { findDifference } from './difference.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const check: Command = {
  summary: 'validate the configuration, the topics and the samples',
  help: `tributary check [--config FILE]

Validates the configuration, the topics with their examples, and every source folder; reads each bundled
document and compares it with its expected.json. Prints each problem; the exit status is 2 when there is one.

${configHelp}`,
  run: async (args, terminal) => {
    const { values } = readArguments(args, configOption);
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    const problems = [...topicProblems(config), ...config.definitions.flatMap(sampleProblems)];
    for (const problem of problems) terminal.error(`${problem}\n`);
    const samples = config.definitions.filter(({ sample }) => sample !== undefined).length;
    if (problems.length === 0) {
      terminal.out(
        `${config.definitions.length} sources, ${samples} samples, ${config.topics.length} topics: no problem found\n`,
      );
    }
    return Promise.resolve(problems.length === 0 ? 0 : 2);
  },
};

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
