import type { TopicRule } from '../model/topic.ts';
import { parseTerm, type ParseTerm } from './term.ts';

/** One thing that is wrong in the rules. */
export interface TopicProblem {
  readonly topic: string;
  readonly key: (typeof termKeys)[number] | 'examples' | 'counterexamples';
  /** Place in the list under `key`, from 0. */
  readonly index: number;
  readonly message: string;
}

/** The keys of a rule that hold terms. */
export const termKeys = ['any', 'strong', 'all', 'none'] as const;

/** Every term that means nothing. */
export function findTermProblems(
  rules: readonly TopicRule[],
  parse: ParseTerm = parseTerm,
): readonly TopicProblem[] {
  return rules.flatMap((rule) =>
    termKeys.flatMap((key) =>
      rule[key].flatMap((written, index): readonly TopicProblem[] => {
        const term = parse(written);
        return term.kind === 'problem' ? [{ topic: rule.id, key, index, message: term.message }] : [];
      }),
    ),
  );
}

/** `topics: ai any[3]: the term is empty` */
export function formatTopicProblem({ topic, key, index, message }: TopicProblem): string {
  return `topics: ${topic} ${key}[${index}]: ${message}`;
}
