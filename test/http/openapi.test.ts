import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiIdOf } from '../../src/identify/entry-id.ts';
import type { Site } from '../support/site.ts';
import { openRiver, siteUrl } from './river.ts';

/** The description of the interface, and whether what is answered is what it describes. */

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema: AnySchemaObject;
}

interface Answer {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: AnySchemaObject }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Description {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, AnySchemaObject>>;
    readonly responses: Readonly<Record<string, Answer>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

const token = 'a-token-of-some-length';
const authorization = `Bearer ${token}`;

let site: Site;
let description: Description;
let operations: readonly (readonly [path: string, method: string, operation: Operation])[];

beforeAll(async () => {
  site = await openRiver({
    server: { adminToken: token },
    saved: [{ id: 'ferries', title: '渡轮', q: '渡轮' }],
  });
  // A source that has something to say of itself: it was drifted, and a document of it was kept.
  await site.write('lower.xml', 'no feed at all');
  await site.read();
  description = (await site.get('/openapi.json')).json<Description>();
  operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
  );
});

afterAll(() => site[Symbol.asyncDispose]());

/** The schemas, in which nothing is allowed that is not described. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]));
  return 'properties' in value && 'type' in value ? { ...inside, additionalProperties: false } : inside;
}

function complaintsOf(schema: AnySchemaObject, value: unknown): unknown {
  // `allOf` of closed schemas allows nothing at all.
  const components = { ...description.components.schemas, Poll: {} };
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  const validate = ajv.compile({
    ...(closed(schema) as AnySchemaObject),
    components: { schemas: closed(components) },
  });
  return validate(value) ? [] : validate.errors;
}

describe('the description', () => {
  test('is OpenAPI 3.1 of this site', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(description.servers).toEqual([{ url: siteUrl }]);
  });

  test('has an id for each operation, and no two the same', () => {
    const ids = operations.map(([, , { operationId }]) => operationId);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('refers to nothing that is not there, and describes nothing that nobody refers to', () => {
    const references = new Set(
      [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/(\w+\/\w+)"/g)].map(
        ([, name]) => name,
      ),
    );
    const { schemas, responses } = description.components;
    const there = [
      ...Object.keys(schemas).map((name) => `schemas/${name}`),
      ...Object.keys(responses).map((name) => `responses/${name}`),
    ];
    expect([...references].sort()).toEqual(there.sort());
  });

  test('has the parameters that stand in each path, and no name twice', () => {
    for (const [path, , { parameters }] of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
      for (const { required } of inPath) expect(required).toBe(true);
      const names = parameters.map(({ name, in: where }) => `${where} ${name}`);
      expect(new Set(names).size).toBe(names.length);
      for (const parameter of parameters) expect(parameter.description).toMatch(/\S/);
    }
  });

  test('has schemas that are schemas', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const schemas = [
      ...Object.values(description.components.schemas),
      ...operations.flatMap(([, , { parameters }]) => parameters.map(({ schema }) => schema)),
    ];
    for (const schema of schemas) expect(ajv.validateSchema(schema)).toBe(true);
  });

  test('tells every answer that there can be', () => {
    for (const [path, method, { responses, security }] of operations) {
      const told = Object.keys(responses);
      expect(told, path).toEqual(expect.arrayContaining(['200', '401', '405', '429']));
      const isKept = method === 'get' && !['/healthz', '/readyz', '/metrics'].includes(path);
      expect(told.includes('304'), path).toBe(isKept);
      if (path.includes('{')) expect(told, path).toContain('404');
      for (const [scheme] of security.flatMap((needed) => Object.entries(needed)))
        expect(description.components.securitySchemes).toHaveProperty(scheme);
    }
  });
});

describe('what is answered', () => {
  const samples: Readonly<Record<string, string>> = {
    format: 'json',
    topic: 'water',
    source: 'upper',
    id: 'lower',
    apiId: apiIdOf('tag:upper.example,2024:1'),
  };
  const addressOf = (path: string) =>
    path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'id' && path.includes('saved') ? 'ferries' : (samples[name] ?? ''),
    );
  const isArchive = (path: string) => path.includes('/archive/');

  test('is at every path that is described, and of a type that is', async () => {
    for (const [path, method, { responses }] of operations.filter(([name]) => !isArchive(name))) {
      const { statusCode, headers, body } = await site.ask({
        method: method === 'post' ? 'POST' : 'GET',
        url: addressOf(path),
        headers: method === 'post' ? { authorization } : {},
      });
      expect([path, statusCode]).toEqual([path, 200]);
      expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'x-content-type-options': 'nosniff' });
      const type = String(headers['content-type']).replace(/;.*/, '');
      const schema = responses['200']?.content?.[type]?.schema;
      expect(schema, `${path} ${type}`).toBeDefined();
      if (type === 'application/json' && schema)
        expect([path, complaintsOf(schema, JSON.parse(body))]).toEqual([path, []]);
    }
  });

  test('with parameters is as it is described too', async () => {
    const page = { $ref: '#/components/schemas/ItemPage' };
    for (const query of ['since=0', 'limit=1', 'q=%E6%B8%A1%E8%BD%AE', 'source=secret&since=0']) {
      const { body } = await site.get(`/api/items?${query}`, { authorization });
      expect([query, complaintsOf(page, JSON.parse(body))]).toEqual([query, []]);
    }
  });

  test('that is an error is a Problem', async () => {
    const problem = { $ref: '#/components/schemas/Problem' };
    for (const url of ['/nothing', '/api/items?limit=0', '/api/items/nonsense'])
      expect(complaintsOf(problem, (await site.get(url)).json())).toEqual([]);
  });

  test('is checked by schemas that find faults', () => {
    const topic = { id: 'a', title: 'A', stories: 1, feed: 'https://a.example/' };
    const schema = { $ref: '#/components/schemas/Topic' };
    expect(complaintsOf(schema, topic)).toEqual([]);
    for (const fault of [{ stories: '1' }, { surplus: true }, { id: undefined }])
      expect(complaintsOf(schema, { ...topic, ...fault })).not.toEqual([]);
  });
});

describe('the page', () => {
  test('lists every operation, and tells each parameter once', async () => {
    const { body } = await site.get('/api');
    for (const [path] of operations) expect(body).toContain(path);
    const told = [...body.matchAll(/<dt id="([a-z-]+)">/g)].map(([, name]) => name);
    const names = operations.flatMap(([, , { parameters }]) =>
      parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    );
    expect(told).toEqual([...new Set(names)]);
  });
});
