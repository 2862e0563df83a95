import { createApp } from '../app.ts';
import { configPath, loadConfig } from '../config/load.ts';
import { UsageError } from '../model/errors.ts';
import type { PollOutcome, Source } from '../model/source.ts';
import { createLog } from '../observe/log.ts';
import { configHelp, configOption, readArguments, type Command, type Terminal } from './command.ts';

export const poll: Command = {
  summary: 'read the sources that are due once, then exit',
  help: `tributary poll [--config FILE] [--source ID]… [--force]

Makes one pass over the sources that are due, then exits: 0 when all were read, 1 when one failed. It may run
beside a server on the same store.

${configHelp}
  --source ID     only this source; may be repeated
  --force         also what is not due`,
  run: async (args, terminal) => {
    const { values } = readArguments(args, {
      ...configOption,
      source: { type: 'string', multiple: true },
      force: { type: 'boolean' },
    });
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    const enabled = config.sources.filter((source) => source.enabled);
    const wanted = choose(enabled, values.source);
    const log = createLog(terminal.isInteractive ? 'silent' : config.logLevel);
    const app = await createApp(
      config,
      config.site.url ?? `http://${config.server.host}:${config.server.port}`,
      log,
    );
    const progress = createProgress(terminal, wanted.length);
    try {
      terminal.stop.addEventListener('abort', () => void app.poller.drain());
      const outcomes = await app.poller.pass(wanted, { force: values.force ?? false, onDone: progress.done });
      progress.finish(outcomes);
      return [...outcomes.values()].some(({ kind }) => kind === 'failed') ? 1 : 0;
    } finally {
      await app.close();
    }
  },
};

function choose(sources: readonly Source[], ids: readonly string[] | undefined): readonly Source[] {
  if (!ids) return sources;
  return ids.map((id) => {
    const source = sources.find((candidate) => candidate.id === id);
    if (source) return source;
    throw new UsageError(
      `usage: --source: found ${id}; allowed: ${sources.map((known) => known.id).join(', ') || 'none, for none is configured'}`,
    );
  });
}

/** One line that changes on a terminal; where nobody watches, the log tells. */
function createProgress({ isInteractive, error }: Terminal, total: number) {
  let count = 0;
  return {
    done: (source: Source, outcome: PollOutcome | undefined): void => {
      count += 1;
      if (!isInteractive) return;
      const added = outcome?.new === undefined ? '' : ` +${outcome.new}`;
      error(`\r\u001b[K${count}/${total} ${source.id} ${outcome?.kind ?? 'not claimed'}${added}`);
    },
    finish: (outcomes: ReadonlyMap<string, PollOutcome>): void => {
      if (!isInteractive) return;
      const added = [...outcomes.values()].reduce((sum, outcome) => sum + (outcome.new ?? 0), 0);
      const failures = [...outcomes].filter(([, { kind }]) => kind === 'failed');
      error(
        `\r\u001b[K${outcomes.size} of ${total} sources read, ${added} new items, ${failures.length} failed\n`,
      );
      for (const [id, outcome] of failures) error(`  ${id}: ${outcome.error?.message ?? 'failed'}\n`);
    },
  };
}
