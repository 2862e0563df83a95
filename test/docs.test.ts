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

test('docs/DECISIONS.md has a line for each dependency', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object };
  const names = rows('docs/DECISIONS.md').map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
});
