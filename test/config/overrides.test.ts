import { expect, test } from 'vitest';
import { load, problemsOf } from './files.ts';

const beside = (overrides: string) => ({ files: { 'config.yaml': '{}', 'overrides.yaml': overrides } });

test('overrides are a list of joins and splits beside the configuration', async () => {
  await using loaded = await load(beside('- join: [urn:a:1, urn:b:1]\n- split: urn:c:1\n'));
  expect(loaded.config.overrides).toMatchObject([
    { kind: 'join', entryIds: ['urn:a:1', 'urn:b:1'], line: 1 },
    { kind: 'split', entryId: 'urn:c:1', line: 2 },
  ]);
});

test.each([
  ['no file', { files: { 'config.yaml': '{}' } }],
  ['a file of comments', beside('# nothing yet\n')],
])('%s overrides nothing', async (_, files) => {
  await using loaded = await load(files);
  expect(loaded.config.overrides).toEqual([]);
});

test.each([
  [
    'an unknown key',
    '- merge: [a, b]\n',
    /^overrides\.yaml:1:3: found the unknown key 0\.merge; allowed: .*join, split/,
  ],
  [
    'a join of one',
    '- join: [a]\n',
    /^overrides\.yaml:1:9: 0\.join: found a list; allowed: at least two entry ids/,
  ],
  ['both at once', '- split: a\n  join: [b, c]\n', /^overrides\.yaml:1:3: .*allowed: \{ join/],
  ['no list', 'split: a\n', /^overrides\.yaml:1:1: found a mapping; allowed: a list of/],
])('%s is told with its place', async (_, text, told) => {
  const [first] = await problemsOf(beside(text));
  expect(first).toMatch(told);
});
