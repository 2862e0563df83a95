import { fold, toSimplified } from '../text/fold.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { requiredLiterals } from './required.ts';

/** What a rule looks for, ready to be searched. */
export type Term = LiteralTerm | PatternTerm;

/** Literal text, compared on folded text. */
export interface LiteralTerm {
  readonly kind: 'literal';
  /** As the rule writes it. */
  readonly written: string;
  readonly folded: string;
  /** Whether a Latin word has to begin where the term begins, and to end where it ends. */
  readonly boundAtStart: boolean;
  readonly boundAtEnd: boolean;
}

/** `/…/`: a regular expression with RE2's syntax and linear time, over folded text, in any case and script. */
export interface PatternTerm {
  readonly kind: 'pattern';
  readonly written: string;
  readonly pattern: Pattern;
  /** It matches only where one of these is in the folded text; absent if that cannot be told. */
  readonly required?: readonly string[];
}

/** A term that means nothing: why, as the rest of a sentence. */
export interface TermProblem {
  readonly kind: 'problem';
  readonly message: string;
}

export type ParseTerm = (written: string) => Term | TermProblem;

/** A parser that reads each term once, however often it is asked. */
export function termParser(): ParseTerm {
  const known = new Map<string, Term | TermProblem>();
  return (written) => {
    const term = known.get(written) ?? parseTerm(written);
    known.set(written, term);
    return term;
  };
}

/** Reads one term as a rule writes it. */
export function parseTerm(written: string): Term | TermProblem {
  return written.length > 2 && written.startsWith('/') && written.endsWith('/')
    ? parsePattern(written)
    : parseLiteral(written);
}

function parsePattern(written: string): PatternTerm | TermProblem {
  const source = toSimplified(written.slice(1, -1));
  try {
    const pattern = compilePattern(source);
    if (pattern.test('')) return problem(`the pattern ${written} matches the empty text`);
    const required = requiredLiterals(source);
    return { kind: 'pattern', written, pattern, ...(required && { required }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(`${written} is no RE2 expression: ${reason}`);
  }
}

const latinLetter = /\p{Script=Latin}/gu;
const startsLatin = /^[\p{Script=Latin}\p{Nd}]/u;
const endsLatin = /[\p{Script=Latin}\p{Nd}]$/u;

/** Terms with more Latin letters than this are found inside words too. */
const shortTermLetters = 3;

function parseLiteral(written: string): LiteralTerm | TermProblem {
  const folded = fold(written).trim();
  if (folded === '') return problem('the term is empty');
  const short = (folded.match(latinLetter)?.length ?? 0) <= shortTermLetters;
  return {
    kind: 'literal',
    written,
    folded,
    boundAtStart: short && startsLatin.test(folded),
    boundAtEnd: short && endsLatin.test(folded),
  };
}

function problem(message: string): TermProblem {
  return { kind: 'problem', message };
}
