/** Bytes of documents that were fetched and are not stored yet: while they are many, no more are asked for. */
export interface PendingBytes {
  readonly isFull: () => boolean;
  readonly add: (bytes: number) => void;
  readonly remove: (bytes: number) => void;
  /** Waits until there is room. */
  readonly room: () => Promise<void>;
}

export function createPendingBytes(most: number): PendingBytes {
  const waiting: (() => void)[] = [];
  let pending = 0;
  const isFull = (): boolean => pending > most;
  return {
    isFull,
    add: (bytes) => {
      pending += bytes;
    },
    remove: (bytes) => {
      pending -= bytes;
      if (!isFull()) waiting.shift()?.();
    },
    room: async () => {
      if (isFull()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
