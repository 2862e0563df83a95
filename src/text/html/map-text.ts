/** Elements whose text is meant to the letter. */
const literal = new Set(['pre', 'code', 'kbd', 'samp']);

/** Sanitized HTML with its text changed, tags and attributes (and so URLs) untouched, and code as it is. */
export function mapHtmlText(html: string, change: (text: string) => string): string {
  let depth = 0;
  return html.replace(
    /<(\/?)([a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>|[^<]+/g,
    (part, slash?: string, name?: string) => {
      if (name === undefined) return depth > 0 ? part : change(part);
      if (literal.has(name)) depth += slash === '/' ? -1 : 1;
      return part;
    },
  );
}
