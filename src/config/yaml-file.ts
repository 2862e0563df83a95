import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { ConfigProblem } from '../model/errors.ts';

/** Values from outside that a file may name as `${NAME}`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A parsed YAML file that knows where each of its values stands. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Line and column of the value at a path, or of the nearest one around it; of a key when `atKey`. */
  readonly locate: (path: readonly PropertyKey[], atKey?: boolean) => { line?: number; column?: number };
}

/**
 * Reads a file and replaces `${NAME}` and `${NAME:-default}` inside string values. The replacement happens
 * after parsing: positions stay true, and no value can inject YAML. A value that is nothing but one
 * unquoted replacement may become a number or a boolean.
 */
export function readYamlFile(file: string, environment: Environment): YamlFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    return { file, value: undefined, problems: [{ file, message: reason }], locate: () => ({}) };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems: ConfigProblem[] = document.errors.map((error) => ({
    file,
    ...at(error.pos[0]),
    message: `not YAML: ${error.message}`,
  }));
  if (problems.length === 0) problems.push(...substitute(document, environment, file, at));
  return {
    file,
    value: problems.length === 0 ? (document.toJS() as unknown) : undefined,
    problems,
    locate: (path, atKey = false) => {
      const offset = offsetOf(document, path, atKey);
      return offset === undefined ? {} : at(offset);
    },
  };
}

function substitute(
  document: Document.Parsed,
  environment: Environment,
  file: string,
  at: (offset: number) => { line: number; column: number },
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const whole = node.type === 'PLAIN' && /^\$\{[^{}]*\}$/.test(node.value);
      const text = node.value.replace(
        /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}/g,
        (found, name: string, fallback?: string) => {
          const given = environment[name];
          if (given !== undefined && given !== '') return given;
          if (fallback !== undefined) return fallback;
          if (given !== undefined) return given;
          problems.push({
            file,
            ...at(node.range?.[0] ?? 0),
            message: `found ${found}, but the environment has no ${name}; allowed: set it, or give a default as \${${name}:-…}`,
          });
          return '';
        },
      );
      node.value = whole ? plainValue(text) : text;
    },
  });
  return problems;
}

function plainValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
}

function offsetOf(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  atKey: boolean,
): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true);
    const name = path[length - 1];
    if (atKey && isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === name);
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { range?: [number, number, number] | null } | null | undefined)?.range;
    if (range) return range[0];
  }
  return undefined;
}
