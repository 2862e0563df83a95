import { isTrackingParameter, meaningfulFragment } from './tracking.ts';

/**
 * The key under which the spellings of one http(s) address are the same; for identity alone, never published.
 *
 * Scheme, credentials, case of the host, default ports, trailing slashes, tracking parameters and the escaping of
 * characters that need none make no difference. The order of parameters does, and so do fragments that tell
 * items apart. What is no http(s) URL comes back trimmed.
 */
export function canonicalUrl(url: string): string {
  const trimmed = url.trim();
  const parsed = URL.parse(trimmed);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return trimmed;
  const port = parsed.port === '' || parsed.port === '80' || parsed.port === '443' ? '' : `:${parsed.port}`;
  const path = normalizeEscapes(withoutTrailingSlashes(parsed.pathname));
  const query = meaningfulQuery(parsed.search.slice(1));
  const fragment = meaningfulFragment(normalizeEscapes(parsed.hash.slice(1)));
  return `https://${parsed.hostname}${port}${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function meaningfulQuery(query: string): string {
  const kept = query.split('&').filter((parameter) => {
    const [name = '', ...value] = parameter.split('=');
    return parameter !== '' && !isTrackingParameter(decode(name), decode(value.join('=')));
  });
  return normalizeEscapes(kept.join('&'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 3986 section 6.2.2: escapes in upper case, and none for unreserved characters. */
function normalizeEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const char = String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[a-z0-9._~-]/i.test(char) ? char : escape.toUpperCase();
  });
}
