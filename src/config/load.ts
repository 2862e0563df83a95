import { dirname, resolve } from 'node:path';
import { ConfigError, type ConfigProblem } from '../model/errors.ts';
import type { PublishSettings, SavedFeed } from '../model/settings.ts';
import type { TopicRule } from '../model/topic.ts';
import type { Config } from './config.ts';
import { readOverrides } from './overrides.ts';
import { check } from './problems.ts';
import { configSchema, topicsSchema, type ConfigInput } from './schema.ts';
import { readSources } from './sources.ts';
import { readYamlFile, type Environment, type YamlFile } from './yaml-file.ts';

/** What the environment overrides: the variable, the place in the file, and whether it is a number. */
const overrides = [
  { name: 'HOST', path: ['server', 'host'] },
  { name: 'PORT', path: ['server', 'port'], numeric: true },
  { name: 'PUBLIC_URL', path: ['site', 'url'] },
  { name: 'DATABASE_URL', path: ['store', 'url'] },
  { name: 'TRIBUTARY_ADMIN_TOKEN', path: ['server', 'adminToken'] },
  { name: 'LOG_LEVEL', path: ['log', 'level'] },
] as const;

/** Path of the configuration file to use when none is named on the command line. */
export function configPath(environment: Environment): string {
  const given = environment['TRIBUTARY_CONFIG'] ?? '';
  return given === '' ? 'config/tributary.yaml' : given;
}

/**
 * The validated configuration, its topics and its sources.
 * @throws ConfigError that lists every problem with its place.
 */
export function loadConfig(path: string, environment: Environment): Config {
  const file = readYamlFile(resolve(path), environment);
  const { value, origins } = override(file.value, environment);
  const checked = check(file, configSchema, value, origins);
  if (checked.value === undefined) throw new ConfigError(checked.problems);
  const input = checked.value;

  const topics = readTopics(input, file, environment);
  const { definitions, problems } = readSources(input, file, environment, topics.ids);
  const overridden = readOverrides(file.file, environment);
  problems.push(...topics.problems, ...overridden.problems);
  problems.push(...savedProblems(input, file, definitions, topics.rules));
  if (problems.length > 0) throw new ConfigError(problems);

  const { url, authority } = input.site;
  const { minInterval, maxInterval, userAgent, ...fetch } = input.fetch;
  return {
    file: file.file,
    site: {
      title: input.site.title,
      language: input.site.language,
      ...(url !== undefined && { url: url.replace(/\/+$/, '') }),
      ...(authority !== undefined && { authority }),
    },
    server: serverSettings(input.server),
    store: { kind: 'sqlite', path: input.store.url.slice('sqlite:'.length) },
    definitions,
    sources: definitions.flatMap(({ source }) => source ?? []),
    topics: topics.rules,
    ...(topics.file !== undefined && { topicsFile: topics.file }),
    fetch: {
      ...fetch,
      minIntervalMs: minInterval,
      maxIntervalMs: maxInterval,
      ...(userAgent !== undefined && { userAgent }),
    },
    dedupe: {
      windowMs: input.dedupe.window,
      minKeyLength: input.dedupe.minKeyLength,
      keyVersion: input.dedupe.keyVersion,
    },
    publish: publishSettings(input.publish),
    saved: input.saved.map(savedFeed),
    overrides: overridden.overrides,
    retain: input.retain,
    logLevel: input.log.level,
  };
}

function serverSettings({ adminToken, rateLimit, ...server }: ConfigInput['server']): Config['server'] {
  return {
    ...server,
    ...(adminToken !== '' && { adminToken }),
    ...(rateLimit && { rateLimit: { requests: rateLimit.requests, perMs: rateLimit.per } }),
  };
}

function publishSettings({
  'source-in-title': sourceInTitle,
  ...publish
}: ConfigInput['publish']): PublishSettings {
  return { ...publish, sourceInTitle };
}

function savedFeed({ id, title, topic, source, ...query }: ConfigInput['saved'][number]): SavedFeed {
  const { 'exclude-source': exceptSources, ...others } = query;
  return { id, title, parameters: { ...others, topics: topic, sources: source, exceptSources } };
}

function override(
  value: unknown,
  environment: Environment,
): { value: unknown; origins: ReadonlyMap<string, string> } {
  const origins = new Map<string, string>();
  const isMapping = (given: unknown): given is object | null =>
    typeof given === 'object' && !Array.isArray(given);
  if (value !== undefined && !isMapping(value)) return { value, origins };
  const result: Record<string, unknown> = { ...(value as Record<string, unknown> | null | undefined) };
  for (const { name, path, ...rest } of overrides) {
    const given = environment[name];
    if (given === undefined || given === '') continue;
    const [section, key] = path;
    const within = result[section];
    const number = 'numeric' in rest && /^\d+$/.test(given) ? Number(given) : given;
    if (within !== undefined && !isMapping(within)) continue;
    result[section] = { ...within, [key]: number };
    origins.set(path.join('.'), name);
  }
  return { value: result, origins };
}

function readTopics(
  input: ConfigInput,
  configFile: YamlFile,
  environment: Environment,
): {
  rules: readonly TopicRule[];
  /** Absent where the topics are not known: there is no file, or it cannot be read. */
  ids?: ReadonlySet<string>;
  file?: string;
  problems: readonly ConfigProblem[];
} {
  if (input.topics === undefined) return { rules: [], problems: [] };
  const file = readYamlFile(resolve(dirname(configFile.file), input.topics), environment);
  const checked = check(file, topicsSchema);
  const rules = checked.value ?? [];
  const problems: ConfigProblem[] = [...checked.problems];
  for (const [index, { id }] of rules.entries()) {
    if (rules.findIndex((rule) => rule.id === id) === index) continue;
    const message = `found the topic ${id} a second time; allowed: one topic an id`;
    problems.push({ file: file.file, ...file.locate([index, 'id']), message });
  }
  const ids = checked.value && new Set(checked.value.map(({ id }) => id));
  return { rules, ...(ids && { ids }), file: file.file, problems };
}

/** Saved feeds that name a topic or a source that is not there, or each other's id. */
function savedProblems(
  { saved, topics: topicsFile }: ConfigInput,
  file: YamlFile,
  definitions: ReturnType<typeof readSources>['definitions'],
  rules: readonly TopicRule[],
): ConfigProblem[] {
  const topics = new Set(rules.map(({ id }) => id));
  const sources = new Set(definitions.map(({ reading }) => reading.id));
  return saved.flatMap((feed, index) => {
    const problem = (key: string, message: string) => ({
      file: file.file,
      ...file.locate(['saved', index, key]),
      message,
    });
    const unknown = (key: 'topic' | 'source' | 'exclude-source', known: ReadonlySet<string>) =>
      (feed[key] ?? [])
        .filter((id) => !known.has(id))
        .map((id) =>
          problem(key, `saved.${index}.${key}: found ${id}; allowed: ${[...known].join(', ') || 'none'}`),
        );
    const isSecond = saved.findIndex(({ id }) => id === feed.id) !== index;
    return [
      ...(isSecond
        ? [problem('id', `found the saved feed ${feed.id} a second time; allowed: one an id`)]
        : []),
      ...(topicsFile === undefined ? [] : unknown('topic', topics)),
      ...unknown('source', sources),
      ...unknown('exclude-source', sources),
    ];
  });
}
