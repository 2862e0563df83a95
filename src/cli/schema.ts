import { z } from 'zod';
import { configSchema, sourceFileSchema, topicsSchema } from '../config/schema.ts';
import { readArguments, type Command } from './command.ts';

export const schema: Command = {
  summary: 'print the JSON Schema of the configuration files',
  help: `tributary schema

Prints the JSON Schema of the configuration file, with those of source.yaml and topics.yaml under $defs, for
editors.`,
  run: (args, terminal) => {
    readArguments(args, {});
    const of = (what: z.ZodType) => z.toJSONSchema(what, { io: 'input', unrepresentable: 'any' });
    const document = {
      ...of(configSchema),
      title: 'tributary configuration',
      $defs: { source: of(sourceFileSchema), topics: of(topicsSchema) },
    };
    terminal.out(`${JSON.stringify(document, null, 2)}\n`);
    return Promise.resolve(0);
  },
};
