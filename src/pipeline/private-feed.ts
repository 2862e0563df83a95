import type { PublishSettings, SiteSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { assemble, renderEntry } from '../publish/document.ts';
import { entryOfItem, type PublishedSource } from '../publish/entries.ts';
import { feedHead, linkHeader } from '../publish/feed-head.ts';
import { sourceSpec } from '../publish/feed-spec.ts';
import {
  hashOf,
  mediaTypes,
  represent,
  type FeedFormatName,
  type Representation,
} from '../publish/representation.ts';
import type { Store } from '../store/store.ts';
import { windowMs } from './feed-query.ts';

export interface PrivateFeedTools {
  readonly store: Store;
  readonly site: SiteSettings;
  readonly settings: PublishSettings;
  /** The id of a feed here, by its path. */
  readonly idOf: (path: string) => string;
  readonly known: ReadonlyMap<string, PublishedSource>;
  readonly topicTitle: (id: string) => string;
  readonly now: () => Date;
}

/** The feed of a private source, rendered when somebody who may read it asks, and kept nowhere. */
export async function renderPrivateFeed(
  source: Pick<Source, 'id' | 'title'>,
  format: FeedFormatName,
  { store, site, settings, idOf, known, topicTitle, now }: PrivateFeedTools,
): Promise<Representation> {
  const since = now().getTime() - windowMs(settings);
  const newest = await store.listItems({
    sources: [source.id],
    withPrivate: true,
    limit: Math.max(settings.maxEntries, settings.entries),
  });
  const items = newest.filter(({ arrived }, index) => index < settings.entries || arrived.getTime() >= since);
  const told = known.get(source.id);
  if (!told) throw new TypeError(`the store does not know the source ${source.id}`);
  const context = { siteUrl: site.url, settings, sourceOf: () => told, topicTitle };
  const entries = items.map((item) => renderEntry(entryOfItem(item, context), site.language));
  const spec = sourceSpec(site.title, source);
  const head = feedHead(spec, format, entries, {
    id: idOf(spec.path),
    site,
    foundedAt: store.founding.at,
  });
  const body = assemble(format, head, entries);
  return represent(body, {
    hash: hashOf(body),
    contentType: mediaTypes[format],
    lastModified: new Date(head.updated ?? store.founding.at),
    link: linkHeader(head, format),
    sources: [source.id],
  });
}
