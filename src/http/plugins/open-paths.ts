/** What those who watch over the program ask, who have no password and ask as often as they like. */
export function isForOperators(url: string): boolean {
  const path = url.replace(/\?.*/s, '');
  return path === '/healthz' || path === '/readyz';
}
