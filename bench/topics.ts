/** What more literal terms cost: titles a second with 10,000 of them and with 100. */
import type { TopicRule } from '../src/model/topic.ts';
import { classify } from '../src/topics/classify.ts';
import { compileTopics, type Classifier } from '../src/topics/compile.ts';
import { alternate, rateOf } from './alternate.ts';
import type { Result } from './result.ts';
import { createWriter } from './seeded.ts';

const titleCount = 4_000;

/** The titles are of the same characters as the terms, and each holds two of the 100. */
export async function bench(): Promise<readonly Result[]> {
  const { whole } = createWriter(7);
  // Of 2,500 common characters, as many as newspapers use.
  const word = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(0x4e00 + whole(2_500))).join('');
  const terms = new Set<string>();
  while (terms.size < 10_000) terms.add(word(2 + whole(4)));
  const all = [...terms];
  const common = all.slice(0, 100);
  const known = () => common[whole(common.length)] ?? '';
  const titles = Array.from({ length: titleCount }, () => word(10) + known() + word(8) + known() + word(4));

  const many = compileTopics(rulesOf(all));
  const few = compileTopics(rulesOf(common));
  const rate = (classifier: Classifier) => () =>
    titleCount * rateOf(() => titles.forEach((title) => classify(classifier, { title })));
  return [
    {
      what: 'classify titles by 10,000 literal terms',
      against: 'by 100',
      unit: 'titles/s',
      ...(await alternate(rate(many), rate(few), 9)),
      bar: { atLeast: 0.7 },
    },
  ];
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
