import type { FeedParameters, PublishSettings, SiteSettings } from '../model/settings.ts';
import { renderEntry } from '../publish/document.ts';
import type { EntryContext, PublishedSource } from '../publish/entries.ts';
import { canonicalQuery, feedUrl, type FeedSpec } from '../publish/feed-spec.ts';
import { incidentEntries, incidentsSpec } from '../publish/incidents.ts';
import { published } from '../publish/published.ts';
import {
  feedFormats,
  type ArchiveFormat,
  type FeedFormatName,
  type Representation,
} from '../publish/representation.ts';
import type { FeedState, Store } from '../store/store.ts';
import { loadArchives, type Archives } from './archives.ts';
import { breathe } from './breathe.ts';
import { asksForOthers, demandOf, essential } from './demand.ts';
import { createDocuments } from './documents.ts';
import { createEntryCache } from './entry-cache.ts';
import { converterOf, createFeedEntries } from './feed-entries.ts';
import { amountOf, entryKind, feedQuery, windowMs } from './feed-query.ts';
import { heldEntries } from './held-entries.ts';
import { createLastChanges } from './last-changes.ts';
import {
  firstExpiry,
  hasArchives,
  isTouched,
  sameMembers,
  tombstonesAfter,
  tombstonesBetween,
  type Held,
} from './membership.ts';
import { createSelect } from './selection.ts';
import { shareCalls } from './share-calls.ts';
import { createVariantCache } from './variant-cache.ts';

export interface PublisherTools {
  readonly store: Store;
  readonly site: SiteSettings;
  readonly settings: PublishSettings;
  readonly specs: readonly FeedSpec[];
  readonly topicTitle: (id: string) => string;
  /** What is known now of the sources; asked at each renewal. */
  readonly loadSources: () => Promise<ReadonlyMap<string, PublishedSource>>;
  /** Sources that cannot be read now, and since when; asked at each renewal. */
  readonly loadStale: () => Promise<ReadonlyMap<string, Date>>;
  readonly now: () => Date;
}

/** The served feeds: rendered when something changes, ready in memory when somebody asks. */
export interface Publisher {
  readonly specs: readonly FeedSpec[];
  /** Brings the feeds up to what the store holds. Calls while one is under way share the next. */
  readonly renew: () => Promise<void>;
  /** Whether every feed was rendered at least once. */
  readonly isReady: () => boolean;
  readonly feed: (path: string, format: FeedFormatName) => Representation | undefined;
  /** Sources of what is served that cannot be read now, and since when: what it holds of them is the last good. */
  readonly staleSources: (served: Representation) => ReadonlyMap<string, Date>;
  /** A feed with parameters, rendered on request; undefined for an unknown path. */
  readonly variant: (
    path: string,
    format: FeedFormatName,
    parameters: FeedParameters,
  ) => Promise<Representation | undefined>;
  /** One of a feed's archives; undefined where there is none of this number. */
  readonly archive: (
    path: string,
    number: number,
    format: ArchiveFormat,
  ) => Promise<Representation | undefined>;
}

/** What one renewal works with. */
interface Renewal {
  readonly known: ReadonlyMap<string, FeedState>;
  readonly archives: Archives;
  /** The revision that the feeds are brought to. */
  readonly at: number;
}

/** A feed as it is served now. */
interface Served extends Held {
  readonly formats: ReadonlyMap<FeedFormatName, Representation>;
  /** What its head tells that changes: the newest archive and tombstones. */
  readonly told: string;
}

/** Incidents that their feed tells of. */
const maxIncidents = 50;

export function createPublisher(tools: PublisherTools): Publisher {
  const { store, specs, settings, site, now } = tools;
  const documents = createDocuments(site, store.founding);
  const byPath = new Map(specs.map((spec) => [spec.path, spec]));
  const served = new Map<string, Served>();
  const variants = createVariantCache();
  const lastChanges = createLastChanges();
  let sources: ReadonlyMap<string, PublishedSource> = new Map();
  let stale: ReadonlyMap<string, Date> = new Map();
  let states: Map<string, FeedState> | undefined;
  let archives: Archives | undefined;
  let revision = -1;
  let isReady = false;

  const unknownSource = (id: string): PublishedSource => ({
    title: id,
    feedId: documents.idOf(`sources/${id}`),
    url: feedUrl(site.url, `sources/${id}`, 'atom'),
    republish: 'full',
  });
  const context = (): EntryContext => ({
    siteUrl: site.url,
    settings,
    topicTitle: tools.topicTitle,
    sourceOf: (id) => sources.get(id) ?? unknownSource(id),
  });
  const cache = createEntryCache(store, site.language, context);
  const select = createSelect(store, settings, now, ({ item, source }) =>
    published(item, context().sourceOf(source).republish),
  );

  const entriesOf = createFeedEntries({ store, settings, site, cache, context });

  /** When a document with a hash came to be, as far as is remembered of the one before. */
  const changeOf = (before: FeedState | undefined) => (hash: string) =>
    before?.hash === hash ? before.changedAt : wholeSecond(now());

  const renewFeed = async (
    spec: FeedSpec,
    { known, archives, at }: Renewal,
  ): Promise<ReadonlyMap<string, FeedState>> => {
    const demand = demandOf(spec);
    const held = hasArchives(spec)
      ? await heldEntries(spec, { store, settings, archives, cache, now: now() })
      : { members: await select(spec, demand), entries: undefined };
    const { members } = held;
    const tombstones = await tombstonesAfter(store, spec, archives.sealedThrough(spec.path));
    const numbers = archives.of(spec.path).map(({ number }) => number);
    const told = JSON.stringify([numbers.at(-1), tombstones]);
    const staleAt = firstExpiry(members, windowMs(settings), now());
    const before = served.get(spec.path);
    if (before?.told === told && sameMembers(before.members, members)) {
      served.set(spec.path, { ...before, staleAt });
      return new Map();
    }
    const entries = held.entries ?? (await entriesOf(spec, members, demand, feedFormats));
    const facts = { tombstones, archives: numbers, converter: await converterOf(demand) };
    const formats = new Map<FeedFormatName, Representation>();
    const changed = new Map<string, FeedState>();
    for (const format of feedFormats) {
      // Small documents are compressed at once, each for some milliseconds.
      await breathe();
      const name = `${spec.path}.${format}`;
      const ready = await documents.represent(spec, format, entries, changeOf(known.get(name)), facts);
      formats.set(format, ready);
      const { hash, lastModified } = ready;
      if (known.get(name)?.hash !== hash) changed.set(name, { hash, revision: at, changedAt: lastModified });
    }
    served.set(spec.path, { members, formats, staleAt, told });
    return changed;
  };

  /** Incidents have a feed of their own, in Atom alone. */
  const renewIncidents = async (
    known: ReadonlyMap<string, FeedState>,
    at: number,
    changed: Map<string, FeedState>,
  ): Promise<void> => {
    const spec = incidentsSpec(site.title);
    // Private sources, and those that are configured no longer, are told of nowhere.
    const isTold = (id: string) => specs.some(({ of }) => of.kind === 'source' && of.id === id);
    const incidents = (await store.incidents(maxIncidents)).filter(({ source }) => isTold(source));
    const told = incidentEntries(incidents, {
      idOf: documents.idOf,
      siteUrl: site.url,
      sourceTitle: (id) => (sources.get(id) ?? unknownSource(id)).title,
    });
    const entries = told.map((entry) => renderEntry(entry, site.language));
    const before = known.get('incidents.atom');
    const atom = await documents.represent(spec, 'atom', entries, changeOf(before));
    served.set(spec.path, { members: [], formats: new Map([['atom', atom]]), staleAt: Infinity, told: '' });
    if (before?.hash !== atom.hash)
      changed.set('incidents.atom', { hash: atom.hash, revision: at, changedAt: atom.lastModified });
  };

  const renewAll = async (): Promise<void> => {
    states ??= new Map(await store.feedStates());
    archives ??= await loadArchives(store);
    const first = revision === -1;
    // The first time everything is rendered, whatever changed.
    const changes = await store.changesSince(first ? Number.MAX_SAFE_INTEGER : revision);
    await noticeSources();
    stale = await tools.loadStale();
    const touched = specs.filter((spec) => first || isTouched(spec, changes, served.get(spec.path), now()));
    const changed = new Map<string, FeedState>();
    for (const spec of touched) {
      await breathe();
      for (const [name, state] of await renewFeed(spec, { known: states, archives, at: changes.revision }))
        changed.set(name, state);
    }
    if (first || changes.incidents) await renewIncidents(states, changes.revision, changed);
    if (changed.size > 0) await store.saveFeedStates(changed);
    for (const [name, state] of changed) states.set(name, state);
    revision = changes.revision;
    isReady = true;
    if (touched.length === 0) return;
    variants.clear();
    cache.keepOnly(specs.map((spec) => [entryKind(spec), served.get(spec.path)?.members ?? []] as const));
  };

  /** Entries tell of their source: when that changes, they are rendered anew. */
  const noticeSources = async (): Promise<void> => {
    const before = JSON.stringify([...sources]);
    sources = await tools.loadSources();
    if (before === JSON.stringify([...sources])) return;
    cache.clear();
    for (const [path, feed] of served) served.set(path, { ...feed, told: '', staleAt: 0 });
  };

  const renderVariant = async (
    spec: FeedSpec,
    format: FeedFormatName,
    parameters: FeedParameters,
    name: string,
  ): Promise<Representation> => {
    const demand = demandOf(spec, parameters);
    const plain = served.get(spec.path);
    // A request for other texts alone is for the entries that the feed has.
    const members = asksForOthers(parameters) || !plain ? await select(spec, demand) : plain.members;
    const entries = await entriesOf(spec, members, demand, [format]);
    const changedAt = (hash: string) =>
      lastChanges.of(name, hash, plain?.formats.get(format)?.lastModified ?? now(), wholeSecond(now()));
    return documents.represent(spec, format, entries, changedAt, {
      parameters,
      tombstones: await tombstonesAfter(store, spec, archives?.sealedThrough(spec.path) ?? 0),
      converter: await converterOf(demand),
    });
  };

  const variant: Publisher['variant'] = async (path, format, asked) => {
    const spec = byPath.get(path);
    const parameters = spec && essential(spec, asked, settings);
    if (!parameters) return served.get(path)?.formats.get(format);
    const name = `${path}.${format}?${canonicalQuery(parameters)}`;
    return variants.get(name, () => renderVariant(spec, format, parameters, name));
  };

  const renderArchive = async (
    spec: FeedSpec,
    { number, format }: { readonly number: number; readonly format: ArchiveFormat },
    range: { readonly after: number; readonly through: number },
  ): Promise<Representation> => {
    const demand = demandOf(spec);
    const query = feedQuery(spec, demand, amountOf(demand, settings, now()), settings);
    const { after, through } = range;
    const members = await store.membersBetween(query, after, through, Number.MAX_SAFE_INTEGER);
    const entries = [...(await cache.entriesOf(entryKind(spec), members.toReversed())).values()];
    const name = `${spec.path}/archive/${number}.${format}`;
    const before = states?.get(name);
    const ready = await documents.represent(spec, format, entries, changeOf(before), {
      archives: archives?.of(spec.path).map((sealed) => sealed.number) ?? [],
      archive: number,
      tombstones: await tombstonesBetween(store, spec, range),
    });
    if (before?.hash !== ready.hash) {
      const state = { hash: ready.hash, revision, changedAt: ready.lastModified };
      states?.set(name, state);
      // Nobody has to wait for it, and where it cannot be kept there is nothing lost but a time.
      store.saveFeedStates(new Map([[name, state]])).catch(() => undefined);
    }
    return ready;
  };

  const archive: Publisher['archive'] = async (path, number, format) => {
    const spec = byPath.get(path);
    const range = archives?.range(path, number);
    if (!spec || !range) return undefined;
    return variants.get(`${path}/archive/${number}.${format}`, () =>
      renderArchive(spec, { number, format }, range),
    );
  };

  return {
    specs,
    renew: shareCalls(renewAll),
    isReady: () => isReady,
    feed: (path, format) => served.get(path)?.formats.get(format),
    staleSources: ({ sources: told }) =>
      stale.size === 0 ? stale : new Map([...stale].filter(([source]) => told.includes(source))),
    variant,
    archive,
  };
}

/** HTTP dates have seconds only. */
function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
