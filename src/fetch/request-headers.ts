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
    ...lowerCased(own),
    'accept-encoding': 'gzip, br, deflate',
    ...conditions,
  };
}

/** Names differ in nothing by their case, and none must be sent twice. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = value;
  return lower;
}
