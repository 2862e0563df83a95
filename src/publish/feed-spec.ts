import type { FeedParameters, SavedFeed } from '../model/settings.ts';
import type { FeedFormatName } from './representation.ts';

/** A feed that is served, whatever its format. */
export interface FeedSpec {
  /** Under `/feeds/`, without the ending: `all`, `topics/ai`, `sources/36kr`. */
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  readonly of:
    | { readonly kind: 'all' | 'incidents' }
    | { readonly kind: 'topic' | 'source'; readonly id: string }
    | { readonly kind: 'saved'; readonly parameters: FeedParameters };
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/** All feeds of a site: the merged one first, then topics, saved ones and sources in their order. */
export function feedSpecs(
  siteTitle: string,
  topics: readonly Named[],
  saved: readonly SavedFeed[],
  sources: readonly Named[],
): readonly FeedSpec[] {
  const titled = ({ title }: Named) => `${siteTitle} · ${title}`;
  return [
    { path: 'all', title: siteTitle, description: 'Every story once', of: { kind: 'all' } },
    ...topics.map((topic): FeedSpec => ({
      path: `topics/${topic.id}`,
      title: titled(topic),
      of: { kind: 'topic', id: topic.id },
    })),
    ...saved.map((feed): FeedSpec => ({
      path: `saved/${feed.id}`,
      title: titled(feed),
      of: { kind: 'saved', parameters: feed.parameters },
    })),
    ...sources.map((source) => sourceSpec(siteTitle, source)),
  ];
}

/** The feed of one source. */
export function sourceSpec(siteTitle: string, { id, title }: Named): FeedSpec {
  return { path: `sources/${id}`, title: `${siteTitle} · ${title}`, of: { kind: 'source', id } };
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
export function canonicalQuery(parameters: FeedParameters): string {
  const { limit, topics = [], sources = [], exceptSources = [], q, exclude, content, script } = parameters;
  const query = new URLSearchParams();
  const list = (name: string, values: readonly string[]) => {
    for (const value of [...new Set(values)].sort()) query.append(name, value);
  };
  const one = (name: string, value: string | number | undefined) => {
    if (value !== undefined) query.set(name, String(value));
  };
  one('content', content);
  one('exclude', exclude);
  list('exclude-source', exceptSources);
  one('limit', limit);
  one('q', q);
  one('script', script);
  list('source', sources);
  list('topic', topics);
  return query.toString();
}
