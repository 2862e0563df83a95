/** Feeds first, then what may hold one, then whatever there is. */
const accept = [
  'application/atom+xml',
  'application/rss+xml',
  'application/feed+json',
  'application/rdf+xml',
  'application/xml;q=0.9',
  'text/xml;q=0.9',
  'application/json;q=0.9',
  'text/markdown;q=0.8',
  'text/html;q=0.7',
  'text/plain;q=0.7',
  '*/*;q=0.5',
].join(', ');

/**
 * The fields of a request. The source's own ones replace the program's name and taste, but neither the
 * codings that can be read nor the conditions.
 */
export function requestHeaders(
  userAgent: string,
  own: Readonly<Record<string, string>>,
  conditions: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept,
    ...own,
    'accept-encoding': 'gzip, br, deflate',
    ...conditions,
  };
}

/**
 * What only the origin of the configured URL may see: the source's own header fields, and Basic
 * authorization by the user name and password of the URL.
 */
export function credentialsOf(url: URL, headers: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const { username, password } = url;
  if (username === '' && password === '') return own;
  const pair = [username, password].map(decode).join(':');
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...own };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
