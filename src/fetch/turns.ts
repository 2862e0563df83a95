/** Work that is done by so many at a time, in the order in which they came. */
export interface Turns {
  /** Waits for a turn; gives what ends it. */
  readonly take: () => Promise<() => void>;
}

export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    take: async () => {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      else free -= 1;
      return leave;
    },
  };
}
