import { expect, test } from 'vitest';
import { mergePeople, personFromText } from '../../src/normalize/people.ts';

test.each([
  ['ann@pier.example (Ann Lee)', { name: 'Ann Lee', email: 'ann@pier.example' }],
  ['Ann Lee (ann@pier.example)', { name: 'Ann Lee', email: 'ann@pier.example' }],
  ['Ann Lee <ann@pier.example>', { name: 'Ann Lee', email: 'ann@pier.example' }],
  ['"Lee, Ann" <ann@pier.example>', { name: 'Lee, Ann', email: 'ann@pier.example' }],
  ['mailto:ann@pier.example', { email: 'ann@pier.example' }],
  ['ann@pier.example - Ann', { name: 'Ann', email: 'ann@pier.example' }],
  ['Ann Lee (Pier News)', { name: 'Ann Lee (Pier News)' }],
  ['(Ann)', { name: 'Ann' }],
  ['华尔街见闻', { name: '华尔街见闻' }],
  ['@ann', { name: '@ann' }],
])('%s', (text, person) => {
  expect(personFromText(text)).toEqual(person);
});

test.each(['', '  ', '\n'])('nobody: %j', (text) => {
  expect(personFromText(text)).toBeUndefined();
});

test('who has the same name is the same, and what is known is joined', () => {
  expect(mergePeople([{ name: 'Ann' }, { name: 'ann', email: 'a@pier.example' }, { name: 'Bo' }])).toEqual([
    { name: 'Ann', email: 'a@pier.example' },
    { name: 'Bo' },
  ]);
});

test('two addresses are two people, and so are two roles', () => {
  const people = [
    { name: 'Ann', email: 'a@pier.example' },
    { name: 'Ann', email: 'b@pier.example' },
    { name: 'Ann', role: 'editor' },
  ];
  expect(mergePeople(people)).toEqual(people);
});

test('no one is absent, not an empty list', () => {
  expect(mergePeople([undefined])).toBeUndefined();
});
