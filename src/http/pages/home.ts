import type { SiteSettings } from '../../model/settings.ts';
import type { SourceStatus } from '../../model/source.ts';
import type { Story } from '../../model/story.ts';
import { linkOf, titleOf } from '../../publish/entries.ts';
import { feedUrl, type FeedSpec } from '../../publish/feed-spec.ts';
import { feedFormats } from '../../publish/representation.ts';
import { escapeAttribute as attribute, escapeHtml as text } from '../../text/html/escape.ts';
import { langOf, renderPage } from './layout.ts';
import { showTime, smallPrint } from './time.ts';

export interface SourceHealth {
  readonly id: string;
  readonly title: string;
  readonly state: SourceStatus | 'paused';
  readonly note: string;
}

export interface HomeContent {
  readonly site: SiteSettings;
  readonly specs: readonly FeedSpec[];
  /** The topic whose stories are shown; absent: all. */
  readonly topic: string | undefined;
  readonly topicTitle: (id: string) => string;
  readonly sourceTitle: (id: string) => string;
  readonly storyCounts: ReadonlyMap<string, number>;
  readonly stories: readonly Story[];
  readonly sources: readonly SourceHealth[];
}

/** The front page: what there is to subscribe to, what is new, and how the sources are. */
export function renderHome(content: HomeContent): string {
  const { site, specs, sources, topic, topicTitle } = content;
  const inSite = langOf(site.language);
  const merged = specs.filter(({ of }) => of.kind === 'all');
  const topics = specs.filter(({ of }) => of.kind === 'topic');
  const saved = specs.filter(({ of }) => of.kind === 'saved');
  return renderPage({
    title: topic === undefined ? site.title : `${topicTitle(topic)} · ${site.title}`,
    language: site.language,
    feeds: [...merged, ...topics, ...saved].map(({ title, path }) => ({
      title,
      url: feedUrl(site.url, path, 'atom'),
    })),
    body: `<header><h1${inSite}>${text(site.title)}</h1><p>Many feeds flow in, one clean river flows out.</p>
${merged.map(({ path }) => `<p>Subscribe to all stories ${formatLinks(site, path)}</p>`).join('')}</header>
<main class="columns">
<section>
${topic === undefined ? '<h2>Latest stories</h2>' : topicHeading(topic, content)}
<ul class="plain stories">${content.stories.map((story) => storyLine(story, content)).join('\n')}</ul>
${content.stories.length === 0 ? '<p class="meta">Nothing has arrived yet.</p>' : ''}
</section>
<section>
${feedSection('Topics', topics, content)}${feedSection('Saved', saved, content)}<h2>Sources</h2>
<ul class="plain feeds">${sources.map((source) => sourceLine(source, site)).join('\n')}</ul>
</section>
</main>
<footer><a href="/opml">OPML of all feeds</a> · <a href="/api">API</a> · <a href="/api/sources">source health</a> · <a href="${attribute(feedUrl(site.url, 'incidents', 'atom'))}">incidents</a></footer>`,
  });
}

function topicHeading(topic: string, { site, topicTitle }: HomeContent): string {
  return `<h2>Latest stories: <span${langOf(site.language)}>${text(topicTitle(topic))}</span></h2>
<p class="meta"><a href="/">All stories</a></p>`;
}

function feedSection(title: string, specs: readonly FeedSpec[], content: HomeContent): string {
  if (specs.length === 0) return '';
  return `<h2>${title}</h2>
<ul class="plain feeds">${specs.map((spec) => feedLine(spec, content)).join('\n')}</ul>
`;
}

function feedLine(spec: FeedSpec, { site, storyCounts, topicTitle }: HomeContent): string {
  const isTopic = spec.of.kind === 'topic';
  const title = isTopic ? topicTitle(spec.of.id) : spec.title;
  const count = isTopic ? ` <span class="count">${storyCounts.get(spec.of.id) ?? 0}</span>` : '';
  const inSite = langOf(site.language);
  const name = isTopic
    ? `<a${inSite} href="/?topic=${attribute(spec.of.id)}">${text(title)}</a>`
    : `<span${inSite}>${text(title)}</span>`;
  return `<li><span>${name}${count}</span>${formatLinks(site, spec.path)}</li>`;
}

function formatLinks(site: SiteSettings, path: string): string {
  const links = feedFormats.map(
    (format) => `<a href="${attribute(feedUrl(site.url, path, format))}">${format}</a>`,
  );
  return `<span class="formats">${links.join('')}</span>`;
}

function storyLine(story: Story, { site, topicTitle, sourceTitle }: HomeContent): string {
  const inSite = langOf(site.language);
  const titles = story.reports.map(({ source }) => text(sourceTitle(source)));
  const sources = `<span${inSite}>${[...new Set(titles)].join(', ')}</span>`;
  const tags = story.topics.map((topic) => topicTag(topic, topicTitle(topic), site)).join('');
  const here = `/items/${story.lead.apiId}`;
  const details = story.reports.length === 1 ? 'details' : `${story.reports.length} reports`;
  const language = langOf(story.lead.item.language ?? site.language);
  return `<li><div class="title"><a${language} href="${attribute(linkOf(story.lead, site.url))}">${text(titleOf(story.lead.item))}</a></div>
${smallPrint(showTime(story.published), sources, `<a href="${here}">${details}</a>`)}
${tags === '' ? '' : `<div class="tags">${tags}</div>`}</li>`;
}

/** A topic leads to its stories. */
export function topicTag(topic: string, title: string, site: SiteSettings): string {
  return `<a class="tag"${langOf(site.language)} href="/?topic=${attribute(topic)}">${text(title)}</a>`;
}

function sourceLine({ id, title, state, note }: SourceHealth, site: SiteSettings): string {
  return `<li><span><span class="dot ${state}" title="${attribute(state)}"></span> <span${langOf(site.language)}>${text(title)}</span> <span class="count">${text(note)}</span></span>${formatLinks(site, `sources/${id}`)}</li>`;
}
