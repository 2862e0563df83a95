/** Runs one benchmark in this process and sends its results to the one that asked. */
import { benches } from './registry.ts';

const { bench } = (await benches[process.argv[2] ?? '']?.load()) ?? {};
const results = await bench?.();
process.send?.(results, () => process.exit());
