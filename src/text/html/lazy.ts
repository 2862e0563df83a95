import { media, srcset, type AttributeRule } from './attribute-rules.ts';
import { decodeAttribute, type RawAttribute } from './tokens.ts';

/** Where scripts that load late keep the address: lazysizes, WordPress, Zhihu, Cloudflare, Sina, Discuz. */
const sources = new Set([
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-original-src',
  'data-actualsrc',
  'data-lazyload',
  'data-ll-src',
  'data-cfsrc',
  'data-echo',
  'real_src',
  'file',
]);
const srcsets = new Set(['data-srcset', 'data-lazy-srcset']);

/** The absolute address that a script would put into `src` once the element comes into view. */
export function lazySource(attributes: readonly RawAttribute[], baseUrl?: string): string | undefined {
  // A path or a file name has one of these; `data-lazyload="true"` is no address.
  return first(attributes, sources, (value) => (/[./]/.test(value) ? media(value, baseUrl) : undefined));
}

/** The same for `srcset`. */
export function lazySrcset(attributes: readonly RawAttribute[], baseUrl?: string): string | undefined {
  return first(attributes, srcsets, (value) => srcset(value, baseUrl));
}

function first(
  attributes: readonly RawAttribute[],
  names: ReadonlySet<string>,
  rule: AttributeRule,
): string | undefined {
  for (const { name, value } of attributes) {
    const found = names.has(name) ? rule(decodeAttribute(value)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
