import { lazySource, lazySrcset } from './lazy.ts';
import { parseSrcset } from './srcset.ts';
import type { RawAttribute } from './tokens.ts';

/** The file name of an image that only holds the place of another. */
const placeholder =
  /(?:blank|placeholder|loading|loader|spacer|spinner|transparent|pixel|1x1|lazy|gr[ae]y|dummy|none|empty)[^/]*$/i;

/**
 * The attributes that an `<img>` kept, completed: where `src` is missing or a placeholder, the address that a
 * script would put there, else the first of `srcset`, for many readers know only `src`.
 */
export function completeImage(
  kept: ReadonlyMap<string, string>,
  attributes: readonly RawAttribute[],
  baseUrl?: string,
): ReadonlyMap<string, string> {
  const src = kept.get('src');
  if (src !== undefined && !placeholder.test(src)) return kept;
  const completed = new Map(kept);
  const srcset = kept.get('srcset') ?? lazySrcset(attributes, baseUrl);
  if (srcset !== undefined) completed.set('srcset', srcset);
  const address = lazySource(attributes, baseUrl) ?? src ?? parseSrcset(srcset ?? '')[0]?.url;
  if (address !== undefined) completed.set('src', address);
  return completed;
}

/** An image that is not there to be seen: at most one pixel wide and high. */
export function isTrackingPixel(kept: ReadonlyMap<string, string>): boolean {
  return isTiny(kept.get('width')) && isTiny(kept.get('height'));
}

function isTiny(size: string | undefined): boolean {
  return size === '0' || size === '1';
}
