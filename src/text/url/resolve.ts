/** Longer links are not kept: what is that long carries a payload or a mistake. */
const maxLength = 2048;

/** Schemes that run code, hold their document in themselves or name a place on the reader's own machine. */
const unlinkable = new Set([
  'about',
  'blob',
  'chrome',
  'data',
  'file',
  'filesystem',
  'jar',
  'javascript',
  'livescript',
  'mocha',
  'vbscript',
  'view-source',
]);

/** White space and control characters, which the WHATWG parser takes off both ends; Unicode's spaces as well. */
const outerSpace = /^[\s\0-\x20\x7f-\x9f]+|[\s\0-\x20\x7f-\x9f]+$/g;
/** The WHATWG parser drops these wherever they stand, in `java\nscript:` too. */
const innerBreaks = /[\t\n\r]+/g;

const schemeOf = /^([a-z][a-z0-9+.-]*):/i;
/** Scheme, authority and path as an author would write them: no missing or surplus slash, no backslash. */
const plainHttp = /^https?:\/\/[^/\\?#][^\\?#]*(?:[?#]|$)/i;

const space = String.raw`\s\p{Cc}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}`;
/** What neither RFC 3986 nor RFC 3987 lets stand: spaces, controls, delimiters, a `%` that escapes nothing. */
const notInHttp = new RegExp(String.raw`[${space}"<>\\^\`{|}]|%(?![0-9a-f]{2})`, 'giu');
/** Other schemes have their own ideas of the rest: `ed2k://|file|…|/`. */
const notInOther = new RegExp(`[${space}]`, 'gu');

/**
 * A reference as an absolute URL, resolved against `base` as browsers do (WHATWG URL), or undefined where that
 * cannot be done: no base, no valid host, empty, over 2,048 characters, a scheme that nothing should link to.
 *
 * An http(s) URL that is absolute already keeps its author's spelling, IRIs included; only what cannot stand in
 * a URI is percent-encoded. Other schemes (mailto, magnet, tag, urn …) are returned as they are. Never throws.
 */
export function resolveUrl(reference: string, base?: string): string | undefined {
  const trimmed = reference.replace(outerSpace, '').replace(innerBreaks, '');
  if (trimmed === '' || trimmed.length > maxLength) return undefined;
  const resolved = resolve(trimmed.toWellFormed(), base);
  return resolved !== undefined && resolved.length <= maxLength ? resolved : undefined;
}

function resolve(reference: string, base: string | undefined): string | undefined {
  const scheme = schemeOf.exec(reference)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return unlinkable.has(scheme) ? undefined : reference.replace(notInOther, encodeURIComponent);
  }
  if (plainHttp.test(reference)) return URL.canParse(reference) ? encodeHttp(reference) : undefined;
  const url = URL.parse(reference, base);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? encodeHttp(url.href) : undefined;
}

function encodeHttp(url: string): string {
  const encoded = url.replace(notInHttp, encodeURIComponent);
  const fragment = encoded.indexOf('#') + 1;
  // Only the first `#` opens a fragment; RFC 3986 has no other.
  if (fragment === 0 || !encoded.includes('#', fragment)) return encoded;
  return encoded.slice(0, fragment) + encoded.slice(fragment).replaceAll('#', '%23');
}
