import { RE2Set } from 're2js';

import { TributaryError } from '../model/errors.ts';
import type { TopicRule } from '../model/topic.ts';
import { buildAutomaton, type Automaton } from './automaton.ts';
import { parseTerm, patternFlags, type LiteralTerm, type PatternTerm, type Term } from './term.ts';

/** What finding a term means to a rule; `mask` is a `none` term that contains one of the rule's own terms. */
export type TermRole = 'any' | 'strong' | 'all' | 'none' | 'mask';

/** One mention of a term in a rule. */
export interface TermUse {
  /** Index into {@link Classifier.rules}. */
  readonly rule: number;
  readonly role: TermRole;
  readonly term: Term;
}

export interface CompiledRule {
  readonly id: string;
  /** How many different terms `all` asks for. */
  readonly required: number;
  /** Nothing but `all` decides. */
  readonly onlyRequired: boolean;
}

/** One literal, however many rules share it. */
export interface Word {
  readonly term: LiteralTerm;
  readonly uses: readonly TermUse[];
}

/** Patterns compiled into one machine, which tells in one pass which of them are worth running. */
export interface PatternSet {
  readonly patterns: readonly { readonly term: PatternTerm; readonly use: TermUse }[];
  readonly match: (folded: string) => readonly number[];
}

/** Rules compiled once: the cost of classifying does not grow with the number of literal terms. */
export interface Classifier {
  readonly rules: readonly CompiledRule[];
  readonly words: readonly Word[];
  readonly automaton: Automaton;
  readonly titlePatterns: PatternSet;
  readonly leadPatterns: PatternSet;
  /** Source id to the rules that list it. */
  readonly bySource: ReadonlyMap<string, readonly number[]>;
}

/** One thing that is wrong in the rules. */
export interface TopicProblem {
  readonly topic: string;
  readonly key: 'id' | 'any' | 'strong' | 'all' | 'none' | 'examples' | 'counterexamples';
  /** Place in the list under `key`, from 0; for `id` the rule's place. */
  readonly index: number;
  readonly message: string;
}

/** Roles that the lead is searched for. */
export const leadRoles: ReadonlySet<TermRole> = new Set<TermRole>(['strong', 'mask']);

const termKeys = ['any', 'strong', 'all', 'none'] as const;

/** Every term that means nothing and every id that is there twice, as values. */
export function findTermProblems(rules: readonly TopicRule[]): readonly TopicProblem[] {
  const problems: TopicProblem[] = [];
  const ids = new Set<string>();
  rules.forEach((rule, place) => {
    if (ids.has(rule.id)) {
      problems.push({
        topic: rule.id,
        key: 'id',
        index: place,
        message: 'there is another topic of this id',
      });
    }
    ids.add(rule.id);
    for (const key of termKeys) {
      rule[key].forEach((written, index) => {
        const term = parseTerm(written);
        if (term.kind === 'problem') problems.push({ topic: rule.id, key, index, message: term.message });
      });
    }
  });
  return problems;
}

/**
 * Compiles rules into a classifier.
 *
 * @throws {TributaryError} `topics` when {@link findTermProblems} finds something in them.
 */
export function compileTopics(rules: readonly TopicRule[]): Classifier {
  const problems = findTermProblems(rules);
  if (problems.length > 0) {
    throw new TributaryError('topics', problems.map(formatTopicProblem).join('\n'));
  }
  const uses = rules.flatMap(usesOf);
  const words = wordsOf(uses);
  return {
    rules: rules.map(({ id, any, strong, all, sources }) => ({
      id,
      required: new Set(all).size,
      onlyRequired: all.length > 0 && any.length + strong.length + sources.length === 0,
    })),
    words,
    automaton: buildAutomaton(words.map(({ term }) => term.folded)),
    titlePatterns: patternSet(uses),
    leadPatterns: patternSet(uses.filter(({ role }) => leadRoles.has(role))),
    bySource: sourcesOf(rules),
  };
}

/** `topics: ai any[3]: the term is empty` */
export function formatTopicProblem({ topic, key, index, message }: TopicProblem): string {
  return `topics: ${topic} ${key}[${index}]: ${message}`;
}

function usesOf(rule: TopicRule, index: number): readonly TermUse[] {
  const own = [...rule.any, ...rule.strong, ...rule.all].map(parseTerm).filter(isTerm);
  return termKeys.flatMap((key) =>
    rule[key]
      .map(parseTerm)
      .filter(isTerm)
      .map((term) => ({ rule: index, role: key === 'none' && containsOne(term, own) ? 'mask' : key, term })),
  );
}

function isTerm(term: ReturnType<typeof parseTerm>): term is Term {
  return term.kind !== 'problem';
}

function containsOne(term: Term, own: readonly Term[]): boolean {
  if (term.kind === 'pattern') return false;
  return own.some((one) =>
    one.kind === 'literal' ? term.folded.includes(one.folded) : one.regexp.test(term.folded),
  );
}

function wordsOf(uses: readonly TermUse[]): readonly Word[] {
  const words = new Map<string, { readonly term: LiteralTerm; readonly uses: TermUse[] }>();
  for (const use of uses) {
    if (use.term.kind !== 'literal') continue;
    const word = words.get(use.term.folded);
    if (word) word.uses.push(use);
    else words.set(use.term.folded, { term: use.term, uses: [use] });
  }
  return [...words.values()];
}

function patternSet(uses: readonly TermUse[]): PatternSet {
  const patterns = uses.flatMap((use) => (use.term.kind === 'pattern' ? [{ term: use.term, use }] : []));
  if (patterns.length === 0) return { patterns, match: () => [] };
  const set = new RE2Set(RE2Set.UNANCHORED, patternFlags);
  for (const { term } of patterns) set.add(term.source);
  set.compile();
  return { patterns, match: (folded) => set.match(folded) };
}

function sourcesOf(rules: readonly TopicRule[]): ReadonlyMap<string, readonly number[]> {
  const bySource = new Map<string, number[]>();
  rules.forEach(({ sources }, rule) => {
    for (const source of new Set(sources)) bySource.set(source, [...(bySource.get(source) ?? []), rule]);
  });
  return bySource;
}
