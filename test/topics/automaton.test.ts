import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildAutomaton } from '../../src/topics/automaton.ts';

function find(words: readonly string[], text: string): readonly string[] {
  const found: string[] = [];
  buildAutomaton(words).scan(text, (word, end) => found.push(`${words[word] ?? ''}@${end}`));
  return found;
}

test('finds words that overlap, and words within words', () => {
  expect(find(['he', 'she', 'his', 'hers'], 'ushers')).toEqual(['she@4', 'he@4', 'hers@6']);
  expect(find(['芯片', '存储芯片', '片'], '存储芯片')).toEqual(['存储芯片@4', '芯片@4', '片@4']);
});

test('finds every occurrence', () => {
  expect(find(['aa'], 'aaaa')).toEqual(['aa@2', 'aa@3', 'aa@4']);
});

test('finds nothing without words or text', () => {
  expect(find([], 'text')).toEqual([]);
  expect(find(['text'], '')).toEqual([]);
});

test('words and text may hold any UTF-16 unit', () => {
  expect(find(['\0', '\uffff', '__proto__'], 'a\0b\uffff__proto__')).toEqual([
    '\0@2',
    '\uffff@4',
    '__proto__@13',
  ]);
});

test('finds what a search for each word by itself finds', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '中'), minLength: 1, maxLength: 5 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '中'), maxLength: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 12 }), texts, (words, text) => {
      const expected = words.flatMap((word) =>
        Array.from({ length: text.length }, (_, at) => at)
          .filter((at) => text.startsWith(word, at))
          .map((at) => `${word}@${at + word.length}`),
      );
      expect([...find(words, text)].sort()).toEqual(expected.sort());
    }),
  );
});
