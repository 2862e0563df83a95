import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of the repository. */
export const repository = join(import.meta.dirname, '..', '..');

/** Where Node keeps what it compiled: a run starts in half the time. */
const compileCache = join(tmpdir(), 'tributary-test-compile-cache');

const launcher = join(repository, 'bin', 'tributary.js');

/** How a run of the program ended, and all that it wrote. */
export interface Finished {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

/** Runs `tributary` with these arguments to its end. */
export async function tributary(args: readonly string[], options: Options = {}): Promise<Finished> {
  const { child, finished } = start(args, options);
  child.stdin?.on('error', () => undefined).end(options.input);
  return finished;
}

/** A server in a process of its own. */
export interface Serving {
  /** `http://127.0.0.1:12345`, from its log. */
  readonly url: string;
  readonly pid: number;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly finished: Promise<Finished>;
}

/**
 * Starts `tributary serve` on any free port.
 * @throws Error with what it wrote where it ended before it served.
 */
export async function serve(args: readonly string[], options: Options = {}): Promise<Serving> {
  const { child, finished, output } = start(['serve', '--port', '0', ...args], options);
  const listening = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const [, url] = /"address":"(http:[^"]+)"/.exec(output.out()) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    listening,
    finished.then(({ out, err }): never => {
      throw new Error(`serve ended before it served:\n${out}${err}`);
    }),
  ]);
  return { url, pid: child.pid ?? NaN, finished, signal: (name) => void child.kill(name) };
}

/** Asks until the answer is as wanted, for work that goes on in another process; for 15 s, or as long as is said. */
export async function until<Value>(
  ask: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
  forMs = 15_000,
): Promise<Value> {
  const giveUpAt = Date.now() + forMs;
  for (;;) {
    const value = await ask();
    if (isWanted(value)) return value;
    if (Date.now() > giveUpAt) throw new Error(`until: still ${JSON.stringify([value]).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** An empty folder for the time of a test: `await using folder = await temporaryFolder()`. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'tributary-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the program with nothing of the environment that configures it. */
export function start(
  args: readonly string[],
  { cwd = tmpdir(), env = {} }: Options,
): {
  child: ChildProcess;
  finished: Promise<Finished>;
  output: { readonly out: () => string; readonly err: () => string };
} {
  const { PATH = '', TMPDIR = '' } = process.env;
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE: compileCache, ...(TMPDIR !== '' && { TMPDIR }), ...env },
  });
  const output = { out: collect(child.stdout), err: collect(child.stderr) };
  const finished = once(child, 'close').then(([status]) => ({
    status: status as number | null,
    out: output.out(),
    err: output.err(),
  }));
  return { child, finished, output };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
