import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createFetcher } from '../fetch/fetch.ts';
import { defaultFetchSettings } from '../config/defaults.ts';
import { loadConfig } from '../config/load.ts';
import { sourceFormats, type SourceFormat } from '../model/feed.ts';
import { FeedParseError, UsageError } from '../model/errors.ts';
import type { Source } from '../model/source.ts';
import { parseFeed } from '../normalize/parse-feed.ts';
import { isTimezone } from '../text/zones.ts';
import { version } from '../version.ts';
import { configOption, readArguments, type Command, type Terminal } from './command.ts';

export const parse: Command = {
  summary: 'print documents as canonical JSON, one line each',
  help: `tributary parse FILE|URL|- … [--format F] [--content-type T] [--base-url U] [--timezone Z] [--language L] [--config FILE]

Prints each document as one line of canonical JSON. A document that cannot be read is a line with "input" and
"error", and the exit status is 1.

  --format F        ${sourceFormats.join(', ')} (default: auto)
  --content-type T  the HTTP Content-Type it came with
  --base-url U      where it came from: relative URLs are resolved against it
  --timezone Z      for times that give no zone
  --language L      what language it is in
  --config FILE     whose "fetch" section says how URLs are read, and which addresses are allowed`,
  run: async (args, terminal) => {
    const { values, positionals } = readArguments(
      args,
      {
        format: { type: 'string' },
        'content-type': { type: 'string' },
        'base-url': { type: 'string' },
        timezone: { type: 'string' },
        language: { type: 'string' },
        ...configOption,
      },
      'some',
    );
    if (positionals.length === 0)
      throw new UsageError('usage: parse needs a file, a URL or - for standard input');
    const format = values.format as SourceFormat | undefined;
    if (format !== undefined && !sourceFormats.includes(format)) {
      throw new UsageError(
        `usage: --format: found ${JSON.stringify(values.format)}; allowed: ${sourceFormats.join(', ')}`,
      );
    }
    if (values.timezone !== undefined && !isTimezone(values.timezone)) {
      throw new UsageError(
        `usage: --timezone: found ${JSON.stringify(values.timezone)}; allowed: an IANA time zone as Asia/Shanghai`,
      );
    }
    const { config } = values;
    const settings =
      config === undefined ? defaultFetchSettings() : loadConfig(config, terminal.environment).fetch;
    let failures = 0;
    for (const input of positionals) {
      const line = await parseOne(input, terminal, settings, {
        format,
        contentType: values['content-type'],
        url: values['base-url'],
        timezone: values.timezone,
        language: values.language,
      });
      if ('error' in line) failures += 1;
      terminal.out(`${JSON.stringify(line)}\n`);
      if ('error' in line && positionals.length === 1) terminal.error(`${line.error.message}\n`);
    }
    return failures > 0 ? 1 : 0;
  },
};

interface Hints {
  readonly format: SourceFormat | undefined;
  readonly contentType: string | undefined;
  readonly url: string | undefined;
  readonly timezone: string | undefined;
  readonly language: string | undefined;
}

type Settings = ReturnType<typeof defaultFetchSettings>;

async function parseOne(input: string, terminal: Terminal, settings: Settings, hints: Hints) {
  const fetchedAt = new Date();
  try {
    const { bytes, url, headers } = await readInput(input, terminal, settings);
    return parseFeed(bytes, { fetchedAt, headers, ...hints, url: hints.url ?? url });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const line = error instanceof FeedParseError ? error.line : undefined;
    return {
      input,
      error: {
        code: code ?? 'internal',
        message: message.replace(/^parse: /, `parse: ${input}: `),
        ...(line !== undefined && { line }),
      },
    };
  }
}

async function readInput(
  input: string,
  { stdin }: Terminal,
  settings: Settings,
): Promise<{ bytes: Uint8Array; url?: string; headers?: Readonly<Record<string, string>> }> {
  if (input === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks) };
  }
  if (!/^https?:\/\//i.test(input)) {
    const bytes = await readFile(input).catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new FeedParseError(
        'unreadable',
        `parse: cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}`,
      );
    });
    return { bytes, url: pathToFileURL(input).href };
  }
  const fetcher = createFetcher({ userAgent: `tributary/${version}`, ...settings });
  try {
    const outcome = await fetcher.fetch(sourceFor(input), {});
    if (outcome.kind === 'fetched') return outcome;
    throw new FeedParseError(
      'unreachable',
      outcome.kind === 'failed' ? outcome.error.message : `fetch: ${input} is gone`,
    );
  } finally {
    await fetcher.close();
  }
}

function sourceFor(url: string): Source {
  return {
    id: 'input',
    title: url,
    location: { kind: 'http', url },
    format: 'auto',
    timezone: 'UTC',
    enabled: true,
    headers: {},
    private: false,
    topics: [],
    columns: [],
    dedupe: 'none',
    keep: [],
    drop: [],
    explode: false,
    republish: 'full',
    expect: {},
    rank: 0,
  };
}
