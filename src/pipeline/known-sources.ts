import { urlHoldsCredentials } from '../model/credentials.ts';
import type { Source, SourceRecord } from '../model/source.ts';
import type { PublishedSource } from '../publish/entries.ts';
import type { Republish } from '../publish/published.ts';
import { feedUrl } from '../publish/feed-spec.ts';
import type { Store } from '../store/store.ts';
import { isAbsoluteIri } from '../text/url.ts';

/** What is told of sources by their ids: of those in the configuration, and of those that were in it once. */
export interface KnownSources {
  readonly all: () => Promise<ReadonlyMap<string, PublishedSource>>;
  /** Those that anybody may know of. */
  readonly public: () => Promise<ReadonlyMap<string, PublishedSource>>;
  /** How much of a source's items may be published. */
  readonly allowanceOf: (id: string) => Republish;
}

interface Naming {
  readonly siteUrl: string;
  /** The id of a feed here, by its path. */
  readonly idOf: (path: string) => string;
}

/** The store's note of what sources allow that allow less than everything. */
const note = 'republish';

/** What a source allowed stays in force for its items when it leaves the configuration. */
export async function createKnownSources(
  store: Store,
  sources: readonly Source[],
  naming: Naming,
): Promise<KnownSources> {
  const configured = new Map(sources.map((source) => [source.id, source]));
  const allowed = await rememberAllowances(store, sources);
  const allowanceOf = (id: string) => allowed.get(id) ?? 'full';
  const load = async (isWanted: (record: SourceRecord) => boolean) =>
    new Map(
      (await store.sources()).filter(isWanted).map((record): [string, PublishedSource] => {
        const { id } = record;
        return [id, describe(record, configured.get(id), allowanceOf(id), naming)];
      }),
    );
  return { all: () => load(() => true), public: () => load((record) => !record.private), allowanceOf };
}

async function rememberAllowances(
  store: Store,
  sources: readonly Source[],
): Promise<ReadonlyMap<string, Republish>> {
  const before = (await store.note(note)) ?? '[]';
  const allowed = new Map(JSON.parse(before) as readonly [string, Republish][]);
  for (const { id, republish } of sources) {
    if (republish === 'full') allowed.delete(id);
    else allowed.set(id, republish);
  }
  const now = JSON.stringify([...allowed]);
  if (now !== before) await store.setNote(note, now);
  return allowed;
}

/** What its feed says of itself, and where its document is, if that is public. */
function describe(
  { id, title, state: { feed } }: SourceRecord,
  source: Source | undefined,
  republish: Republish,
  { siteUrl, idOf }: Naming,
): PublishedSource {
  const { location } = source ?? {};
  const own = feed?.id !== undefined && isAbsoluteIri(feed.id) && isTold(feed.id) ? feed.id : undefined;
  return {
    title,
    feedId: own ?? idOf(`sources/${id}`),
    url:
      location?.kind === 'http' && isTold(location.url)
        ? location.url
        : feedUrl(siteUrl, `sources/${id}`, 'atom'),
    republish,
    ...(feed?.homepage !== undefined && isTold(feed.homepage) && { homepage: feed.homepage }),
    ...(feed?.rights !== undefined && { rights: feed.rights }),
    ...(feed?.license !== undefined && { license: feed.license }),
  };
}

const isTold = (url: string): boolean => !urlHoldsCredentials(url);
