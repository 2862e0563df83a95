import { resolveUrl } from '../url.ts';
import { escapeAttribute } from './escape.ts';
import { parseSrcset } from './srcset.ts';
import { decodeAttribute, readTokens, type RawAttribute } from './tokens.ts';

/** The attributes whose value is a URL (HTML, index of attributes; the obsolete ones included). */
const urlAttributes = new Set([
  'action',
  'background',
  'cite',
  'codebase',
  'dynsrc',
  'formaction',
  'href',
  'longdesc',
  'lowsrc',
  'poster',
  'src',
  'xlink:href',
]);
const srcsetAttributes = new Set(['srcset', 'imagesrcset']);

/**
 * The same HTML with its URLs made absolute. Nothing else changes: the new values are put into the source, which
 * is not written anew. Without a base, or where a URL cannot be resolved, it stays as it is.
 */
export function absolutizeHtml(html: string, baseUrl?: string): string {
  if (baseUrl === undefined || !html.includes('<')) return html;
  let result = '';
  let copied = 0;
  readTokens(html, {
    open(tag, attributes) {
      for (const attribute of attributes) {
        const rewrite = rewriterOf(tag, attribute.name);
        if (rewrite === undefined) continue;
        const value = decodeAttribute(attribute.value);
        const rewritten = rewrite(value, baseUrl);
        if (rewritten === value) continue;
        result += html.slice(copied, attribute.start) + quote(rewritten, html, attribute);
        copied = attribute.end;
      }
    },
  });
  return result + html.slice(copied);
}

function rewriterOf(
  tag: string,
  attribute: string,
): ((value: string, baseUrl: string) => string) | undefined {
  if (srcsetAttributes.has(attribute)) return absoluteSrcset;
  return urlAttributes.has(attribute) || (attribute === 'data' && tag === 'object') ? absolute : undefined;
}

function absoluteSrcset(srcset: string, baseUrl: string): string {
  let result = '';
  let copied = 0;
  for (const { url, start } of parseSrcset(srcset)) {
    result += srcset.slice(copied, start) + absolute(url, baseUrl);
    copied = start + url.length;
  }
  return result + srcset.slice(copied);
}

function absolute(url: string, baseUrl: string): string {
  return /^\s*[a-z][a-z0-9+.-]*:/i.test(url) ? url : (resolveUrl(url, baseUrl) ?? url);
}

function quote(value: string, html: string, { start }: RawAttribute): string {
  const before = html[start - 1];
  if (before === '"') return escapeAttribute(value);
  if (before === "'") return escapeAttribute(value).replaceAll("'", '&#39;');
  return `"${escapeAttribute(value)}"`;
}
