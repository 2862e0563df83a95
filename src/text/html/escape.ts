/** Text for the inside of an element: `&`, `<` and `>` as entities, everything else to the letter. */
export function escapeHtml(text: string): string {
  return /[&<>]/.test(text) ? escapeBrackets(text) : text;
}

/** Text for the inside of a double-quoted attribute value. */
export function escapeAttribute(text: string): string {
  return /[&<>"]/.test(text) ? escapeBrackets(text).replaceAll('"', '&quot;') : text;
}

function escapeBrackets(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
