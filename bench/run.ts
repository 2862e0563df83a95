/**
 * Measures what the program promises, each thing against another that is run in turn with it:
 * `npm run bench [-- NAME…] [--all] [--write]`. With `--write` the table goes to bench/RESULTS.md.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benches } from './registry.ts';
import { holds, type Result } from './result.ts';
import { markdownTable } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, write: { type: 'boolean' } },
});

const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`bench: found ${unknown.join(', ')}; allowed: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

const wanted = Object.entries(benches)
  .filter(([name, { long }]) =>
    positionals.length > 0 ? positionals.includes(name) : values.all === true || long !== true,
  )
  .map(([name]) => name);

const results: Result[] = [];
for (const name of wanted) results.push(...(await runAlone(name)));

const table = markdownTable(results);
console.log(table);
if (values.write === true) writeFileSync(new URL('RESULTS.md', import.meta.url), report(table));
process.exitCode = results.some((result) => holds(result) === false) ? 1 : 0;

/** Each benchmark has a process of its own, so that none meets what another left behind. */
async function runAlone(name: string): Promise<readonly Result[]> {
  console.error(`${name} …`);
  const child = fork(new URL('one.ts', import.meta.url), [name], { execArgv: ['--expose-gc'] });
  let found: readonly Result[] | undefined;
  child.on('message', (message) => {
    found = message as readonly Result[];
  });
  await once(child, 'exit');
  if (!found) console.error(`bench: ${name} gave no result`);
  return found ?? [];
}

function report(measured: string): string {
  const [cpu] = cpus();
  return `# Results

Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.version.slice(1)} on ${availableParallelism()} cores (${cpu?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, by \`npm run bench\`.

Each row compares two things that were measured in turn, at least five times each after a warm-up. The figures are medians; the ratio is the median of the rounds' ratios, tributary's figure over the other's, with the least and the most of them. The documents are made from a seed.

${measured}`;
}
