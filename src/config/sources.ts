import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headersHoldCredentials, urlHoldsCredentials } from '../model/credentials.ts';
import type { ConfigProblem } from '../model/errors.ts';
import type { Location, Source } from '../model/source.ts';
import type { SourceDefinition } from './config.ts';
import { check } from './problems.ts';
import { sourceFileSchema, type ConfigInput, type SourceInput } from './schema.ts';
import { readYamlFile, type Environment, type YamlFile } from './yaml-file.ts';

/** A source before it is placed among the others. */
interface Entry {
  readonly id: string;
  readonly input: SourceInput;
  readonly file: YamlFile;
  /** Where the entry stands in its file. */
  readonly path: readonly PropertyKey[];
  readonly inFolder: boolean;
}

/** All sources: first those of the feeds folder by name, then the inline list in its order. */
export function readSources(
  config: ConfigInput,
  configFile: YamlFile,
  environment: Environment,
  topics: ReadonlySet<string> | undefined,
): { definitions: SourceDefinition[]; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const folder = config.feeds === undefined ? undefined : resolve(dirname(configFile.file), config.feeds);
  const entries = [
    ...(folder === undefined ? [] : readFolder(folder, configFile, environment, problems)),
    ...config.sources.map(({ id, ...input }, index): Entry => ({
      id,
      input,
      file: configFile,
      path: ['sources', index],
      inFolder: false,
    })),
  ];
  const roots = [dirname(configFile.file), ...(folder === undefined ? [] : [folder])];
  const seen = new Map<string, Entry>();
  const definitions: SourceDefinition[] = [];
  for (const [rank, entry] of entries.entries()) {
    const earlier = seen.get(entry.id);
    if (earlier) {
      const message = `found the source id ${entry.id} a second time (first in ${earlier.file.file}); allowed: one source an id`;
      problems.push({ file: entry.file.file, ...entry.file.locate([...entry.path, 'id']), message });
      continue;
    }
    seen.set(entry.id, entry);
    problems.push(...unknownTopics(entry, topics));
    definitions.push(define(entry, rank, config.origin, roots, problems));
  }
  return { definitions, problems };
}

function readFolder(
  folder: string,
  configFile: YamlFile,
  environment: Environment,
  problems: ConfigProblem[],
): Entry[] {
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const message = `feeds: found ${folder}, which cannot be listed (${(error as Error).message}); allowed: a folder of source folders`;
    problems.push({ file: configFile.file, ...configFile.locate(['feeds']), message });
    return [];
  }
  return names.flatMap((id): Entry[] => {
    const file = readYamlFile(join(folder, id, 'source.yaml'), environment);
    const checked = check(file, sourceFileSchema);
    problems.push(...checked.problems);
    if (!/^[a-z0-9-]{1,64}$/.test(id)) {
      const message = `found the folder name ${id}; allowed: lower-case letters, digits and hyphens, 1 to 64 of them`;
      problems.push({ file: file.file, message });
    }
    return checked.value === undefined ? [] : [{ id, input: checked.value, file, path: [], inFolder: true }];
  });
}

function unknownTopics(
  { id, input, file, path }: Entry,
  known: ReadonlySet<string> | undefined,
): ConfigProblem[] {
  return input.topics.flatMap((topic, index) => {
    if (!known || known.has(topic)) return [];
    const message = `source ${id}: found the topic ${topic}; allowed: one of ${[...known].join(', ')}`;
    return [{ file: file.file, ...file.locate([...path, 'topics', index]), message }];
  });
}

function define(
  entry: Entry,
  rank: number,
  origin: ConfigInput['origin'],
  roots: readonly string[],
  problems: ConfigProblem[],
): SourceDefinition {
  const { id, input, file } = entry;
  const base = dirname(file.file);
  const complain = (key: string, message: string) => {
    problems.push({ file: file.file, ...file.locate([...entry.path, key]), message: `${key}: ${message}` });
  };
  if (input.url === undefined && input.sample === undefined) {
    complain('url', 'found neither a url nor a sample; allowed: one of them, or both');
  }
  const sample = input.sample === undefined ? undefined : resolve(base, input.sample);
  if (sample !== undefined && !existsSync(sample)) {
    complain(
      'sample',
      `found ${JSON.stringify(input.sample)}, and there is no such file; allowed: a file beside ${basename(file.file)}`,
    );
  }
  const live = input.url === undefined ? undefined : locate(input.url, base, roots, !entry.inFolder);
  if (typeof live === 'string') complain('url', live);
  const location =
    origin === 'samples'
      ? sample === undefined
        ? undefined
        : ({ kind: 'file', path: sample, roots: [base] } as const)
      : typeof live === 'string'
        ? undefined
        : live;
  const timezone = input.timezone ?? (input.format === 'telegraph' ? 'Asia/Shanghai' : 'UTC');
  const reading = {
    id,
    format: input.format,
    timezone,
    ...(input.language !== undefined && {
      language: Intl.getCanonicalLocales(input.language)[0] ?? input.language,
    }),
    columns: input.columns,
    expect: input.expect as Source['expect'],
  };
  const expected = entry.inFolder ? join(base, 'expected.json') : undefined;
  return {
    file: file.file,
    reading: { ...reading, ...(input.url !== undefined && /^http/i.test(input.url) && { url: input.url }) },
    ...(sample !== undefined && { sample }),
    ...(expected !== undefined && existsSync(expected) && { expected }),
    ...(location && {
      source: {
        ...reading,
        title: input.title ?? id,
        location,
        ...(input.every && { schedule: input.every }),
        enabled: input.enabled,
        headers: input.headers,
        private: input.private ?? holdsCredentials(input),
        topics: input.topics,
        dedupe: input.dedupe,
        keep: input.keep,
        drop: input.drop,
        explode: input.explode,
        republish: input.republish,
        rank,
      },
    }),
  };
}

/** The location a `url` names, or a sentence that says what is wrong with it. */
function locate(
  url: string,
  base: string,
  roots: readonly string[],
  absoluteAllowed: boolean,
): Location | string {
  const allowed = 'allowed: an absolute http or https URL, file:relative or file:/absolute';
  if (/^https?:\/\//i.test(url)) {
    if (!URL.canParse(url)) return `found ${JSON.stringify(url)}; ${allowed}`;
    const { username, password } = new URL(url);
    if (username !== '' || password !== '')
      return 'found a URL with a user and password; allowed: credentials under headers';
    return { kind: 'http', url };
  }
  const file = /^file:(.+)$/is.exec(url)?.[1];
  if (file === undefined) return `found ${JSON.stringify(url)}; ${allowed}`;
  if (!file.startsWith('/')) return { kind: 'file', path: resolve(base, file), roots };
  let path: string;
  try {
    path = file.startsWith('//') ? fileURLToPath(url) : resolve(file);
  } catch {
    return `found ${JSON.stringify(url)}; ${allowed}`;
  }
  // A path that the operator wrote out in the configuration itself is allowed by being named.
  return { kind: 'file', path, roots: absoluteAllowed ? [...roots, path] : roots };
}

function holdsCredentials({ headers, url = '' }: SourceInput): boolean {
  return headersHoldCredentials(headers) || urlHoldsCredentials(url);
}
