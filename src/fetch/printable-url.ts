/**
 * A URL as it may stand in logs and messages: without user name and password, and without what its query
 * holds, where tokens use to be.
 */
export function printableUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}
