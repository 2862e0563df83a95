import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Environment } from '../../src/config/yaml-file.ts';
import { ConfigError } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/tributary.ts';

/** Files by their paths, and what the environment says. */
export interface Setting {
  readonly files: Readonly<Record<string, string>>;
  readonly environment?: Environment;
}

/** A configuration that is read from files written for it; `folder` is where they lie. */
export interface Loaded extends AsyncDisposable {
  readonly folder: string;
  readonly config: Config;
}

export async function load(given: string | Setting): Promise<Loaded> {
  const { files, environment } = typeof given === 'string' ? { files: { 'config.yaml': given } } : given;
  const folder = await temporaryFolder();
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder.path, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    const config = loadConfig(join(folder.path, 'config.yaml'), environment ?? {});
    return {
      folder: folder.path,
      config,
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    if (error instanceof ConfigError) throw new Complaint(error, folder.path);
    throw error;
  }
}

/** What is wrong with a configuration, each problem as `file:line:column: message`. */
class Complaint extends Error {
  readonly lines: readonly string[];

  constructor({ problems, message }: ConfigError, folder: string) {
    super(message);
    this.lines = problems.map(({ file, line, column, message: told }) => {
      const name = file.startsWith(folder) ? relative(folder, file) : file;
      const place = [name, line, column].filter((part) => part !== undefined).join(':');
      return `${place}: ${told.replaceAll(`${folder}/`, '')}`;
    });
  }
}

/** The problems of a configuration that is refused. */
export async function problemsOf(given: string | Setting): Promise<readonly string[]> {
  try {
    await using loaded = await load(given);
    throw new Error(`accepted: ${JSON.stringify(loaded.config)}`);
  } catch (error) {
    if (error instanceof Complaint) return error.lines;
    throw error;
  }
}
