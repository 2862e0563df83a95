/**
 * Every error class of the program. Each has a stable `code`; a message begins with the part that speaks
 * and names the thing: `parse: feeds/x/sample.md line 41: …`. Expected outcomes of work (a source that is
 * down, an unchanged document) are values, not errors.
 */

export class TributaryError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A document that cannot be read at all: not of its format, empty, binary. */
export class FeedParseError extends TributaryError {
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;

  constructor(
    code: string,
    message: string,
    position: { line?: number | undefined; column?: number | undefined } = {},
  ) {
    super(code, message);
    if (position.line !== undefined) this.line = position.line;
    if (position.column !== undefined) this.column = position.column;
  }
}

/** One thing that is wrong in a configuration file. */
export interface ConfigProblem {
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** What was found and what is allowed. */
  readonly message: string;
}

/** A configuration that cannot be used; every problem that was found is listed. */
export class ConfigError extends TributaryError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super('config', problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** `config: config/tributary.yaml:4:9: …` */
export function formatProblem(problem: ConfigProblem): string {
  const position = [problem.file, problem.line, problem.column]
    .filter((part) => part !== undefined)
    .join(':');
  return `config: ${position}: ${problem.message}`;
}

/** A store that cannot be opened or used: damaged, locked, of a newer version, a full disk. */
export class StoreError extends TributaryError {}

/** A command line that makes no sense. */
export class UsageError extends TributaryError {
  constructor(message: string) {
    super('usage', message);
  }
}
