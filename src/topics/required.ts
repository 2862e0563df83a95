/**
 * Strings of which at least one stands in every text that a pattern matches, in lower case; undefined where
 * none can be told. Running a pattern only where one of them was found changes no result and makes patterns
 * that are not near the text free of cost.
 *
 * `source` is a valid RE2 expression, read without regard to case. What is not understood here counts as
 * “anything”, so the answer may be weaker than it could be, and is never wrong.
 */
export function requiredLiterals(source: string): readonly string[] | undefined {
  const reader: Reader = { chars: Array.from(source), at: 0, lost: false };
  const required = readChoice(reader, 0);
  return reader.lost || reader.at < reader.chars.length ? undefined : required;
}

interface Reader {
  readonly chars: readonly string[];
  at: number;
  /** Something was met after which the rest cannot be read safely. */
  lost: boolean;
}

type Literals = readonly string[] | undefined;

/** One atom: a character that stands for itself, or something that demands one of some literals. */
type Atom =
  { readonly kind: 'char'; readonly char: string } | { readonly kind: 'other'; readonly literals: Literals };

const anything: Atom = { kind: 'other', literals: undefined };

const deepest = 50;

/** `a|b`: what each of the branches demands, together. */
function readChoice(reader: Reader, depth: number): Literals {
  if (depth > deepest) giveUp(reader);
  const branches = [readSequence(reader, depth)];
  while (reader.chars[reader.at] === '|') {
    reader.at++;
    branches.push(readSequence(reader, depth));
  }
  return branches.every((branch) => branch !== undefined) ? branches.flat() : undefined;
}

/** `ab`: the most telling of what its parts demand. */
function readSequence(reader: Reader, depth: number): Literals {
  let best: Literals;
  let run = '';
  const endRun = (): void => {
    if (run !== '') best = moreTelling(best, [run]);
    run = '';
  };
  while (reader.at < reader.chars.length && !reader.lost) {
    const next = reader.chars[reader.at];
    if (next === '|' || next === ')') break;
    const atom = readAtom(reader, depth);
    const times = readQuantifier(reader);
    if (atom.kind === 'char' && times === undefined) {
      run += atom.char;
      continue;
    }
    if (atom.kind === 'char' && times === 'some') run += atom.char;
    endRun();
    if (atom.kind === 'other' && times !== 'maybe') best = moreTelling(best, atom.literals);
  }
  endRun();
  return best;
}

function readAtom(reader: Reader, depth: number): Atom {
  const char = reader.chars[reader.at++] ?? '';
  switch (char) {
    case '\\':
      return readEscape(reader);
    case '[':
      return readClass(reader);
    case '(':
      return readGroup(reader, depth);
    case '.':
    case '^':
    case '$':
      return anything;
    default:
      return literal(char);
  }
}

/** Letters of other alphabets fold in ways that are not worth following. */
function literal(char: string): Atom {
  const lower = char.toLowerCase();
  return char <= '\x7f' || lower === char.toUpperCase() ? { kind: 'char', char: lower } : anything;
}

function readEscape(reader: Reader): Atom {
  const char = reader.chars[reader.at++] ?? '';
  if (!/[0-9A-Za-z]/.test(char)) return literal(char);
  if (!/[dDsSwWbBAz]/.test(char)) giveUp(reader);
  return anything;
}

function readClass(reader: Reader): Atom {
  if (reader.chars[reader.at] === '^') reader.at++;
  for (let first = true; reader.at < reader.chars.length; first = false) {
    const char = reader.chars[reader.at++];
    if (char === '\\') reader.at++;
    else if (char === ']' && !first) return anything;
    else if (char === '[' && reader.chars[reader.at] === ':') giveUp(reader);
  }
  return anything;
}

function readGroup(reader: Reader, depth: number): Atom {
  if (reader.chars[reader.at] === '?') {
    if (reader.chars[reader.at + 1] !== ':') giveUp(reader);
    reader.at += 2;
  }
  const literals = readChoice(reader, depth + 1);
  if (reader.chars[reader.at++] !== ')') giveUp(reader);
  return { kind: 'other', literals };
}

/** How often the last atom stands: `maybe` not at all, `some` at least once; undefined without a quantifier. */
function readQuantifier(reader: Reader): 'maybe' | 'some' | undefined {
  const times = readTimes(reader);
  if (times !== undefined && reader.chars[reader.at] === '?') reader.at++;
  return times;
}

function readTimes(reader: Reader): 'maybe' | 'some' | undefined {
  const char = reader.chars[reader.at];
  if (char === '*' || char === '?' || char === '+') {
    reader.at++;
    return char === '+' ? 'some' : 'maybe';
  }
  if (char !== '{') return undefined;
  const [whole, least] =
    /^\{([0-9]+)(?:,[0-9]*)?\}/.exec(reader.chars.slice(reader.at, reader.at + 16).join('')) ?? [];
  if (whole === undefined) return undefined;
  reader.at += whole.length;
  return Number(least) === 0 ? 'maybe' : 'some';
}

/** The longer the shortest of them, the rarer; of equals the fewer. */
function moreTelling(one: Literals, other: Literals): Literals {
  if (!one || !other) return one ?? other;
  const difference = shortest(one) - shortest(other) || other.length - one.length;
  return difference >= 0 ? one : other;
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map(({ length }) => length));
}

function giveUp(reader: Reader): void {
  reader.lost = true;
}
