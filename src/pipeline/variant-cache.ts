import type { Representation } from '../publish/representation.ts';

/** All variants together take at most so much memory. */
const maxBytes = 64 * 1024 * 1024;

/** Representations that were rendered on request; the ones that were asked for longest ago go first. */
export interface VariantCache {
  readonly get: (name: string) => Representation | undefined;
  readonly set: (name: string, representation: Representation) => void;
  readonly clear: () => void;
}

export function createVariantCache(): VariantCache {
  const variants = new Map<string, Representation>();
  let bytes = 0;
  const remove = (name: string): void => {
    const known = variants.get(name);
    if (!known) return;
    variants.delete(name);
    bytes -= sizeOf(known);
  };
  return {
    get: (name) => {
      const known = variants.get(name);
      if (known) {
        variants.delete(name);
        variants.set(name, known);
      }
      return known;
    },
    set: (name, representation) => {
      remove(name);
      variants.set(name, representation);
      bytes += sizeOf(representation);
      for (const oldest of variants.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    clear: () => {
      variants.clear();
      bytes = 0;
    },
  };
}

function sizeOf({ identity, gzip, br }: Representation): number {
  return identity.body.length + gzip.body.length + br.body.length;
}
