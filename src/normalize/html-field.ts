import { absolutizeHtml } from '../text/html/absolutize.ts';
import { sanitizeHtml } from '../text/html/sanitize.ts';

export interface RichTextOptions {
  readonly baseUrl?: string | undefined;
  readonly sanitize: boolean;
}

/**
 * HTML of a source as it goes into an item: sanitized, or with its URLs made absolute and nothing else
 * changed. Undefined when nothing is left. The only place where normalizing touches HTML.
 */
export function richText(html: string, { baseUrl, sanitize }: RichTextOptions): string | undefined {
  const cleaned = sanitize
    ? sanitizeHtml(html, baseUrl === undefined ? {} : { baseUrl })
    : absolutizeHtml(html, baseUrl);
  const trimmed = cleaned.trim();
  return trimmed === '' ? undefined : trimmed;
}
