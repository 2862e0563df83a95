import type { SiteSettings } from '../../model/settings.ts';
import type { StoredItem, Story } from '../../model/story.ts';
import { linkOf, titleOf } from '../../publish/entries.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { escapeAttribute as attribute, escapeHtml as text } from '../../text/html/escape.ts';
import type { ItemExplanation } from '../tools.ts';
import { renderPage } from './layout.ts';
import { showTime } from './time.ts';

export interface ItemContent {
  readonly site: SiteSettings;
  readonly item: StoredItem;
  readonly story: Story;
  readonly explanation: ItemExplanation;
  readonly topicTitle: (id: string) => string;
  readonly sourceTitle: (id: string) => string;
}

/** One item as a page: what it says, who else reported it, and why they are one story. */
export function renderItem({ site, item, story, explanation, topicTitle, sourceTitle }: ItemContent): string {
  const because = new Map(
    explanation.stories.flatMap(({ reports }) => reports.map((report) => [report.entryId, report.because])),
  );
  const { content, summary, url, authors = [] } = item.item;
  const names = authors.flatMap(({ name, role }) =>
    name === undefined ? [] : [role === undefined ? name : `${role} ${name}`],
  );
  const tags = item.topics
    .map(
      (topic) =>
        `<a class="tag" href="${attribute(feedUrl(site.url, `topics/${topic}`, 'atom'))}">${text(topicTitle(topic))}</a>`,
    )
    .join('');
  return renderPage({
    title: titleOf(item.item),
    language: item.item.language ?? site.language,
    feeds: [
      { title: site.title, url: feedUrl(site.url, 'all', 'atom') },
      { title: sourceTitle(item.source), url: feedUrl(site.url, `sources/${item.source}`, 'atom') },
    ],
    body: `<header><p><a href="/">${text(site.title)}</a></p><h1>${text(titleOf(item.item))}</h1>
<p>${showTime(item.published)} ${text([sourceTitle(item.source), ...names].join(' · '))}</p><p>${tags}</p></header>
<main>
<article>${content ?? summary ?? ''}</article>
${url === undefined ? '' : `<p><a href="${attribute(url)}" rel="noopener noreferrer">${text(url)}</a></p>`}
<h2>Reports of this story</h2>
<table>
<tr><th>Source</th><th>Title</th><th>Time</th><th>Why it belongs here</th></tr>
${story.reports
  .map(
    (report) =>
      `<tr><td>${text(sourceTitle(report.source))}</td><td><a href="${attribute(linkOf(report, site.url))}">${text(titleOf(report.item))}</a></td><td>${showTime(report.published ?? report.firstSeen)}</td><td>${text(because.get(report.entryId) ?? report.matched)}</td></tr>`,
  )
  .join('\n')}
</table>
${apartSection(explanation, sourceTitle)}<h2>How it is recognised</h2>
<table>
<tr><th>Title key</th><td><code>${text(item.titleKey)}</code></td></tr>
<tr><th>Hash</th><td><code>${text(item.titleHash ?? 'none')}</code></td></tr>
<tr><th>Entry id</th><td><code>${text(item.entryId)}</code></td></tr>
</table>
<p><a href="/api/items/${item.apiId}/explain">Explain as JSON</a></p>
</main>
<footer><a href="/">All feeds</a></footer>`,
  });
}

/** Stories that might be taken for this one, and why they are others. */
function apartSection({ apart }: ItemExplanation, sourceTitle: (id: string) => string): string {
  if (apart.length === 0) return '';
  const rows = apart.map(
    ({ source, apiId, title, because }) =>
      `<tr><td>${text(sourceTitle(source))}</td><td><a href="/items/${apiId}">${text(title)}</a></td><td>${text(because)}</td></tr>`,
  );
  return `<h2>Not the same story</h2>
<table>
<tr><th>Source</th><th>Title</th><th>Why not</th></tr>
${rows.join('\n')}
</table>
`;
}
