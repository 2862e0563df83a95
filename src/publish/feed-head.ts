import type { FeedParameters, SiteSettings } from '../model/settings.ts';
import type { RenderedEntry } from './document.ts';
import type { FeedHead, FeedLink } from './entry.ts';
import { feedUrl, type FeedSpec } from './feed-spec.ts';
import { isArchiveFormat, mediaTypes, type FeedFormatName } from './representation.ts';

/** What is told of a feed beside its entries. */
export interface FeedFacts {
  readonly id: string;
  readonly site: SiteSettings;
  readonly foundedAt: Date;
  readonly parameters?: FeedParameters | undefined;
  /** The numbers of the feed's archives, ascending. */
  readonly archives?: readonly number[];
  /** The number of the archive that the document is. */
  readonly archive?: number;
  readonly tombstones?: FeedHead['tombstones'];
}

/** What a feed says of itself. Its `updated` is its newest entry's, and the founding's while it has none. */
export function feedHead(
  spec: FeedSpec,
  format: FeedFormatName,
  entries: readonly Pick<RenderedEntry, 'updated'>[],
  facts: FeedFacts,
): FeedHead {
  const { id, site, foundedAt, parameters, archive, tombstones = [] } = facts;
  const founded = `${foundedAt.toISOString().slice(0, 19)}Z`;
  return {
    id,
    title: spec.title,
    ...(spec.description !== undefined && { description: spec.description }),
    selfUrl: feedUrl(
      site.url,
      archive === undefined ? spec.path : archivePath(spec, archive),
      format,
      parameters,
    ),
    homepage: `${site.url}/`,
    links: archiveLinks(spec, format, facts),
    language: site.language,
    updated: entries.reduce((newest, { updated }) => (updated > newest ? updated : newest), '') || founded,
    authors: [{ name: site.title }],
    generator: 'tributary',
    icon: `${site.url}/favicon.svg`,
    isArchive: archive !== undefined,
    tombstones,
  };
}

/** The `Link` header that says what the document says (RFC 8288). */
export function linkHeader(
  { selfUrl = '', homepage = '', links = [] }: FeedHead,
  format: FeedFormatName,
): string {
  const type = mediaTypes[format].replace(/;.*/, '');
  return [
    `<${selfUrl}>; rel="self"; type="${type}"`,
    `<${homepage}>; rel="alternate"; type="text/html"`,
    ...links.map(({ rel, href }) => `<${href}>; rel="${rel}"`),
  ].join(', ');
}

function archivePath({ path }: FeedSpec, number: number): string {
  return `${path}/archive/${number}`;
}

/** The chain from the feed to its oldest archive and back (RFC 5005, 4), in the format of the document. */
function archiveLinks(
  spec: FeedSpec,
  format: FeedFormatName,
  { site, archives = [], archive }: FeedFacts,
): FeedLink[] {
  if (!isArchiveFormat(format)) return [];
  const url = (number: number) => feedUrl(site.url, archivePath(spec, number), format);
  const earlier = archives.findLast((number) => archive === undefined || number < archive);
  const later = archive === undefined ? undefined : archives.find((number) => number > archive);
  return [
    ...(earlier === undefined ? [] : [{ rel: 'prev-archive', href: url(earlier) }]),
    ...(later === undefined ? [] : [{ rel: 'next-archive', href: url(later) }]),
    ...(archive === undefined ? [] : [{ rel: 'current', href: feedUrl(site.url, spec.path, format) }]),
  ];
}
