/** Where people put what nobody else may know: request headers, and URLs that are keys themselves. */

/** Whether one of these header fields lets its bearer in. */
export function headersHoldCredentials(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) =>
    /^(authorization|cookie|proxy-authorization)$|token|key|secret/i.test(name),
  );
}

/** Whether a URL lets its bearer in: it has a user, a password, or a query that is named like a key. */
export function urlHoldsCredentials(url: string): boolean {
  const parsed = URL.parse(url);
  if (!parsed) return false;
  return parsed.username !== '' || parsed.password !== '' || [...parsed.searchParams.keys()].some(isKey);
}

/** A URL as anybody may read it: of one that holds credentials only the place is told. */
export function publicUrl(url: string): string {
  if (!urlHoldsCredentials(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}?…`;
}

/** `token`, `access_token`, `apiKey`, `auth`, `X-Amz-Signature`, and not `keyword` or `author`. */
function isKey(name: string): boolean {
  return (
    /token|secret|passw|credential|signature/i.test(name) ||
    /(?:^|[-_.]|api|access|private|auth)(?:key|auth|pass|pwd|sig|sid|session|jwt)$/i.test(name)
  );
}
