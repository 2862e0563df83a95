import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../model/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The exit status of the program: 0 done, 1 the work failed, 2 bad usage or bad configuration. */
export type ExitCode = 0 | 1 | 2;

/** Where a command writes and what it is told from outside. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether a person watches stderr. */
  readonly isInteractive: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Aborted when the program is asked to stop. */
  readonly stop: AbortSignal;
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text, usage first. */
  readonly help: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

/**
 * Options and positionals of a command line.
 * @throws UsageError that names what is wrong.
 */
export function readArguments<const Given extends Options>(
  args: readonly string[],
  options: Given,
  positionals: 'none' | 'some' = 'none',
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals === 'some', strict: true });
  } catch (error) {
    throw new UsageError(`usage: ${(error as Error).message.split('. ')[0] ?? 'bad arguments'}`);
  }
}

/** The option that every command that reads the configuration has. */
export const configOption = { config: { type: 'string' } } as const;

export const configHelp =
  '  --config FILE   the configuration (default: TRIBUTARY_CONFIG, then config/tributary.yaml)';
