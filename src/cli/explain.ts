import { existsSync } from 'node:fs';
import { configPath, loadConfig } from '../config/load.ts';
import { UsageError } from '../model/errors.ts';
import { explain as explainQuery, type Explanation } from '../pipeline/explain.ts';
import { compileRules } from '../pipeline/rules.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const explain: Command = {
  summary: 'show how a title is keyed, merged and classified',
  help: `tributary explain TEXT|URL|ID [--config FILE] [--json]

Shows the title key step by step, the hash, the story it belongs to and why, and its topics with the rules that
fired. A text is explained without a store as well.

${configHelp}
  --json          as JSON`,
  run: async (args, terminal) => {
    const { values, positionals } = readArguments(
      args,
      { ...configOption, json: { type: 'boolean' } },
      'some',
    );
    const [query] = positionals;
    if (query === undefined || positionals.length > 1)
      throw new UsageError('usage: explain needs one text, URL or id');
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    const rules = compileRules(config.topics, config.sources);
    const store = existsSync(config.store.path)
      ? openSqliteStore(config.store.path, config.site.authority)
      : undefined;
    try {
      const explanation = await explainQuery(query, rules, config, store);
      terminal.out(
        values.json === true
          ? `${JSON.stringify(explanation, null, 2)}\n`
          : show(explanation, config.dedupe.minKeyLength),
      );
      return 0;
    } finally {
      await store?.close();
    }
  },
};

function show(
  { title, key, mergesByTitle, topics, stories, apart }: Explanation,
  minKeyLength: number,
): string {
  const lines = [
    `Title    ${title}`,
    '',
    `Title key, version ${key.version}`,
    ...key.steps.slice(1).map(({ step, text }) => `  ${step.padEnd(17)} ${text}`),
    `  ${'hash'.padEnd(17)} ${key.hash}`,
    `  ${'length'.padEnd(17)} ${Math.round(key.length * 100) / 100}, and ${minKeyLength} are needed to merge by title${mergesByTitle ? '' : ': it does not'}`,
    '',
    'Topics',
    ...(topics.length === 0 ? ['  none'] : []),
    ...topics.map(
      ({ topic, because }) =>
        `  ${topic.padEnd(10)} ${[...new Set(because.map(({ term, field }) => `${term} (${field})`))].join(', ')}`,
    ),
  ];
  if (stories.length === 0) lines.push('', 'Story', '  none in the store has this title');
  for (const { id, reports } of stories) {
    lines.push('', `Story    ${id}`);
    for (const { source, title: reported, published, firstSeen, because, titleKey } of reports) {
      lines.push(
        `  ${source}: ${reported}`,
        `    ${published ? `published ${published.toISOString()}` : `first seen ${firstSeen.toISOString()}`}`,
        `    key ${titleKey}`,
        `    ${because}`,
      );
    }
  }
  if (apart.length > 0) lines.push('', 'Not the same story');
  for (const { id, source, title: other, because } of apart) {
    lines.push(`  ${source}: ${other}`, `    ${id}`, `    ${because}`);
  }
  return `${lines.join('\n')}\n`;
}
