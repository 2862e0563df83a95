import type { Attack } from './attack.ts';
import { bombs } from './bombs.ts';
import { broken, endless, slow } from './connections.ts';
import { documents } from './documents.ts';
import { redirects } from './redirects.ts';

/** Every attack by its name; redirects lead to the port that must not be reached. */
export function attacks(forbiddenPort: number): ReadonlyMap<string, Attack> {
  const all = [...slow, ...endless, ...broken, ...bombs, ...redirects(forbiddenPort), ...documents];
  const byName = new Map(all);
  if (byName.size < all.length) throw new Error('two attacks have one name');
  return byName;
}
