import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FeedParseError } from '../../src/model/errors.ts';
import type { FeedInfo, Item, Warning } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import type { ParseHints } from '../../src/parse/hints.ts';

/**
 * Golden pairs: `<quirk>.<any>` is the document, `<quirk>.expected.json` what it says. Of the feed and of each
 * item only the keys that are written there are compared, null for one that must be absent; the number and the
 * order of items are exact, and so are the warnings where they are given.
 */
interface Expected {
  readonly hints?: ParseHints;
  readonly feed?: Fields<FeedInfo>;
  readonly items?: readonly Fields<Item>[];
  readonly warnings?: readonly (string | Partial<Warning>)[];
  readonly error?: { readonly code: string; readonly line?: number; readonly message?: string };
}

type Fields<T> = { readonly [K in keyof T]?: T[K] | null };

const folder = join(import.meta.dirname, '../fixtures/feeds');
const files = readdirSync(folder);
const quirks = files
  .filter((file) => file.endsWith('.expected.json'))
  .map((file) => file.slice(0, -'.expected.json'.length));

describe('golden pairs', () => {
  test.each(quirks)('%s', (quirk) => {
    const file = files.find((name) => name.startsWith(`${quirk}.`) && !name.endsWith('.expected.json'));
    const bytes = readFileSync(join(folder, file ?? ''));
    // Checked by what follows: a pair that is not of this shape fails its test.
    const expected = JSON.parse(readFileSync(join(folder, `${quirk}.expected.json`), 'utf8')) as Expected;
    if (expected.error !== undefined) expectError(() => parseFeed(bytes, expected.hints), expected.error);
    else expectFeed(parseFeed(bytes, expected.hints), expected);
  });
});

function expectFeed(parsed: ReturnType<typeof parseFeed>, expected: Expected): void {
  expectFields(parsed.feed, expected.feed ?? {});
  expect(parsed.items.map(({ title, id }) => title ?? id)).toHaveLength(expected.items?.length ?? 0);
  parsed.items.forEach((item, index) => {
    expectFields(item, expected.items?.[index] ?? {});
  });
  if (expected.warnings === undefined) return;
  expect(parsed.warnings.map(({ code }) => code)).toEqual(
    expected.warnings.map((warning) => (typeof warning === 'string' ? warning : warning.code)),
  );
  parsed.warnings.forEach((warning, index) => {
    const { [index]: wanted } = expected.warnings ?? [];
    if (typeof wanted === 'object') expect(warning).toMatchObject(wanted);
  });
}

function expectFields<T extends object>(actual: T, expected: Fields<T>): void {
  for (const [key, value] of Object.entries(expected)) {
    if (value === null) expect(actual, key).not.toHaveProperty(key);
    else if (Array.isArray(value)) {
      expect(Reflect.get(actual, key), key).toHaveLength(value.length);
      expect(actual).toMatchObject({ [key]: value });
    } else expect(actual).toHaveProperty(key, value);
  }
}

function expectError(read: () => unknown, { code, line, message }: NonNullable<Expected['error']>): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof FeedParseError)) throw error;
    expect(error.code).toBe(code);
    if (line !== undefined) expect(error.line).toBe(line);
    expect(error.message).toContain(message ?? '');
    return;
  }
  expect.fail('no error');
}
