import { createTurns } from '../fetch/turns.ts';

/**
 * What is made on request, and kept as long as there is room; what was asked for longest ago goes first. What has
 * changed since stays as well, for another is sooner made of it than of nothing, but is given to nobody.
 */
export interface MadeOnRequest<Value> {
  /** The one of this name as it is now, made where it is not here; requests while it is being made share it. */
  readonly get: (name: string, make: Make<Value>) => Promise<Value>;
  /** The one of this name as it is now, where it is here, which counts as asking for it. */
  readonly here: (name: string) => Value | undefined;
  /** The same, without counting. */
  readonly peek: (name: string) => Value | undefined;
  /** The one of this name as it is or was, without counting. */
  readonly known: (name: string) => Value | undefined;
  /** Whether it was asked for a little while ago and is here, as it is or was. */
  readonly isInDemand: (name: string) => boolean;
  readonly isBeingMade: (name: string) => boolean;
  /**
   * Puts what is the one of this name now in the place of the one that it was made of, without counting. Where that
   * is here no more, nothing is done. Room is made when the next is kept.
   */
  readonly replace: (name: string, before: Value, value: Value) => void;
  /**
   * Says that it has changed: the next who asks gets another. What is being made is for those who wait for it; what
   * has not begun yet is another.
   */
  readonly outdate: (name: string) => void;
  /** The same, and nothing is to be made of what it was; what is being made is not kept. */
  readonly forget: (name: string) => void;
  /** Forgets all. */
  readonly clear: () => void;
}

/** `before` is what it was, where that is known; `isCurrent` tells whether it has not changed since this began. */
export type Make<Value> = (before: Value | undefined, isCurrent: () => boolean) => Promise<Value>;

/** Whoever asks more often than this finds what was asked for in memory, however often it changes. */
const demandMs = 60_000;

/** So many are made at once: they share one thread, and each takes memory until it is done. */
const atOnce = 4;

interface Kept<Value> {
  readonly value: Value;
  readonly isCurrent: boolean;
  readonly askedAt: number;
}

interface Making<Value> {
  /** Not to be kept, whatever becomes of it. */
  isForgotten: boolean;
  value?: Promise<Value>;
}

/** All of them together take at most `maxBytes`, by what `sizeOf` says, whenever another one is kept. */
export function createMadeOnRequest<Value>(
  maxBytes: number,
  sizeOf: (value: Value) => number,
  now: () => Date,
): MadeOnRequest<Value> {
  /** In the order in which they were asked for. */
  const kept = new Map<string, Kept<Value>>();
  /** What those share who ask now. */
  const shared = new Map<string, Making<Value>>();
  /** What is being made, which may have changed since it began. */
  const begun = new Map<string, Making<Value>>();
  /** The last of each name that was asked for, and is not done. */
  const last = new Map<string, Promise<Value>>();
  const turns = createTurns(atOnce);
  let bytes = 0;
  const remove = (name: string): void => {
    const known = kept.get(name);
    if (!known) return;
    kept.delete(name);
    bytes -= sizeOf(known.value);
  };
  const keep = (name: string, value: Kept<Value>): void => {
    remove(name);
    kept.set(name, value);
    bytes += sizeOf(value.value);
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) break;
      remove(oldest);
    }
  };
  const here = (name: string): Value | undefined => {
    const known = kept.get(name);
    if (!known?.isCurrent) return undefined;
    kept.delete(name);
    kept.set(name, { ...known, askedAt: now().getTime() });
    return known.value;
  };
  const make = async (name: string, making: Making<Value>, by: Make<Value>): Promise<Value> => {
    const leaveTurn = await turns.take();
    begun.set(name, making);
    const isCurrent = () => shared.get(name) === making;
    try {
      const value = await by(kept.get(name)?.value, isCurrent);
      const isBetter = isCurrent() || kept.get(name)?.isCurrent !== true;
      if (!making.isForgotten && isBetter)
        keep(name, { value, isCurrent: isCurrent(), askedAt: now().getTime() });
      return value;
    } finally {
      if (begun.get(name) === making) begun.delete(name);
      leaveTurn();
    }
  };
  /** One after the other of a name, so that each can be made of the one before. */
  const start: MadeOnRequest<Value>['get'] = (name, by) => {
    const making: Making<Value> = { isForgotten: false };
    const begin = () => make(name, making, by);
    const earlier = last.get(name);
    const value = (earlier ? earlier.then(begin, begin) : begin()).finally(() => {
      if (shared.get(name) === making) shared.delete(name);
      if (last.get(name) === value) last.delete(name);
    });
    making.value = value;
    shared.set(name, making);
    last.set(name, value);
    return value;
  };
  /** Who asks from now on does not share what has begun. */
  const leave = (name: string): void => {
    if (begun.get(name) === shared.get(name)) shared.delete(name);
  };
  const forget = (name: string): void => {
    remove(name);
    leave(name);
    last.delete(name);
    const making = begun.get(name);
    if (making) making.isForgotten = true;
  };
  return {
    get: (name, make) => {
      const known = here(name);
      return known === undefined ? (shared.get(name)?.value ?? start(name, make)) : Promise.resolve(known);
    },
    here,
    peek: (name) => {
      const known = kept.get(name);
      return known?.isCurrent === true ? known.value : undefined;
    },
    known: (name) => kept.get(name)?.value,
    isInDemand: (name) => now().getTime() - (kept.get(name)?.askedAt ?? -Infinity) < demandMs,
    isBeingMade: (name) => begun.has(name),
    replace: (name, before, value) => {
      const known = kept.get(name);
      if (known?.value !== before) return;
      bytes += sizeOf(value) - sizeOf(before);
      kept.set(name, { ...known, value, isCurrent: true });
    },
    outdate: (name) => {
      const known = kept.get(name);
      if (known) kept.set(name, { ...known, isCurrent: false });
      leave(name);
    },
    forget,
    clear: () => {
      for (const name of new Set([...kept.keys(), ...begun.keys()])) forget(name);
    },
  };
}
