import type { PublishSettings, SiteSettings } from '../model/settings.ts';
import { firstThatFit, type RenderedEntry } from '../publish/document.ts';
import type { EntryContext } from '../publish/entries.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import type { FeedFormatName } from '../publish/representation.ts';
import type { Store } from '../store/store.ts';
import { scriptConverter, type ScriptConverter } from '../text/script.ts';
import { customEntries } from './custom-entries.ts';
import { contentOf, type Demand } from './demand.ts';
import type { EntriesOf, MemberKey } from './entry-cache.ts';
import { entryKind } from './feed-query.ts';

/** The members' entries, as far as they fit: those that all feeds share, or with texts of their own. */
export type FeedEntries = <Format extends FeedFormatName>(
  spec: FeedSpec,
  members: readonly MemberKey[],
  demand: Demand,
  formats: readonly Format[],
) => Promise<readonly RenderedEntry<Format>[]>;

export function createFeedEntries({
  store,
  settings,
  site,
  entriesOf,
  context,
}: {
  readonly store: Store;
  readonly settings: PublishSettings;
  readonly site: SiteSettings;
  readonly entriesOf: EntriesOf;
  readonly context: () => EntryContext;
}): FeedEntries {
  return async (spec, members, demand, formats) => {
    const content = contentOf(demand, settings);
    const converter = await converterOf(demand);
    const kind = entryKind(spec);
    if (content === settings.content && converter === undefined)
      return firstThatFit([...(await entriesOf(kind, members)).values()]);
    const told = { context: context(), language: site.language };
    return firstThatFit(await customEntries(store, kind, members, formats, { content, converter }, told));
  };
}

export async function converterOf({ script }: Pick<Demand, 'script'>): Promise<ScriptConverter | undefined> {
  return script === undefined ? undefined : scriptConverter(script);
}
