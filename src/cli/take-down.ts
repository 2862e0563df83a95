import { configPath, loadConfig } from '../config/load.ts';
import { TributaryError, UsageError } from '../model/errors.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const takeDown: Command = {
  summary: 'remove an item from every output, for good',
  help: `tributary take-down ID [--config FILE]

Removes an item, by its entry id or its API id: its text is deleted, every feed loses it and tells so with a
tombstone (RFC 6721), and it is never taken in again. A server on the same store shows it within 2 s.

${configHelp}`,
  run: async (args, terminal) => {
    const { values, positionals } = readArguments(args, configOption, 'some');
    const [id, ...others] = positionals;
    if (id === undefined || others.length > 0)
      throw new UsageError('usage: take-down needs one entry id or API id');
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    const store = openSqliteStore(config.store.path, config.site.authority);
    try {
      const entryId = (await store.itemByApiId(id))?.entryId ?? id;
      if (!(await store.takeDown(entryId, new Date()))) {
        throw new TributaryError('unknown-item', `take-down: the store has no item ${id}`);
      }
      terminal.out(`${entryId} is taken down\n`);
      return 0;
    } finally {
      await store.close();
    }
  },
};
