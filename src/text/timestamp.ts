/**
 * The canonical spelling of an instant: RFC 3339 in UTC, `2026-01-05T21:45:00Z`, with milliseconds only
 * when they are not zero. Undefined for an invalid date and outside the years 0001 to 9999, which RFC 3339
 * cannot write.
 */
export function formatTimestamp(date: Date): string | undefined {
  const ms = date.getTime();
  if (!(ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999)) return undefined;
  return date.toISOString().replace('.000Z', 'Z');
}
