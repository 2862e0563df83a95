/** Those who wait for everything else to have its turn. */
const waiting: (() => void)[] = [];

/**
 * Lets everything else that waits have its turn: promises alone never do. One goes on in each turn of the event loop:
 * if all did, a request would wait for the work of all of them.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(letOneGoOn);
  });
}

function letOneGoOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOneGoOn);
}
