const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `10m`, `2h`, `7d` in milliseconds; undefined for anything else and for a duration of nothing. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})(s|m|h|d)$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (unitMs[unit ?? ''] ?? NaN);
  return ms > 0 ? ms : undefined;
}
