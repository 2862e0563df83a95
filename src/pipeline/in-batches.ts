import { breathe } from './breathe.ts';

/** Works on so many values at a time, in order, and lets everything else have its turn in between. */
export async function inBatches<Value, Result>(
  values: readonly Value[],
  size: number,
  work: (batch: readonly Value[]) => Promise<readonly Result[]> | readonly Result[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < values.length; at += size) {
    if (at > 0) await breathe();
    results.push(...(await work(values.slice(at, at + size))));
  }
  return results;
}
