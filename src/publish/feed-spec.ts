import type { FeedFormatName } from './representation.ts';

/** A feed that is served, whatever its format. */
export interface FeedSpec {
  /** Under `/feeds/`, without the ending: `all`, `topics/ai`, `sources/36kr`. */
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  readonly of:
    { readonly kind: 'all' | 'incidents' } | { readonly kind: 'topic' | 'source'; readonly id: string };
}

/** What a reader may ask of a feed beside its path. */
export interface FeedParameters {
  readonly limit?: number | undefined;
  readonly topics?: readonly string[];
  readonly sources?: readonly string[];
}

/** All feeds of a site: the merged one first, then topics and sources in their order. */
export function feedSpecs(
  siteTitle: string,
  topics: readonly { readonly id: string; readonly title: string }[],
  sources: readonly { readonly id: string; readonly title: string }[],
): readonly FeedSpec[] {
  return [
    { path: 'all', title: siteTitle, description: 'Every story once', of: { kind: 'all' } },
    ...topics.map(({ id, title }): FeedSpec => ({
      path: `topics/${id}`,
      title: `${siteTitle} · ${title}`,
      of: { kind: 'topic', id },
    })),
    ...sources.map(({ id, title }): FeedSpec => ({
      path: `sources/${id}`,
      title: `${siteTitle} · ${title}`,
      of: { kind: 'source', id },
    })),
  ];
}

/** The feed's canonical URL: known parameters alone, in one order. */
export function feedUrl(
  siteUrl: string,
  path: string,
  format: FeedFormatName,
  parameters: FeedParameters = {},
): string {
  const query = canonicalQuery(parameters);
  return `${siteUrl}/feeds/${path}.${format}${query === '' ? '' : `?${query}`}`;
}

/** The parameters in one order, so that one request is one cache entry. */
export function canonicalQuery({ limit, topics = [], sources = [] }: FeedParameters): string {
  const query = new URLSearchParams();
  if (limit !== undefined) query.set('limit', String(limit));
  for (const source of [...new Set(sources)].sort()) query.append('source', source);
  for (const topic of [...new Set(topics)].sort()) query.append('topic', topic);
  return query.toString();
}
