import type { Command, ExitCode, Terminal } from './cli/command.ts';
import { TributaryError, ConfigError, UsageError } from './model/errors.ts';
import { version } from './version.ts';

/** Loaded when they are asked for: `explain` does not wait for the server's code. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./cli/serve.ts')).serve,
  poll: async () => (await import('./cli/poll.ts')).poll,
  parse: async () => (await import('./cli/parse.ts')).parse,
  check: async () => (await import('./cli/check.ts')).check,
  explain: async () => (await import('./cli/explain.ts')).explain,
  topics: async () => (await import('./cli/topics.ts')).topics,
  'take-down': async () => (await import('./cli/take-down.ts')).takeDown,
  opml: async () => (await import('./cli/opml.ts')).opml,
  schema: async () => (await import('./cli/schema.ts')).schema,
};

const stop = new AbortController();

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  });
}

// Whoever reads our output may leave before it ends: `tributary parse … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  isInteractive: process.stderr.isTTY,
  environment: process.env,
  stdin: process.stdin,
  stop: stop.signal,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = '--help', ...args]: readonly string[]): Promise<ExitCode> {
  try {
    if (name === '--version') return say(version);
    if (name === '--help' || name === '-h' || name === 'help') return say(await help());
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load)
      throw new UsageError(
        `usage: found ${JSON.stringify(name)}; allowed: ${Object.keys(commands).join(', ')}`,
      );
    const command = await load();
    if (args.includes('--help') || args.includes('-h')) return say(command.help);
    return await command.run(args, terminal);
  } catch (error) {
    return complain(error);
  }
}

function say(text: string): ExitCode {
  terminal.out(`${text}\n`);
  return 0;
}

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(11)}${(await load()).summary}`),
  );
  return `tributary ${version}: many feeds flow in, one clean river flows out.

tributary COMMAND [--help]

${lines.join('\n')}`;
}

/** One plain sentence for what a person did or can mend; a defect shows where it is. */
function complain(error: unknown): ExitCode {
  if (error instanceof TributaryError) {
    terminal.error(`${error.message}\n`);
    return error instanceof ConfigError || error instanceof UsageError ? 2 : 1;
  }
  terminal.error(`tributary: a defect in the program: ${(error as Error).message}\n`);
  if (process.env['TRIBUTARY_DEBUG']) terminal.error(`${(error as Error).stack ?? ''}\n`);
  return 1;
}
