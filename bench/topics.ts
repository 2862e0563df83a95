/** What more literal terms cost: titles a second with 10,000 of them and with 100. `node bench/topics.ts` */
import type { TopicRule } from '../src/model/topic.ts';
import { classify } from '../src/topics/classify.ts';
import { compileTopics, type Classifier } from '../src/topics/compile.ts';

const rounds = 9;
const runsARound = 3;

export interface TopicsResult {
  /** Titles a second, with as many literal terms. */
  readonly few: number;
  readonly many: number;
  readonly ratio: number;
}

/** Medians of rounds in turn. The titles are of the same characters as the terms, and each holds two of the 100. */
export function benchTopics(): TopicsResult {
  const random = generator(7);
  const terms = new Set<string>();
  while (terms.size < 10_000) terms.add(word(random, 2 + Math.floor(random() * 4)));
  const all = [...terms];
  const common = all.slice(0, 100);
  const titles = Array.from({ length: 4_000 }, () => title(random, common));

  const few = compileTopics(rulesOf(common));
  const many = compileTopics(rulesOf(all));
  time(few, titles);
  time(many, titles);
  const pairs = Array.from({ length: rounds }, () => [time(few, titles), time(many, titles)] as const);
  const fewMs = median(pairs.map(([ms]) => ms));
  const manyMs = median(pairs.map(([, ms]) => ms));
  const count = titles.length * runsARound * 1000;
  return { few: count / fewMs, many: count / manyMs, ratio: fewMs / manyMs };
}

/** Twenty topics that share the terms, a tenth of them searched in leads too. */
function rulesOf(terms: readonly string[]): readonly TopicRule[] {
  const empty = { all: [], none: [], sources: [], examples: [], counterexamples: [] };
  return Array.from({ length: 20 }, (_, topic) => {
    const own = terms.filter((_term, index) => index % 20 === topic);
    const strong = own.filter((_term, index) => index % 10 === 0);
    return { id: `topic-${topic}`, title: `Topic ${topic}`, any: own, strong, ...empty };
  });
}

function title(random: () => number, common: readonly string[]): string {
  const known = (): string => common[Math.floor(random() * common.length)] ?? '';
  return word(random, 10) + known() + word(random, 8) + known() + word(random, 4);
}

/** Of 2,500 common characters, as many as newspapers use. */
function word(random: () => number, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 2_500))).join('');
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function time(classifier: Classifier, titles: readonly string[]): number {
  const start = performance.now();
  for (let run = 0; run < runsARound; run++) for (const text of titles) classify(classifier, { title: text });
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

if (import.meta.main) console.log(benchTopics());
