import { Problem } from './problem.ts';

/** A query as Fastify reads it: a value, or several under one name. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** All values of a parameter that may be repeated; undefined where it is absent. Unknown ones are 404, as their feeds are. */
export function repeated(
  query: Query,
  name: string,
  known: ReadonlySet<string>,
): readonly string[] | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const values = typeof value === 'string' ? [value] : value;
  for (const one of values) {
    if (!known.has(one))
      throw new Problem(
        404,
        `${name}: found ${show(one)}; allowed: the id of a ${name.replace('exclude-', '')} that is published here.`,
      );
  }
  return values;
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(
  query: Query,
  name: string,
  words: Words,
): Words[number] | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw new Problem(400, `${name}: found ${show(value)}; allowed: ${words.join(', ')}.`);
}

/** A whole number within its bounds. */
export function wholeNumber(query: Query, name: string, min: number, max: number): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max) return number;
  throw new Problem(400, `${name}: found ${show(value)}; allowed: a whole number from ${min} to ${max}.`);
}

/** One text of a bounded length. */
export function oneText(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && value.length <= 500) return value;
  throw new Problem(
    400,
    `${name}: found ${typeof value === 'string' ? `${value.length} characters` : 'several values'}; allowed: one text of up to 500 characters.`,
  );
}

function show(value: unknown): string {
  return JSON.stringify(value).slice(0, 80);
}
