import type { z } from 'zod';
import type { ConfigProblem } from '../model/errors.ts';
import type { YamlFile } from './yaml-file.ts';

/** What a schema says of a file, or the problems it found there. */
export type Checked<Value> =
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value?: never; readonly problems: readonly ConfigProblem[] };

/**
 * Holds a file against a schema. Each problem says where, what was found and what is allowed.
 * `origins` names the values that did not come from the file, as `server.port` from `PORT`.
 */
export function check<Schema extends z.ZodType>(
  file: YamlFile,
  schema: Schema,
  value: unknown = file.value,
  origins: ReadonlyMap<string, string> = new Map(),
): Checked<z.output<Schema>> {
  if (file.problems.length > 0) return { problems: file.problems };
  const result = schema.safeParse(value ?? {});
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, file, value, origins)) };
}

function problemsOf(
  issue: z.core.$ZodIssue,
  file: YamlFile,
  value: unknown,
  origins: ReadonlyMap<string, string>,
): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file: file.file,
      ...file.locate([...issue.path, key], true),
      message: `found the unknown key ${[...issue.path, key].join('.')}; allowed: ${issue.message}`,
    }));
  }
  const name = issue.path.join('.');
  const found = issue.path.some(isSecret) ? 'a value that is kept secret' : show(valueAt(value, issue.path));
  const message = `${name === '' ? '' : `${name}: `}found ${found}; allowed: ${issue.message}`;
  const origin = origins.get(name);
  if (origin !== undefined) return [{ file: `environment variable ${origin}`, message }];
  return [{ file: file.file, ...file.locate(issue.path), message }];
}

const isSecret = (key: PropertyKey): boolean =>
  key === 'headers' || key === 'adminToken' || key === 'readers';

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** A value as it stands there; what holds others is only named, for a secret may be among them. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
