/**
 * The same work, never twice at once: a call while it is under way waits for one more run after it, and all
 * such calls share that run, which sees everything that happened before they were made.
 */
export function shareCalls(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const call = (): Promise<void> => {
    if (current) {
      next ??= current.then(ignore, ignore).then(() => {
        next = undefined;
        return call();
      });
      return next;
    }
    current = work().finally(() => (current = undefined));
    return current;
  };
  return call;
}

const ignore = (): void => undefined;
