import { TributaryError } from '../model/errors.ts';
import type { TopicRule } from '../model/topic.ts';
import { buildAutomaton, type Automaton } from './automaton.ts';
import { findTermProblems, formatTopicProblem, termKeys } from './problems.ts';
import { termParser, type LiteralTerm, type ParseTerm, type PatternTerm, type Term } from './term.ts';

/** Rules compiled once: what classifying costs does not grow with the number of literal terms. */
export interface Classifier {
  readonly rules: readonly CompiledRule[];
  /** What titles and leads are searched for. */
  readonly title: Searched;
  readonly lead: Searched;
  /** Source id to the rules that list it. */
  readonly bySource: ReadonlyMap<string, readonly number[]>;
}

/** What one field is searched for. */
export interface Searched {
  /** What the automaton looks for, by its indexes. */
  readonly words: readonly Word[];
  readonly automaton: Automaton;
  /** Patterns that no word announces, and that have to be run on every text. */
  readonly unannounced: readonly Use<PatternTerm>[];
}

export interface CompiledRule {
  readonly id: string;
  /** How many different terms `all` asks for. */
  readonly required: number;
  /** Nothing but `all` decides. */
  readonly onlyRequired: boolean;
}

/** One string to look for, however many rules share it. */
export interface Word {
  readonly length: number;
  readonly literals: readonly Use<LiteralTerm>[];
  /** Patterns that can match only where this word is. */
  readonly announces: readonly Use<PatternTerm>[];
}

/** One mention of a term in a rule. */
export interface Use<T extends Term = Term> {
  /** Index into {@link Classifier.rules}. */
  readonly rule: number;
  readonly role: Role;
  readonly term: T;
}

/** What finding a term means to its rule; a `mask` is a `none` term that contains one of the rule's own terms. */
export type Role = (typeof termKeys)[number] | 'mask';

/** What the lead is searched for. */
const leadRoles: ReadonlySet<Role> = new Set<Role>(['strong', 'mask']);

/**
 * Compiles rules into a classifier.
 *
 * @throws {TributaryError} `topics`, with a line for each thing that {@link findTermProblems} finds.
 */
export function compileTopics(rules: readonly TopicRule[]): Classifier {
  const parse = termParser();
  const problems = findTermProblems(rules, parse);
  if (problems.length > 0) throw new TributaryError('topics', problems.map(formatTopicProblem).join('\n'));

  const uses = rules.flatMap((rule, index) => usesOf(rule, index, parse));
  return {
    rules: rules.map(({ id, any, strong, all, sources }) => ({
      id,
      required: new Set(all).size,
      onlyRequired: all.length > 0 && any.length + strong.length + sources.length === 0,
    })),
    title: searched(uses),
    lead: searched(uses.filter(({ role }) => leadRoles.has(role))),
    bySource: sourcesOf(rules),
  };
}

function searched(uses: readonly Use[]): Searched {
  const words = wordsOf(uses);
  return {
    words: [...words.values()],
    automaton: buildAutomaton([...words.keys()]),
    unannounced: uses.filter(isPattern).filter(({ term }) => term.required === undefined),
  };
}

function usesOf(rule: TopicRule, index: number, parse: ParseTerm): readonly Use[] {
  const own = [...rule.any, ...rule.strong, ...rule.all].map(parse).filter(isTerm);
  return termKeys.flatMap((key) =>
    rule[key]
      .map(parse)
      .filter(isTerm)
      .map((term) => ({ rule: index, role: key === 'none' && containsOne(term, own) ? 'mask' : key, term })),
  );
}

function isTerm(term: ReturnType<ParseTerm>): term is Term {
  return term.kind !== 'problem';
}

function isPattern(use: Use): use is Use<PatternTerm> {
  return use.term.kind === 'pattern';
}

function isLiteral(use: Use): use is Use<LiteralTerm> {
  return use.term.kind === 'literal';
}

function containsOne(term: Term, own: readonly Term[]): boolean {
  if (term.kind === 'pattern') return false;
  return own.some((one) =>
    one.kind === 'literal' ? term.folded.includes(one.folded) : one.pattern.test(term.folded),
  );
}

function wordsOf(uses: readonly Use[]): ReadonlyMap<string, Word> {
  const words = new Map<
    string,
    { length: number; literals: Use<LiteralTerm>[]; announces: Use<PatternTerm>[] }
  >();
  const wordOf = (text: string) => {
    const known = words.get(text);
    if (known) return known;
    const word = { length: text.length, literals: [], announces: [] };
    words.set(text, word);
    return word;
  };
  for (const use of uses.filter(isLiteral)) wordOf(use.term.folded).literals.push(use);
  for (const use of uses.filter(isPattern)) {
    for (const literal of new Set(use.term.required)) wordOf(literal).announces.push(use);
  }
  return words;
}

function sourcesOf(rules: readonly TopicRule[]): ReadonlyMap<string, readonly number[]> {
  const bySource = new Map<string, number[]>();
  rules.forEach(({ sources }, rule) => {
    for (const source of new Set(sources)) bySource.set(source, [...(bySource.get(source) ?? []), rule]);
  });
  return bySource;
}
