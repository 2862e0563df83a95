import type { TopicRule } from '../model/topic.ts';
import { classify } from './classify.ts';
import { compileTopics, type Classifier } from './compile.ts';
import { findTermProblems, type TopicProblem } from './problems.ts';

/**
 * Everything that is wrong with a set of rules: terms that mean nothing and, once all terms are sound, examples that do not get their topic and counterexamples that do.
 */
export function checkTopics(rules: readonly TopicRule[]): readonly TopicProblem[] {
  const problems = findTermProblems(rules);
  if (problems.length > 0) return problems;
  const classifier = compileTopics(rules);
  return rules.flatMap((rule) => [
    ...rule.examples.flatMap((title, index): readonly TopicProblem[] => {
      const reasons = reasonsFor(classifier, rule.id, title);
      const message = `“${title}” does not get this topic`;
      return reasons === undefined ? [{ topic: rule.id, key: 'examples', index, message }] : [];
    }),
    ...rule.counterexamples.flatMap((title, index): readonly TopicProblem[] => {
      const reasons = reasonsFor(classifier, rule.id, title);
      const message = `“${title}” gets this topic, because of ${reasons ?? ''}`;
      return reasons === undefined ? [] : [{ topic: rule.id, key: 'counterexamples', index, message }];
    }),
  ]);
}

/** The terms by which a title gets a topic; undefined if it does not. */
function reasonsFor(classifier: Classifier, topic: string, title: string): string | undefined {
  return classify(classifier, { title })
    .find((verdict) => verdict.topic === topic)
    ?.because.map(({ term }) => term)
    .join(', ');
}
