/** What stands inside and after the 【】 that a text begins with; they may be nested. Undefined without a balanced pair. */
export function leadingBracket(text: string): { inside: string; after: string } | undefined {
  if (!text.startsWith('【')) return undefined;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '【') depth++;
    if (text[at] === '】') depth--;
    if (depth === 0) return { inside: text.slice(1, at).trim(), after: text.slice(at + 1).trim() };
  }
  return undefined;
}
