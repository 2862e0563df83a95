/** What is made on request, and kept as long as there is room; what was asked for longest ago goes first. */
export interface MadeOnRequest<Value> {
  /** The one of this name, made where it is not here; requests while it is being made share it. */
  readonly get: (name: string, make: () => Promise<Value>) => Promise<Value>;
  /** The one of this name where it is here, which counts as asking for it. */
  readonly here: (name: string) => Value | undefined;
  /** The same, without counting. */
  readonly peek: (name: string) => Value | undefined;
  /** Forgets one; where it is being made, it is given to those who wait for it and is not kept. */
  readonly forget: (name: string) => void;
  /** Forgets all in the same way. */
  readonly clear: () => void;
}

/** All of them together take at most `maxBytes`, by what `sizeOf` says. */
export function createMadeOnRequest<Value>(
  maxBytes: number,
  sizeOf: (value: Value) => number,
): MadeOnRequest<Value> {
  const kept = new Map<string, Value>();
  const underWay = new Map<string, Promise<Value>>();
  let bytes = 0;
  const remove = (name: string): void => {
    const known = kept.get(name);
    if (known === undefined) return;
    kept.delete(name);
    bytes -= sizeOf(known);
  };
  const keep = (name: string, value: Value): void => {
    remove(name);
    kept.set(name, value);
    bytes += sizeOf(value);
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) break;
      remove(oldest);
    }
  };
  const here = (name: string): Value | undefined => {
    const known = kept.get(name);
    if (known === undefined) return undefined;
    kept.delete(name);
    kept.set(name, known);
    return known;
  };
  const start = (name: string, make: () => Promise<Value>): Promise<Value> => {
    const isCurrent = () => underWay.get(name) === making;
    const making = make()
      .then((value) => {
        if (isCurrent()) keep(name, value);
        return value;
      })
      .finally(() => {
        if (isCurrent()) underWay.delete(name);
      });
    underWay.set(name, making);
    return making;
  };
  return {
    get: (name, make) => {
      const known = here(name);
      return known === undefined ? (underWay.get(name) ?? start(name, make)) : Promise.resolve(known);
    },
    here,
    peek: (name) => kept.get(name),
    forget: (name) => {
      remove(name);
      underWay.delete(name);
    },
    clear: () => {
      kept.clear();
      underWay.clear();
      bytes = 0;
    },
  };
}
