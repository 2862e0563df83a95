/**
 * What is made on request, and kept as long as there is room; what was asked for longest ago goes first. What has
 * changed since stays as well, for another is sooner made of it than of nothing, but is given to nobody.
 */
export interface MadeOnRequest<Value> {
  /**
   * The one of this name as it is now, made where it is not here; requests while it is being made share it. `before`
   * is the one that it was.
   */
  readonly get: (name: string, make: (before: Value | undefined) => Promise<Value>) => Promise<Value>;
  /** The one of this name as it is now, where it is here, which counts as asking for it. */
  readonly here: (name: string) => Value | undefined;
  /** The one of this name as it is or was, without counting. */
  readonly known: (name: string) => Value | undefined;
  /** Whether it is here as it is now, and was asked for a little while ago. */
  readonly isInDemand: (name: string) => boolean;
  /** Puts another in the place of one that is here, without counting; room is made when the next is kept. */
  readonly replace: (name: string, value: Value) => void;
  readonly isBeingMade: (name: string) => boolean;
  /** Says that it has changed, also while it is being made: the next who asks gets another. */
  readonly outdate: (name: string) => void;
  /** Forgets all; what is being made is given to those who wait for it and is not kept. */
  readonly clear: () => void;
}

/** Whoever asks more often than this finds what was asked for in memory, however often it changes. */
const demandMs = 60_000;

interface Kept<Value> {
  readonly value: Value;
  readonly isCurrent: boolean;
  readonly askedAt: number;
}

/** All of them together take at most `maxBytes`, by what `sizeOf` says. */
export function createMadeOnRequest<Value>(
  maxBytes: number,
  sizeOf: (value: Value) => number,
  now: () => Date,
): MadeOnRequest<Value> {
  /** In the order in which they were asked for. */
  let kept = new Map<string, Kept<Value>>();
  let beingMade = new Map<string, Promise<Value>>();
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
  const start: MadeOnRequest<Value>['get'] = (name, make) => {
    const [keptThen, beingMadeThen] = [kept, beingMade];
    const making = make(kept.get(name)?.value)
      .then((value) => {
        const isCurrent = beingMade.get(name) === making;
        const isBetter = isCurrent || kept.get(name)?.isCurrent !== true;
        if (kept === keptThen && isBetter) keep(name, { value, isCurrent, askedAt: now().getTime() });
        return value;
      })
      .finally(() => {
        if (beingMadeThen.get(name) === making) beingMadeThen.delete(name);
      });
    beingMade.set(name, making);
    return making;
  };
  return {
    get: (name, make) => {
      const known = here(name);
      return known === undefined ? (beingMade.get(name) ?? start(name, make)) : Promise.resolve(known);
    },
    here,
    known: (name) => kept.get(name)?.value,
    isInDemand: (name) => {
      const known = kept.get(name);
      return known?.isCurrent === true && now().getTime() - known.askedAt < demandMs;
    },
    replace: (name, value) => {
      const known = kept.get(name);
      if (!known) return;
      bytes += sizeOf(value) - sizeOf(known.value);
      kept.set(name, { ...known, value });
    },
    isBeingMade: (name) => beingMade.has(name),
    outdate: (name) => {
      const known = kept.get(name);
      if (known) kept.set(name, { ...known, isCurrent: false });
      beingMade.delete(name);
    },
    clear: () => {
      kept = new Map();
      beingMade = new Map();
      bytes = 0;
    },
  };
}
