import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTooDeep, repairJson } from '../../../src/parse/json-feed/repair.ts';

describe('repairJson', () => {
  test.each([
    ['a comma before a bracket', '{"a":[1,2,],}', { a: [1, 2] }],
    ['a line break in a string', '{"a":"x\ny"}', { a: 'x\ny' }],
    ['an escape that JSON does not have', String.raw`{"a":"it\'s \x"}`, { a: "it's x" }],
    ['text around the document', 'cb({"a":1});', { a: 1 }],
    ['values of other languages', '{"a":NaN,"b":None,"c":-Infinity}', { a: null, b: null, c: null }],
    ['an end that is missing', '{"items":[{"a":1},{"a":[2]},{"a":', { items: [{ a: 1 }, { a: [2] }] }],
    ['a string that does not end', '{"items":[{"a":1},{"a":"x}]', { items: [{ a: 1 }] }],
  ])('repairs %s', (_, damaged, value) => {
    expect(JSON.parse(repairJson(damaged))).toEqual(value);
  });

  test('leaves JSON as it means', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 4 }), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.parse(repairJson(json))).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('isTooDeep', () => {
  test('counts brackets, not those in strings', () => {
    expect(isTooDeep('['.repeat(256))).toBe(false);
    expect(isTooDeep('['.repeat(257))).toBe(true);
    expect(isTooDeep(JSON.stringify('['.repeat(1000)))).toBe(false);
    expect(isTooDeep('[],'.repeat(1000))).toBe(false);
  });
});
