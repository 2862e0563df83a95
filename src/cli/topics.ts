import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { TributaryError } from '../model/errors.ts';
import { compileRules, readable } from '../pipeline/rules.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import type { Store } from '../store/store.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const topics: Command = {
  summary: 'tell what the topic rules make of the stored items',
  help: `tributary topics [--config FILE]

Classifies the stored items by the rules as they are now and prints per topic how many it has, which other topics
those have too, how many items have no topic, and which terms never fired.

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
  readonly without: number;
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
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let items = 0;
  let without = 0;
  for (
    let page = await store.itemsAfter(0, 500);
    page.length > 0;
    page = await store.itemsAfter(page.at(-1)?.key ?? 0, 500)
  ) {
    for (const { item, source } of page) {
      const verdicts = rules.verdicts({ ...readable(item), sourceId: source });
      items += 1;
      if (verdicts.length === 0) without += 1;
      for (const { topic, because } of verdicts) {
        add(perTopic, topic);
        for (const { term } of because) fired.add(`${topic} ${term}`);
        for (const other of verdicts) if (other.topic !== topic) add(together, `${topic} ${other.topic}`);
      }
    }
  }
  return { items, without, perTopic, together, fired };
}

function show({ topics: rules }: Config, { items, without, perTopic, together, fired }: Tally): string {
  const lines = rules.map(({ id, title, any, strong }) => {
    const others = rules
      .map((other) => ({ id: other.id, count: together.get(`${id} ${other.id}`) ?? 0 }))
      .filter((other) => other.count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, 4);
    const terms = [...any, ...strong];
    const silent = terms.filter((term) => !fired.has(`${id} ${term}`));
    return [
      `${id.padEnd(10)} ${String(perTopic.get(id) ?? 0).padStart(6)}  ${title}`,
      ...(others.length === 0
        ? []
        : [`           also ${others.map((other) => `${other.id} ${other.count}`).join(', ')}`]),
      `           ${silent.length} of ${terms.length} terms never fired${silent.length === 0 ? '' : `: ${silent.slice(0, 8).join(' ')}${silent.length > 8 ? ' …' : ''}`}`,
    ].join('\n');
  });
  return `${lines.join('\n')}\n\n${items} items, ${without} of them without a topic\n`;
}
