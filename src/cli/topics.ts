import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { TributaryError } from '../model/errors.ts';
import { compileRules } from '../pipeline/rules.ts';
import { titleOf } from '../publish/entries.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import type { Store } from '../store/store.ts';
import { termKeys } from '../topics/problems.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const topics: Command = {
  summary: 'tell what the topic rules make of the stored items',
  help: `tributary topics [--config FILE]

Classifies the stored items by the rules as they are now and prints per topic how many it has, which other topics
those have too, which terms never fired, and the items that have no topic.

${configHelp}`,
  run: async (args, terminal) => {
    const { values } = readArguments(args, configOption);
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    if (!existsSync(config.store.path)) {
      throw new TributaryError(
        'no-store',
        `topics: there is no store at ${config.store.path} yet; poll or serve first`,
      );
    }
    const store = openSqliteStore(config.store.path, config.site.authority);
    try {
      terminal.out(show(config, await count(config, store)));
      return 0;
    } finally {
      await store.close();
    }
  },
};

interface Tally {
  readonly items: number;
  /** Titles of items that have no topic, under their sources. */
  readonly without: readonly string[];
  readonly perTopic: ReadonlyMap<string, number>;
  /** How often two topics, `a b`, meet in one item. */
  readonly together: ReadonlyMap<string, number>;
  /** `topic term` of every term that fired. */
  readonly fired: ReadonlySet<string>;
}

async function count(config: Config, store: Store): Promise<Tally> {
  const rules = compileRules(config.topics, config.sources);
  const perTopic = new Map<string, number>();
  const together = new Map<string, number>();
  const fired = new Set<string>();
  const without: string[] = [];
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let items = 0;
  for (
    let page = await store.itemsAfter(0, 500);
    page.length > 0;
    page = await store.itemsAfter(page.at(-1)?.key ?? 0, 500)
  ) {
    for (const { item, source } of page) {
      const verdicts = rules.verdictsOf(source, item);
      items += 1;
      if (verdicts.length === 0) without.push(`${source}: ${titleOf(item)}`);
      for (const name of rules.termsIn(item)) fired.add(name);
      for (const { topic } of verdicts) {
        add(perTopic, topic);
        for (const other of verdicts) if (other.topic !== topic) add(together, `${topic} ${other.topic}`);
      }
    }
  }
  return { items, without, perTopic, together, fired };
}

function show({ topics: rules }: Config, { items, without, perTopic, together, fired }: Tally): string {
  const lines = rules.flatMap((rule) => {
    const others = rules
      .map((other) => ({ id: other.id, count: together.get(`${rule.id} ${other.id}`) ?? 0 }))
      .filter((other) => other.count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, 4);
    return [
      `${rule.id.padEnd(10)} ${String(perTopic.get(rule.id) ?? 0).padStart(6)}  ${rule.title}`,
      ...(others.length === 0
        ? []
        : [`           also ${others.map((other) => `${other.id} ${other.count}`).join(', ')}`]),
      ...termKeys.flatMap((key) => silentTerms(key, rule[key], (term) => fired.has(`${rule.id} ${term}`))),
    ];
  });
  const total = `${items} items, ${without.length} of them without a topic`;
  return `${[...lines, '', total, ...without.map((title) => `  ${title}`)].join('\n')}\n`;
}

/** The terms of one list that are in no item; a `none` term that is not there kept nothing out. */
function silentTerms(
  key: string,
  terms: readonly string[],
  isFound: (term: string) => boolean,
): readonly string[] {
  const silent = terms.filter((term) => !isFound(term));
  return silent.length === 0
    ? []
    : [`           ${key}: ${silent.length} of ${terms.length} terms never fired: ${silent.join(' ')}`];
}
