import { absolutizeHtml } from '../text/html/absolutize.ts';
import { sanitizeHtml } from '../text/html/sanitize.ts';

export interface RichTextOptions {
  readonly baseUrl?: string | undefined;
  readonly sanitize: boolean;
}

/** What is longer than eight times what an item may hold is not read to its end. */
const maxLength = 2 * 1024 * 1024;

/**
 * HTML of a source as it goes into an item: sanitized, or with its URLs made absolute and nothing else
 * changed. Undefined when nothing is left. The only place where normalizing touches HTML.
 */
export function richText(html: string, { baseUrl, sanitize }: RichTextOptions): string | undefined {
  const read = html.length <= maxLength ? html : html.slice(0, maxLength).toWellFormed();
  const cleaned = sanitize
    ? sanitizeHtml(read, baseUrl === undefined ? {} : { baseUrl })
    : absolute(read, baseUrl);
  const trimmed = cleaned.trim();
  return trimmed === '' ? undefined : trimmed;
}

function absolute(html: string, baseUrl: string | undefined): string {
  return baseUrl !== undefined && mayHoldRelativeUrl(html) ? absolutizeHtml(html, baseUrl) : html;
}

/** The last three letters of every attribute that holds URLs: action, background, cite, href, src, srcset … */
const urlEndings = new Set(['ion', 'und', 'ite', 'ase', 'ata', 'src', 'ref', 'esc', 'ter', 'set']);

/**
 * Whether some attribute with a URL may need a base. Most HTML in feeds is absolute throughout, and finding
 * that out costs a tenth of reading it. What only looks like a relative URL costs time, nothing else.
 */
function mayHoldRelativeUrl(html: string): boolean {
  for (let at = html.indexOf('='); at !== -1; at = html.indexOf('=', at + 1)) {
    if (html.startsWith(' href="http', at - 5) || html.startsWith(' src="http', at - 4)) continue;
    const before = html.charCodeAt(at - 1);
    // `href = "…"` is rare enough to be read in full.
    if (before <= SPACE || urlEndings.has(html.slice(at - 3, at).toLowerCase())) return true;
  }
  return false;
}

const SPACE = 32;
