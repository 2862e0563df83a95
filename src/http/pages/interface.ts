import type { SiteSettings } from '../../model/settings.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { escapeHtml as text } from '../../text/html/escape.ts';
import { resources } from '../openapi.ts';
import { renderPage } from './layout.ts';

/** The HTTP interface for people; /openapi.json says the same to programs. */
export function renderInterface(site: SiteSettings): string {
  const rows = resources.map(({ path, method = 'get', summary, type, parameters = [] }) => {
    const named = parameters
      .map(({ name, description }) => `<li><code>${text(name)}</code> ${text(description)}</li>`)
      .join('');
    return `<tr><td><code>${method.toUpperCase()} ${text(path)}</code></td><td>${text(summary)}<ul>${named}</ul></td><td class="meta">${text(type)}</td></tr>`;
  });
  return renderPage({
    title: `${site.title} · interface`,
    language: 'en',
    feeds: [{ title: site.title, url: feedUrl(site.url, 'all', 'atom') }],
    body: `<header><p><a href="/">${text(site.title)}</a></p><h1>HTTP interface</h1>
<p>The same for programs: <a href="/openapi.json">OpenAPI 3.1</a>. Errors are <code>application/problem+json</code>.</p></header>
<main><table>${rows.join('\n')}</table></main>
<footer><a href="/">All feeds</a></footer>`,
  });
}
