/** A time in UTC as people read it; nothing where there is none. */
export function showTime(date: Date | undefined): string {
  if (!date) return '';
  const iso = date.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)}</time> UTC ·`;
}
