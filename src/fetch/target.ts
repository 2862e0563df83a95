/** A URL as it is asked for and kept, taken apart once. */
export interface Target {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  /** With the query. */
  readonly path: string;
  /** The host and port that its connections are kept by. */
  readonly host: string;
}

/** Without what a user name, a password or a fragment would add to it. */
export function targetOf(url: URL): Target {
  if (url.username !== '') url.username = '';
  if (url.password !== '') url.password = '';
  if (url.hash !== '') url.hash = '';
  const { href, origin, protocol, hostname, port, pathname, search } = url;
  return {
    href,
    origin,
    protocol,
    hostname,
    path: pathname + search,
    host: hostKey(protocol, hostname, port),
  };
}

/** What connections are kept by; undici and URLs agree on it but for the brackets of IPv6. */
export function hostKey(protocol: string, hostname: string, port: string): string {
  const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return `${protocol}//${hostname.replace(/^\[|\]$/g, '')}:${number}`;
}
