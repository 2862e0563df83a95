import type { Representation } from '../publish/representation.ts';

/** All variants together take at most so much memory. */
const maxBytes = 64 * 1024 * 1024;

/** Representations that are rendered on request; the ones that were asked for longest ago go first. */
export interface VariantCache {
  /** The one of this name, made where it is not here; requests while it is being made share it. */
  readonly get: (name: string, make: () => Promise<Representation>) => Promise<Representation>;
  /** Forgets all; what is being made is given to those who wait for it and is not kept. */
  readonly clear: () => void;
}

export function createVariantCache(): VariantCache {
  const variants = new Map<string, Representation>();
  const underWay = new Map<string, Promise<Representation>>();
  let bytes = 0;
  const remove = (name: string): void => {
    const known = variants.get(name);
    if (!known) return;
    variants.delete(name);
    bytes -= sizeOf(known);
  };
  const keep = (name: string, representation: Representation): void => {
    remove(name);
    variants.set(name, representation);
    bytes += sizeOf(representation);
    for (const oldest of variants.keys()) {
      if (bytes <= maxBytes) break;
      remove(oldest);
    }
  };
  const start = (name: string, make: () => Promise<Representation>): Promise<Representation> => {
    const isCurrent = () => underWay.get(name) === making;
    const making = make()
      .then((representation) => {
        if (isCurrent()) keep(name, representation);
        return representation;
      })
      .finally(() => {
        if (isCurrent()) underWay.delete(name);
      });
    underWay.set(name, making);
    return making;
  };
  return {
    get: (name, make) => {
      const known = variants.get(name);
      if (!known) return underWay.get(name) ?? start(name, make);
      variants.delete(name);
      variants.set(name, known);
      return Promise.resolve(known);
    },
    clear: () => {
      variants.clear();
      underWay.clear();
      bytes = 0;
    },
  };
}

function sizeOf({ identity, gzip, br }: Representation): number {
  return identity.body.length + gzip.body.length + br.body.length;
}
