import { setTimeout as sleep } from 'node:timers/promises';

/** A feed's text once it has stayed the same for so long: everything that was polled is in it. */
export async function settled(url: string, quietMs = 2000): Promise<string> {
  let text = '';
  let sameSince = performance.now();
  while (performance.now() - sameSince < quietMs) {
    const next = await textOf(url);
    if (next !== text) sameSince = performance.now();
    text = next;
    await sleep(50);
  }
  return text;
}

export async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}
