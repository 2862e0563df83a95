import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configSchema, sourceFileSchema, topicsSchema } from '../../src/config/schema.ts';

/** What editors get: the schema of what people write, before defaults are filled in. */
const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    readonly required?: readonly string[];
    readonly additionalProperties?: boolean;
    readonly properties: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>
    >;
  };

describe('the JSON Schema of the configuration', () => {
  const schema = schemaOf(configSchema);

  test('has every key that the contract names', () => {
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(
        'site server store feeds sources origin topics fetch dedupe publish retain'.split(' '),
      ),
    );
    for (const [section, keys] of Object.entries({
      site: 'title url language authority',
      server: 'host port adminToken',
      store: 'url',
      fetch: 'userAgent timeoutMs maxBytes concurrency perHost minInterval maxInterval allow',
      dedupe: 'window minKeyLength keyVersion',
      publish: 'entries hours maxEntries content maxContentBytes promo',
      retain: 'days items',
    })) {
      const known = Object.keys(schema.properties[section]?.properties ?? {});
      expect(known, section).toEqual(expect.arrayContaining(keys.split(' ')));
    }
  });

  test('asks for nothing, and allows no other key', () => {
    expect(schema.required ?? []).toEqual([]);
    expect(schema.additionalProperties).toBe(false);
  });
});

test('the JSON Schema of source.yaml has every key that the contract names, and asks for none', () => {
  const schema = schemaOf(sourceFileSchema);
  const keys =
    'title url format every timezone language sample enabled headers private topics columns dedupe keep drop explode expect';
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(keys.split(' ')));
  expect(schema.required ?? []).toEqual([]);
});

test('a topic needs an id and a title, and may have every list that the contract names', () => {
  const keys = ['any', 'strong', 'all', 'none', 'sources', 'examples', 'counterexamples'];
  const lists = Object.fromEntries(keys.map((key) => [key, key === 'sources' ? ['a'] : ['词']]));
  expect(topicsSchema.safeParse([{ id: 'ai', title: '人工智能', ...lists }]).success).toBe(true);
  expect(topicsSchema.safeParse([{ id: 'ai' }]).success).toBe(false);
  expect(topicsSchema.safeParse([{ title: '人工智能' }]).success).toBe(false);
});
