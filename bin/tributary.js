#!/usr/bin/env node
// Starts the program from dist/ where it was built, else from src/, which an older Node cannot read.
import * as fs from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Before anything uses the pool: host names are looked up in it, and some hang there for half a minute.
process.env.UV_THREADPOOL_SIZE ??= '24';

const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  process.stderr.write(
    `tributary: this is Node ${process.versions.node}, and tributary needs Node 24 or later; npm scripts and npx in the repository bring it along.\n`,
  );
  process.exitCode = 1;
} else {
  if (process.argv[2] === 'serve') startFrugally();
  // What Node has compiled is kept for the next start, where only this user can write.
  nodeModule.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tributary'));
  const built = new URL('../dist/main.js', import.meta.url);
  const source = new URL('../src/main.ts', import.meta.url);
  await import(isCurrent(built, source) ? built.href : source.href);
}

/**
 * A server runs for months, and fetches megabytes that it forgets at once. How much of the memory glibc and V8 keep
 * for the next time is said when a process starts, so it starts once more in its own place. Whoever sets
 * MALLOC_ARENA_MAX has decided that already.
 */
function startFrugally() {
  if (process.platform !== 'linux' || !process.execve || process.env.MALLOC_ARENA_MAX !== undefined) return;
  const isGiven = (flag) => process.execArgv.some((given) => given.startsWith(flag.split('=')[0]));
  // Two threads of V8's own: more of them take the cores from those who answer and fetch.
  const frugal = ['--max-semi-space-size=2', '--heap-growing-percent=40', '--v8-pool-size=2'];
  const flags = frugal.filter((flag) => !isGiven(flag));
  process.execve(process.execPath, [process.argv0, ...flags, ...process.execArgv, ...process.argv.slice(1)], {
    ...process.env,
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    MALLOC_TRIM_THRESHOLD_: '131072',
  });
}

/** In the repository, a build that is older than a source file is not what its author means to run. */
function isCurrent(built, source) {
  if (!fs.existsSync(built)) return false;
  if (!fs.existsSync(source)) return true;
  const builtAt = fs.statSync(built).mtimeMs;
  const src = fileURLToPath(new URL('.', source));
  return fs
    .globSync('**/*.ts', { cwd: src })
    .every((file) => fs.statSync(`${src}/${file}`).mtimeMs <= builtAt);
}
