import { createHash } from 'node:crypto';
import { escapeAttribute, escapeHtml } from '../../text/html/escape.ts';
import { style } from './style.ts';

export interface Page {
  readonly title: string;
  /** Of the title; the page around it is English. */
  readonly language: string;
  /** Feeds that a reader finds when it is given the page's address. */
  readonly feeds: readonly { readonly title: string; readonly url: string }[];
  /** HTML; everything in it that came from outside is escaped or sanitized. */
  readonly body: string;
}

/** The only thing that a page loads from elsewhere is images; it runs nothing. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self' https: http:",
  'media-src https: http:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** An attribute for a part that is in a language of its own. */
export function langOf(language: string): string {
  return ` lang="${escapeAttribute(language)}"`;
}

export function renderPage({ title, language, feeds, body }: Page): string {
  const links = feeds
    .map(
      (feed) =>
        `<link rel="alternate" type="application/atom+xml" title="${escapeAttribute(feed.title)}" href="${escapeAttribute(feed.url)}">`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title lang="${escapeAttribute(language)}">${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${links}
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
