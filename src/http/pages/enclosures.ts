import type { Enclosure } from '../../model/feed.ts';
import { escapeAttribute as attribute, escapeHtml as text } from '../../text/html/escape.ts';
import { isWebUrl } from '../../text/url.ts';

/** What comes with an item, to open; nothing where nothing does. */
export function enclosureList(enclosures: readonly Enclosure[]): string {
  const lines = enclosures.filter(({ url }) => isWebUrl(url)).map(enclosureLine);
  return lines.length === 0 ? '' : `<h2>Enclosures</h2>\n<ul class="plain">${lines.join('\n')}</ul>\n`;
}

function enclosureLine({ url, type, length }: Enclosure): string {
  const about = [type, length === undefined ? undefined : showBytes(length)].filter(
    (part) => part !== undefined,
  );
  const name = decodeName(new URL(url).pathname.split('/').at(-1) ?? '') || url;
  return `<li><a href="${attribute(url)}" rel="noopener noreferrer">${text(name)}</a> <span class="meta">${text(about.join(' · '))}</span></li>`;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function showBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const kilo = bytes / 1000;
  return kilo < 1000 ? `${Math.round(kilo)} kB` : `${(kilo / 1000).toFixed(1)} MB`;
}
