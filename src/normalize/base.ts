import { resolveUrl } from '../text/url.ts';

/** A base within a base; one that nothing can be resolved against (`mailto:`, nonsense) is passed over. */
export function innerBase(reference: string | undefined, outer: string | undefined): string | undefined {
  const base = reference === undefined ? undefined : resolveUrl(reference, outer);
  return base !== undefined && /^https?:/i.test(base) ? base : outer;
}
