import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { TopicRule } from '../../src/model/topic.ts';
import { classify, type Classifiable } from '../../src/topics/classify.ts';
import { compileTopics, type Classifier } from '../../src/topics/compile.ts';

const empty = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };

/** A rule of which only some lists are not empty. */
export function rule(id: string, lists: Partial<Omit<TopicRule, 'id'>>): TopicRule {
  return { id, title: id, ...empty, ...lists };
}

/** The topics that ship with the program. */
export function shippedRules(): readonly TopicRule[] {
  const rules = parse(readFileSync('config/topics.yaml', 'utf8')) as readonly Pick<
    TopicRule,
    'id' | 'title'
  >[];
  return rules.map((read) => ({ ...empty, ...read }));
}

export function topicsOf(classifier: Classifier, item: string | Classifiable): readonly string[] {
  return classify(classifier, typeof item === 'string' ? { title: item } : item).map(({ topic }) => topic);
}

/** Whether one `any` term is found in a title. */
export function finds(term: string, title: string): boolean {
  return topicsOf(compileTopics([rule('topic', { any: [term] })]), title).length === 1;
}
