const year1 = Date.parse('0001-01-01T00:00:00Z');
const year10000 = Date.parse('+010000-01-01T00:00:00Z');

/**
 * The canonical spelling of an instant: RFC 3339 in UTC, `2026-01-05T21:45:00Z`, with milliseconds only
 * when they are not zero. Undefined for an invalid date and outside the years 0001 to 9999, which RFC 3339
 * cannot write.
 */
export function formatTimestamp(date: Date): string | undefined {
  const ms = date.getTime();
  if (!(ms >= year1 && ms < year10000)) return undefined;
  const text = date.toISOString();
  return ms % 1000 === 0 ? `${text.slice(0, 19)}Z` : text;
}
