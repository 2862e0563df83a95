import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from './settled.ts';

/** Items that were new since the server started. */
export async function newItems(url: string): Promise<number> {
  const text = await textOf(`${url}/metrics`);
  const counts = [...text.matchAll(/^tributary_new_items_total\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Ends when a server has taken in so many items. */
export async function ingested(url: string, items: number): Promise<void> {
  while ((await newItems(url)) < items) await sleep(100);
}
