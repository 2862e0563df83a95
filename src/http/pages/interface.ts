import type { SiteSettings } from '../../model/settings.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { escapeHtml as text } from '../../text/html/escape.ts';
import { resources } from '../openapi.ts';
import { renderPage } from './layout.ts';

/** The HTTP interface for people; /openapi.json says the same to programs. */
export function renderInterface(site: SiteSettings): string {
  const lines = resources.map(({ path, method = 'get', summary, type, parameters = [] }) => {
    const named = parameters
      .map(({ name, description }) => `<dt><code>${text(name)}</code></dt><dd>${text(description)}</dd>`)
      .join('');
    return `<li><div><code>${method.toUpperCase()} ${text(path)}</code></div>
<div>${text(summary)} <span class="meta">${text(type)}</span></div>${named === '' ? '' : `<dl>${named}</dl>`}</li>`;
  });
  return renderPage({
    title: `${site.title} · interface`,
    language: 'en',
    feeds: [{ title: site.title, url: feedUrl(site.url, 'all', 'atom') }],
    body: `<header><p><a href="/">${text(site.title)}</a></p><h1>HTTP interface</h1>
<p>The same for programs: <a href="/openapi.json">OpenAPI 3.1</a>. Errors are <code>application/problem+json</code>.</p></header>
<main><ul class="plain stories">${lines.join('\n')}</ul></main>
<footer><a href="/">All feeds</a></footer>`,
  });
}
