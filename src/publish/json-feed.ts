import type { Category, Person } from '../model/feed.ts';
import { htmlToText } from '../text/html/to-text.ts';
import { stripForbidden } from '../text/xml-chars.ts';
import type { Entry, FeedHead } from './entry.ts';
import { licenseOf } from './license.ts';

/** Everything of a JSON Feed 1.1 before its first item; {@link jsonFeedTail} ends it, commas stand between items. */
export function renderJsonFeedHead(feed: FeedHead, authors = feed.authors): string {
  const head = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title ?? ' ',
    home_page_url: feed.homepage,
    feed_url: feed.selfUrl,
    description: feed.description,
    // What came before: the archive that Atom calls `prev-archive`.
    next_url: feed.links?.find(({ rel }) => rel === 'prev-archive')?.href,
    icon: feed.logo ?? feed.image,
    favicon: feed.icon,
    authors: authors?.flatMap(author),
    language: feed.language,
  };
  return `${stringify(head).slice(0, -1)},"items":[\n`;
}

export const jsonFeedTail = '\n]}\n';

/** One item. It always has content: where there is none, its title is all there is to read. */
export function renderJsonFeedItem(entry: Entry, feedLanguage?: string): string {
  const content = entry.content ?? entry.summary;
  return stringify({
    id: entry.id ?? entry.url ?? '',
    url: entry.url,
    title: entry.title,
    content_html: content,
    content_text: content === undefined ? (entry.title ?? '') : undefined,
    summary:
      entry.summary === undefined || entry.content === undefined ? undefined : htmlToText(entry.summary),
    image: entry.image,
    date_published: entry.published,
    date_modified: entry.updated,
    authors: entry.authors?.flatMap(author),
    tags: entry.categories && [...new Set(entry.categories.map(tag))],
    language: entry.language === feedLanguage ? undefined : entry.language,
    attachments: entry.enclosures?.map(({ url, type, length }) => ({
      url,
      mime_type: type ?? 'application/octet-stream',
      size_in_bytes: length,
    })),
    _tributary: {
      entryId: entry.id,
      source: entry.source,
      rights: entry.rights,
      license: licenseOf(entry),
      contributors: entry.contributors,
      commentsUrl: entry.commentsUrl,
      column: entry.column,
      agency: entry.agency,
      titleHash: entry.titleHash,
      reports: entry.reports?.map(({ sourceTitle, ...report }) => ({ ...report, title: sourceTitle })),
    },
  });
}

/** An author has at least a name or a URL. */
function author({ name, url, email }: Person) {
  return name === undefined && email === undefined && url === undefined ? [] : [{ name: name ?? email, url }];
}

const tag = ({ term, label }: Category) => label ?? term;

/** JSON in one line, without what XML 1.0 forbids, so that both outputs say the same. */
function stringify(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? stripForbidden(part) : part,
  );
}
