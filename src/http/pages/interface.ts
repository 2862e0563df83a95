import type { SiteSettings } from '../../model/settings.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { escapeHtml as text } from '../../text/html/escape.ts';
import { groups, type Group, type Operation, type Parameter } from '../interface/operation.ts';
import { operations } from '../interface/operations.ts';
import { renderPage } from './layout.ts';

/** The HTTP interface for people; /openapi.json says the same to programs. */
export function renderInterface(site: SiteSettings): string {
  const sections = (Object.keys(groups) as Group[]).map(
    (group) => `<h2>${groups[group]}</h2>
<ul class="plain stories">${operations
      .filter((operation) => operation.group === group)
      .map(operationLine)
      .join('\n')}</ul>`,
  );
  return renderPage({
    title: `${site.title} · interface`,
    language: 'en',
    feeds: [{ title: site.title, url: feedUrl(site.url, 'all', 'atom') }],
    body: `<header><p><a href="/">${text(site.title)}</a></p><h1>HTTP interface</h1>
<p>The same for programs: <a href="/openapi.json">OpenAPI 3.1</a>. Errors are <code>application/problem+json</code>; an unknown parameter is ignored.</p></header>
<main>
${sections.join('\n')}
<h2>Parameters</h2>
<dl>${parametersOnce().map(parameterLine).join('\n')}</dl>
</main>
<footer><a href="/">All feeds</a></footer>`,
  });
}

function operationLine({ method = 'get', path, summary, answer, parameters = [] }: Operation): string {
  const names = parameters.map(({ name }) => `<a href="/api#${name}"><code>${text(name)}</code></a>`);
  const types = Object.keys(answer).map((type) => text(type));
  return `<li><div><code>${method.toUpperCase()} ${text(path)}</code></div>
<div>${text(summary)} <span class="meta">${types.join(', ')}</span></div>${names.length === 0 ? '' : `<div class="meta">${names.join(' ')}</div>`}</li>`;
}

/** Each name once, as it is told first. */
function parametersOnce(): readonly Parameter[] {
  const all = operations.flatMap(({ parameters = [] }) => parameters);
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

function parameterLine({ name, description, schema }: Parameter): string {
  const values = Array.isArray(schema['enum']) ? ` <code>${text(schema['enum'].join(' | '))}</code>` : '';
  return `<dt id="${name}"><code>${text(name)}</code></dt><dd>${text(description)}${values}</dd>`;
}
