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

const schemeOf = /^([a-z][a-z0-9+.-]*):/i;
/** Written as authors mean it: two slashes, a host, and no backslash, which browsers read as a slash. */
const plainHttp = /^https?:\/\/[^/\\?#][^\\?#]*(?:[?#]|$)/i;

/** Nearly every URL: nothing to encode, and no `%` or `#` to look at twice. */
const plainCharacters = /^[!$&-;=?-Z[\]_a-z~]+$/;
/** What neither RFC 3986 nor RFC 3987 lets stand: spaces, controls, delimiters, a `%` that escapes nothing. */
const notInHttp = /[\s\p{Cc}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}"<>\\^`{|}]|%(?![0-9a-f]{2})/giu;
/** Other schemes have their own ideas of the delimiters: `ed2k://|file|…|/`. */
const notInOthers = /[\s\p{Cc}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}]/gu;

/**
 * A reference as an absolute URL, resolved against `base` as browsers do (WHATWG URL), or undefined where that
 * cannot be done: no base, no valid host, empty, over 2,048 characters, a scheme that nothing should link to.
 *
 * An http(s) URL that is absolute already keeps its author's spelling, IRIs included; only what cannot stand in
 * a URI is percent-encoded. Other schemes (mailto, magnet, tag, urn …) are returned as they are. Never throws.
 */
export function resolveUrl(reference: string, base?: string): string | undefined {
  const trimmed = trimUrl(reference);
  if (trimmed === '' || trimmed.length > maxLength) return undefined;
  const resolved = resolve(trimmed.toWellFormed(), base);
  return resolved !== undefined && resolved.length <= maxLength ? resolved : undefined;
}

function resolve(reference: string, base: string | undefined): string | undefined {
  const scheme = schemeOf.exec(reference)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return unlinkable.has(scheme) ? undefined : reference.replace(notInOthers, encodeURIComponent);
  }
  if (plainHttp.test(reference)) return URL.canParse(reference) ? encodeHttp(reference) : undefined;
  const url = URL.parse(reference, base);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? encodeHttp(url.href) : undefined;
}

/**
 * Without white space and control characters at the ends, and without tabs and line breaks anywhere: the WHATWG
 * parser drops them too, so that `java\nscript:` is the scheme it looks like.
 */
function trimUrl(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOuterSpace(text, start)) start++;
  while (start < end && isOuterSpace(text, end - 1)) end--;
  return text.slice(start, end).replace(/[\t\n\r]/g, '');
}

function isOuterSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code <= 0x20 || (code >= 0x7f && (code <= 0xa0 || /\s/.test(text.charAt(index))));
}

function encodeHttp(url: string): string {
  if (plainCharacters.test(url)) return url;
  const encoded = url.replace(notInHttp, encodeURIComponent);
  const fragment = encoded.indexOf('#') + 1;
  // Only the first `#` opens a fragment; RFC 3986 knows no other.
  if (fragment === 0 || !encoded.includes('#', fragment)) return encoded;
  return encoded.slice(0, fragment) + encoded.slice(fragment).replaceAll('#', '%23');
}
