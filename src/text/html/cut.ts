import { escapeAttribute } from './escape.ts';

const voids = new Set(['br', 'hr', 'img', 'wbr', 'col', 'source', 'track', 'area']);

/**
 * Sanitized HTML of at most `maxBytes` bytes of UTF-8: longer HTML ends with an element that still fits, what
 * is open there is closed, and a link to the rest follows. HTML without elements ends with a word.
 */
export function cutHtml(html: string, maxBytes: number, restUrl?: string): string {
  if (html.length * 3 <= maxBytes || Buffer.byteLength(html) <= maxBytes) return html;
  const rest = restUrl === undefined ? '<p>…</p>' : `<p><a href="${escapeAttribute(restUrl)}">…</a></p>`;
  const limit = charactersWithin(html, Math.max(0, maxBytes - Buffer.byteLength(rest) - 256));
  const { end, open } = lastElementEnd(html, limit);
  const kept = end > 0 ? html.slice(0, end) : textBefore(html, limit);
  return `${kept}${open.map((name) => `</${name}>`).join('')}${rest}`;
}

/** How many characters from the start take at most so many bytes. */
function charactersWithin(text: string, maxBytes: number): number {
  let at = 0;
  let bytes = 0;
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > maxBytes) break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

/** The last end tag or void element before the limit, and what is open behind it, innermost first. */
function lastElementEnd(html: string, limit: number): { end: number; open: readonly string[] } {
  const stack: string[] = [];
  let end = 0;
  let open: readonly string[] = [];
  for (const match of html.slice(0, limit).matchAll(/<(\/?)([a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>/g)) {
    const [tag, slash, name = ''] = match;
    if (slash === '/') stack.pop();
    else if (!voids.has(name)) {
      stack.push(name);
      continue;
    }
    end = match.index + tag.length;
    open = stack.toReversed();
  }
  return { end, open };
}

function textBefore(html: string, limit: number): string {
  const text = html.slice(0, limit).replace(/<[^>]*$|&[^;\s]*$/, '');
  return text.replace(/<[^>]*>/g, '').replace(/\s+\S{0,32}$/, '');
}
