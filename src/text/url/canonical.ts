import { isTrackingParameter, meaningfulFragment } from './tracking.ts';

/**
 * The key under which spellings of one http(s) address are the same, for identity alone and never published
 * (docs: identity, the item key). Scheme, case of the host, default port, trailing slashes, tracking parameters
 * and the escaping of characters that need none make no difference; order of parameters, and fragments that
 * tell items apart, do. Anything else comes back trimmed.
 */
export function canonicalUrl(url: string): string {
  const trimmed = url.trim();
  const parsed = URL.parse(trimmed);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return trimmed;
  const path = normalizeEscapes(parsed.pathname.replace(/\/+$/, ''));
  const query = meaningfulQuery(parsed.search.slice(1));
  const fragment = normalizeEscapes(meaningfulFragment(parsed.hash.slice(1)));
  return `https://${credentials(parsed)}${parsed.host}${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
}
