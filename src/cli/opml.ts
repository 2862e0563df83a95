import { readFileSync } from 'node:fs';
import { configPath, loadConfig } from '../config/load.ts';
import { addSubscriptions, readOpml } from '../config/opml.ts';
import { TributaryError, UsageError } from '../model/errors.ts';
import { renderOpml } from '../publish/opml.ts';
import { configHelp, configOption, readArguments, type Command } from './command.ts';

export const opml: Command = {
  summary: 'take subscriptions in from OPML, or write them out',
  help: `tributary opml import FILE [--config FILE]
tributary opml export [--config FILE]

import adds the subscriptions of an OPML file to the configuration file, those it has not yet; export prints
the sources as OPML 2.0.

${configHelp}`,
  run: async (args, terminal) => {
    const { values, positionals } = readArguments(args, configOption, 'some');
    const [action, file, ...others] = positionals;
    const config = loadConfig(values.config ?? configPath(terminal.environment), terminal.environment);
    const sources = config.definitions.flatMap(({ source, reading }) => ({
      text: source?.title ?? reading.id,
      ...(reading.url !== undefined && { xmlUrl: reading.url }),
    }));
    if (action === 'export' && file === undefined) {
      terminal.out(
        renderOpml(
          `${config.site.title} · sources`,
          sources.filter(({ xmlUrl }) => xmlUrl !== undefined),
        ),
      );
      return Promise.resolve(0);
    }
    if (action !== 'import' || file === undefined || others.length > 0) {
      throw new UsageError('usage: opml import FILE, or opml export');
    }
    const added = addSubscriptions(config.file, readOpml(read(file), file), {
      ids: new Set(config.definitions.map(({ reading }) => reading.id)),
      urls: new Set(sources.flatMap(({ xmlUrl }) => xmlUrl ?? [])),
    });
    for (const { id, url } of added) terminal.out(`${id}\t${url}\n`);
    terminal.error(`${added.length} sources added to ${config.file}\n`);
    return Promise.resolve(0);
  },
};

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TributaryError('opml', `opml: ${file} cannot be read: ${(error as Error).message}`);
  }
}
