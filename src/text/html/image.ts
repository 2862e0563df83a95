import { lazySource, lazySrcset } from './lazy.ts';
import { parseSrcset } from './srcset.ts';
import type { RawAttribute } from './tokens.ts';

/** The file name of an image that only holds the place of another. */
const placeholder =
  /(?:blank|placeholder|loading|loader|spacer|spinner|transparent|pixel|1x1|lazy|gr[ae]y|dummy|none|empty)[^/]*$/i;

/**
 * What an `<img>` kept, completed; undefined where there is nothing to see: no address, or a tracking pixel.
 *
 * Where `src` is missing or a placeholder it becomes the address that a script would put there, else the first of
 * `srcset`, for many readers know only `src`.
 */
export function visibleImage(
  kept: ReadonlyMap<string, string>,
  attributes: readonly RawAttribute[],
  baseUrl?: string,
): ReadonlyMap<string, string> | undefined {
  if (isTiny(kept.get('width')) && isTiny(kept.get('height'))) return undefined;
  const src = kept.get('src');
  if (src !== undefined && !placeholder.test(src)) return kept;
  const srcset = kept.get('srcset') ?? lazySrcset(attributes, baseUrl);
  const address = lazySource(attributes, baseUrl) ?? src ?? parseSrcset(srcset ?? '')[0]?.url;
  if (address === undefined) return undefined;
  const completed = new Map(kept).set('src', address);
  return srcset === undefined ? completed : completed.set('srcset', srcset);
}

function isTiny(size: string | undefined): boolean {
  return size === '0' || size === '1';
}
