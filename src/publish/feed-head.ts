import type { FeedParameters, SiteSettings } from '../model/settings.ts';
import type { RenderedEntry } from './document.ts';
import type { FeedHead } from './entry.ts';
import { feedUrl, type FeedSpec } from './feed-spec.ts';
import { mediaTypes, type FeedFormatName } from './representation.ts';

/** What a feed says of itself. Its `updated` is its newest entry's, and the founding's while it has none. */
export function feedHead(
  spec: FeedSpec,
  format: FeedFormatName,
  entries: readonly RenderedEntry[],
  {
    id,
    site,
    foundedAt,
    parameters,
  }: {
    readonly id: string;
    readonly site: SiteSettings;
    readonly foundedAt: Date;
    readonly parameters?: FeedParameters;
  },
): FeedHead {
  const founded = `${foundedAt.toISOString().slice(0, 19)}Z`;
  return {
    id,
    title: spec.title,
    ...(spec.description !== undefined && { description: spec.description }),
    selfUrl: feedUrl(site.url, spec.path, format, parameters),
    homepage: `${site.url}/`,
    language: headLanguage(site.language, parameters),
    updated: entries.reduce((newest, { updated }) => (updated > newest ? updated : newest), '') || founded,
    authors: [{ name: site.title }],
    generator: 'tributary',
    icon: `${site.url}/favicon.svg`,
  };
}

/** The `Link` header that says what the document says (RFC 8288). */
export function linkHeader({ selfUrl = '', homepage = '' }: FeedHead, format: FeedFormatName): string {
  const type = mediaTypes[format].replace(/;.*/, '');
  return `<${selfUrl}>; rel="self"; type="${type}", <${homepage}>; rel="alternate"; type="text/html"`;
}

/** A converted feed says so; the feed's own title is the site's and stays as it was written. */
function headLanguage(language: string, { script }: FeedParameters = {}): string {
  if (script === undefined || !/^zh\b/i.test(language)) return language;
  return script === 'hans' ? 'zh-Hans' : 'zh-Hant';
}
