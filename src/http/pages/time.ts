/** A time in UTC as people read it; nothing where there is none. */
export function showTime(date: Date | undefined): string {
  if (!date) return '';
  const iso = date.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}

/** A line of small print: its parts as HTML, those that are there. */
export function smallPrint(...parts: readonly string[]): string {
  return `<div class="meta">${parts.filter((part) => part !== '').join(' · ')}</div>`;
}
