import { runLedger } from '../test/reliability/ledger.ts';

/** `npm run soak [KILLS] [SEED]`: kills the program again and again, and counts what that costs. */
const [kills = 500, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);

process.stdout.write(`soak: ${kills} kills, seed ${seed}\n`);
const result = await runLedger({
  kills,
  seed,
  onKill: (count) => {
    if (count % 25 === 0) process.stdout.write(`soak: ${count} kills\n`);
  },
});
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);

const { lost, doubled, changed, illFormed } = result;
process.exitCode = [lost, doubled, changed, illFormed].some((list) => list.length > 0) ? 1 : 0;
