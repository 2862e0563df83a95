import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseDuration } from '../src/config/durations.ts';
import { configSchema, sourceEntrySchema } from '../src/config/schema.ts';

/** The documents say what is so: what can be compared with the code is compared. */

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Rows of all tables of a document, as cells. */
function rows(file: string): readonly (readonly string[])[] {
  return read(file)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

const quoted = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** What an expression finds in all files of a folder. */
function matches(folder: string, expression: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...read(join(folder, file)).matchAll(expression)].map(([, found = '']) => found));
}

/** Paths of the keys of a schema, `server.port`; a list is one key. */
function keysOf(schema: z.ZodType): readonly string[] {
  const walk = (node: object, path: string): readonly string[] => {
    const { properties } = node as { readonly properties?: Readonly<Record<string, object>> };
    if (!properties || path === 'expect') return [path];
    return Object.entries(properties).flatMap(([key, child]) =>
      walk(child, path === '' ? key : `${path}.${key}`),
    );
  };
  return walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '');
}

describe('README.md', () => {
  const documented = new Map(
    rows('README.md').flatMap(([keys, defaults]) => {
      const values = quoted(defaults);
      return quoted(keys).map((key, at) => [key, values[at]] as const);
    }),
  );

  test.each(keysOf(configSchema))('names the configuration key %s with its default', (key) => {
    expect([...documented.keys()]).toContain(key);
    const actual = key
      .split('.')
      .reduce<unknown>(
        (value, name) => (value as Record<string, unknown> | undefined)?.[name],
        configSchema.parse({}),
      );
    const text = documented.get(key);
    if (actual === undefined || actual === '') return;
    expect([text, parseDuration(text ?? ''), tryJson(text ?? '')]).toContainEqual(actual);
  });

  test.each(keysOf(sourceEntrySchema))('names the key %s of a source', (key) => {
    expect([...documented.keys()]).toContain(key);
  });
});

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('docs/ARCHITECTURE.md names every room', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const rooms = folders.map(({ name }) => `${name}/`);
  expect(rows('docs/ARCHITECTURE.md').flatMap(([room]) => quoted(room))).toEqual(
    expect.arrayContaining(rooms),
  );
});

test.each(['README.md', 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md', 'docs/DECISIONS.md', 'docs/OPERATING.md'])(
  'the links of %s lead somewhere',
  (file) => {
    const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  },
);

describe('docs/OPERATING.md', () => {
  const named = rows('docs/OPERATING.md').flatMap(([name]) => quoted(name));

  test('tells of each state that a source can be in', () => {
    const [, union = ''] = /type SourceStatus = ([^;]+)/.exec(read('src/model/source.ts')) ?? [];
    const states = [...union.matchAll(/'([a-z]+)'/g)].map(([, state]) => state);
    expect(states).toHaveLength(7);
    expect(named).toEqual(expect.arrayContaining([...states, 'paused']));
  });

  test('tells of each code that a poll can end with', () => {
    const made = /(?:failed|refused|end|(?:FeedParse|Tributary)Error)\(\s*'([a-z-]+)'/g;
    const codes = [
      ...['src/fetch', 'src/parse', 'src/pipeline'].flatMap((folder) => matches(folder, made)),
      ...matches('src/fetch', /\bcode: '([a-z-]+)'/g),
    ];
    expect(codes.length).toBeGreaterThan(30);
    expect(named).toEqual(expect.arrayContaining([...new Set(codes)]));
  });
});

test('docs/DECISIONS.md has a line for each dependency', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object };
  const names = rows('docs/DECISIONS.md').map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
});
