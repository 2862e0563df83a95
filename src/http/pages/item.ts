import type { SiteSettings } from '../../model/settings.ts';
import type { StoredItem, Story } from '../../model/story.ts';
import { linkOf, titleOf } from '../../publish/entries.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { escapeAttribute as attribute, escapeHtml as text } from '../../text/html/escape.ts';
import { renderPage } from './layout.ts';
import { showTime } from './time.ts';

export interface ItemContent {
  readonly site: SiteSettings;
  readonly item: StoredItem;
  readonly story: Story;
  readonly topicTitle: (id: string) => string;
  readonly sourceTitle: (id: string) => string;
}

/** One item as a page: what it says, who else reported it, and why they are one story. */
export function renderItem({ site, item, story, topicTitle, sourceTitle }: ItemContent): string {
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
<tr><th>Source</th><th>Title</th><th>Time</th><th>Joined by</th></tr>
${story.reports
  .map(
    (report) =>
      `<tr><td>${text(sourceTitle(report.source))}</td><td><a href="${attribute(linkOf(report, site.url))}">${text(titleOf(report.item))}</a></td><td>${showTime(report.published ?? report.firstSeen)}</td><td>${text(report.matched)}</td></tr>`,
  )
  .join('\n')}
</table>
<h2>How it is recognised</h2>
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
