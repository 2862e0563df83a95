/** The title in 《》 that a text without a title line begins with. */
export function leadingTitle(text: string): string | undefined {
  if (!text.startsWith('《')) return undefined;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '《') depth++;
    if (text[at] === '》') depth--;
    if (depth === 0) return text.slice(1, at).trim() || undefined;
  }
  return undefined;
}
