import type { SiteSettings } from '../../model/settings.ts';
import type { StoredItem, Story } from '../../model/story.ts';
import { linkOf, titleOf } from '../../publish/entries.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { escapeAttribute as attribute, escapeHtml as text } from '../../text/html/escape.ts';
import type { ItemExplanation } from '../tools.ts';
import { enclosureList } from './enclosures.ts';
import { topicTag } from './home.ts';
import { langOf, renderPage } from './layout.ts';
import { showTime, smallPrint } from './time.ts';

export interface ItemContent {
  readonly site: SiteSettings;
  readonly item: StoredItem;
  readonly story: Story;
  readonly explanation: ItemExplanation;
  readonly topicTitle: (id: string) => string;
  readonly sourceTitle: (id: string) => string;
  /** Whether its source still has a feed here. */
  readonly hasFeed: boolean;
}

/** One item as a page: what it says, who else reported it, and why they are one story. */
export function renderItem(content: ItemContent): string {
  const { site, item, story, explanation, topicTitle, sourceTitle, hasFeed } = content;
  const because = new Map(
    explanation.stories.flatMap(({ reports }) => reports.map((report) => [report.entryId, report.because])),
  );
  const { url, authors = [], enclosures = [] } = item.item;
  const language = item.item.language ?? site.language;
  const names = authors.flatMap(({ name, role }) =>
    name === undefined ? [] : [role === undefined ? name : `${role} ${name}`],
  );
  const tags = item.topics.map((topic) => topicTag(topic, topicTitle(topic), site)).join('');
  const sourceFeed = {
    title: sourceTitle(item.source),
    url: feedUrl(site.url, `sources/${item.source}`, 'atom'),
  };
  return renderPage({
    title: titleOf(item.item),
    language,
    feeds: [{ title: site.title, url: feedUrl(site.url, 'all', 'atom') }, ...(hasFeed ? [sourceFeed] : [])],
    body: `<header><p><a href="/"${langOf(site.language)}>${text(site.title)}</a></p><h1${langOf(language)}>${text(titleOf(item.item))}</h1>
${smallPrint(showTime(item.published), `<span${langOf(language)}>${text([sourceTitle(item.source), ...names].join(' · '))}</span>`)}<div class="tags">${tags}</div></header>
<main>
<article${langOf(language)}>${item.item.content ?? item.item.summary ?? ''}</article>
${enclosureList(enclosures)}${url === undefined ? '' : `<p><a href="${attribute(url)}" rel="noopener noreferrer">${text(url)}</a></p>`}
<h2>Reports of this story</h2>
<ul class="plain stories">${story.reports
      .map((report) =>
        reportLine({
          title: titleOf(report.item),
          language: report.item.language ?? site.language,
          href: linkOf(report, site.url),
          print: [
            text(sourceTitle(report.source)),
            showTime(report.published ?? report.firstSeen),
            text(because.get(report.entryId) ?? report.matched),
          ],
        }),
      )
      .join('\n')}</ul>
${apartSection(content)}<h2>How it is recognised</h2>
<dl>
<dt>Title key</dt><dd><code>${text(item.titleKey)}</code></dd>
<dt>Hash</dt><dd><code>${text(item.titleHash ?? 'none')}</code></dd>
<dt>Entry id</dt><dd><code>${text(item.entryId)}</code></dd>
</dl>
<p><a href="/api/items/${item.apiId}/explain">Explain as JSON</a></p>
</main>
<footer><a href="/">All feeds</a></footer>`,
  });
}

/** Stories that might be taken for this one, and why they are others. */
function apartSection({ explanation: { apart }, sourceTitle, site }: ItemContent): string {
  if (apart.length === 0) return '';
  const lines = apart.map(({ source, apiId, title, because }) =>
    reportLine({
      title,
      language: site.language,
      href: `/items/${apiId}`,
      print: [text(sourceTitle(source)), text(because)],
    }),
  );
  return `<h2>Not the same story</h2>
<ul class="plain stories">${lines.join('\n')}</ul>
`;
}

/** A report with its link; `print` is HTML. */
function reportLine({
  title,
  language,
  href,
  print,
}: {
  readonly title: string;
  readonly language: string;
  readonly href: string;
  readonly print: readonly string[];
}): string {
  return `<li><div class="title"><a${langOf(language)} href="${attribute(href)}">${text(title)}</a></div>${smallPrint(...print)}</li>`;
}
