import { StoreError } from '../model/errors.ts';
import type { FeedParameters, PublishSettings, SiteSettings } from '../model/settings.ts';
import { renderEntry } from '../publish/document.ts';
import type { EntryContext, PublishedSource } from '../publish/entries.ts';
import { canonicalQuery, feedUrl, type FeedSpec } from '../publish/feed-spec.ts';
import { incidentEntries, incidentsSpec } from '../publish/incidents.ts';
import { published } from '../publish/published.ts';
import {
  bytesOf,
  type ArchiveFormat,
  type FeedFormatName,
  type Representation,
} from '../publish/representation.ts';
import type { Changes, FeedState, Store } from '../store/store.ts';
import { loadArchives, type Archives } from './archives.ts';
import { breathe } from './breathe.ts';
import { asksForOthers, demandOf, essential } from './demand.ts';
import { createDocuments } from './documents.ts';
import { createEntryCache } from './entry-cache.ts';
import { converterOf } from './feed-entries.ts';
import { amountOf, entryKind, feedQuery } from './feed-query.ts';
import { createLastChanges } from './last-changes.ts';
import { createMadeOnRequest, type Make } from './made-on-request.ts';
import { changeOf, createFeedMaker, wholeSecond, type Served } from './make-feed.ts';
import { isTouched, tombstonesAfter, tombstonesBetween } from './membership.ts';
import { createSelect } from './selection.ts';
import { shareCalls } from './share-calls.ts';

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
  /** Told of the paths of feeds in memory that are others than before, or there no more. */
  readonly onChange?: (paths: readonly string[]) => void;
}

/**
 * The served feeds. Those of all and of searches are rendered when something changes and ready in memory when
 * somebody asks. Topics may be hundreds and sources a thousand, and few are asked for by themselves: their feeds
 * are rendered at the first request and kept until something in them changes; those that are asked for all the time
 * are then rendered at once, as the feed of all is.
 */
export interface Publisher {
  readonly specs: readonly FeedSpec[];
  /** Those that are rendered before anybody asks. */
  readonly keptReady: readonly FeedSpec[];
  /** Brings the feeds up to what the store holds. Calls while one is under way share the next. */
  readonly renew: () => Promise<void>;
  /** Whether every feed that is kept ready was rendered at least once. */
  readonly isReady: () => boolean;
  /** A feed as it is, where it is in memory. */
  readonly ready: (path: string, format: FeedFormatName) => Representation | undefined;
  /** To be called when somebody else has answered a request for a feed that is in memory. */
  readonly noteAsked: (path: string) => void;
  /** Sources of what is served that cannot be read now, and since when: what it holds of them is the last good. */
  readonly staleSources: (served: Representation) => ReadonlyMap<string, Date>;
  /** A feed, with parameters or as it is, rendered where it is not in memory; undefined for an unknown path. */
  readonly feed: (
    path: string,
    format: FeedFormatName,
    parameters?: FeedParameters,
  ) => Promise<Representation | undefined>;
  /** One of a feed's archives; undefined where there is none of this number. */
  readonly archive: (
    path: string,
    number: number,
    format: ArchiveFormat,
  ) => Promise<Representation | undefined>;
}

/** Incidents that their feed tells of. */
const maxIncidents = 50;

/** Documents of feeds that are made on request take at most so much memory, */
const maxBytesOfFeeds = 128 * 1024 * 1024;

/** and feeds with parameters and archives so much. */
const maxBytesOfVariants = 64 * 1024 * 1024;

export function createPublisher(tools: PublisherTools): Publisher {
  const { store, specs, settings, site, now } = tools;
  const documents = createDocuments(site, store.founding);
  const byPath = new Map(specs.map((spec) => [spec.path, spec]));
  const isOnRequest = ({ of }: FeedSpec) => of.kind === 'source' || of.kind === 'topic';
  const served = new Map<string, Served>();
  const servedOnRequest = createMadeOnRequest(
    maxBytesOfFeeds,
    ({ formats }: Served) => formats.values().reduce((total, format) => total + bytesOf(format), 0),
    now,
  );
  const variants = createMadeOnRequest(maxBytesOfVariants, bytesOf, now);
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

  const maker = createFeedMaker({
    ...{ store, settings, site, context, documents, select, now },
    entriesOf: cache.entriesOf,
  });

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
    const atom = await documents.represent(spec, 'atom', entries, changeOf(before, now));
    const formats = new Map([['atom', atom] as const]);
    served.set(spec.path, { members: [], entries, formats, staleAt: Infinity, told: '' });
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
    const renewal = { known: states, archives, at: changes.revision };
    const behind = specs.filter((spec) => isBehind(spec, changes));
    const behindOnRequest = behind.filter(isOnRequest).map(({ path }) => path);
    for (const path of behindOnRequest) {
      // What was removed is not to be served even where nothing newer can be had.
      if (changes.removals && !servedOnRequest.isInDemand(path)) servedOnRequest.forget(path);
      else if (!isKeptUp(path)) servedOnRequest.outdate(path);
    }
    tools.onChange?.(behindOnRequest);
    const changed = new Map<string, FeedState>();
    for (const spec of behind.filter((spec) => !isOnRequest(spec) || servedOnRequest.isInDemand(spec.path))) {
      await breathe();
      const before = served.get(spec.path) ?? servedOnRequest.known(spec.path);
      const made = await maker.feed(spec, renewal, before);
      if (!isOnRequest(spec)) served.set(spec.path, made.feed);
      else if (before) servedOnRequest.replace(spec.path, before, made.feed);
      tools.onChange?.([spec.path]);
      for (const [name, state] of made.changed) changed.set(name, state);
    }
    if (first || changes.incidents) await renewIncidents(states, changes.revision, changed);
    if (changed.size > 0) await store.saveFeedStates(changed);
    for (const [name, state] of changed) states.set(name, state);
    revision = changes.revision;
    isReady = true;
    if (behind.length > 0 || changes.sources.length > 0) variants.clear();
  };

  /** Served as it was until it is renewed. */
  const isKeptUp = (path: string): boolean =>
    servedOnRequest.isInDemand(path) && servedOnRequest.peek(path) !== undefined;

  /** Whether a feed is not, or may not be, what it would be made now. */
  const isBehind = (spec: FeedSpec, changes: Changes): boolean => {
    if (!isOnRequest(spec)) return isTouched(spec, changes, served.get(spec.path), now());
    const feed = servedOnRequest.peek(spec.path);
    if (feed) return isTouched(spec, changes, feed, now());
    // What is in one that is being made is not known yet; of those that are outdated already, some are waited for.
    return (
      changes.removals || servedOnRequest.isBeingMade(spec.path) || servedOnRequest.isInDemand(spec.path)
    );
  };

  /** Entries tell of their source: when that changes, they are rendered anew. */
  const noticeSources = async (): Promise<void> => {
    const before = JSON.stringify([...sources]);
    sources = await tools.loadSources();
    if (before === JSON.stringify([...sources])) return;
    cache.clear();
    const outdated = (feed: Served): Served => ({ ...feed, told: '', staleAt: 0 });
    for (const [path, feed] of served) served.set(path, outdated(feed));
    for (const { path } of specs) {
      const feed = servedOnRequest.peek(path);
      if (feed) servedOnRequest.replace(path, feed, outdated(feed));
      else servedOnRequest.forget(path);
    }
  };

  /** Remembers what documents are now, without letting those wait who asked for them. */
  const remember = (changed: ReadonlyMap<string, FeedState>): void => {
    if (changed.size === 0) return;
    for (const [name, state] of changed) states?.set(name, state);
    // Where it cannot be kept, there is nothing lost but a time.
    store.saveFeedStates(changed).catch(() => undefined);
  };

  /** The feed without parameters. */
  const plainOf = async (spec: FeedSpec): Promise<Served | undefined> => {
    if (!isOnRequest(spec)) return served.get(spec.path);
    if (!states || !archives) return undefined;
    const renewal = { known: states, archives, at: revision };
    const make: Make<Served> = async (before, isCurrent) => {
      const { feed, changed } = await maker.feed(spec, renewal, before);
      if (isCurrent()) remember(changed);
      return feed;
    };
    try {
      return await servedOnRequest.get(spec.path, make);
    } catch (error) {
      // While the disk is full, what was served before is better than nothing.
      const last = error instanceof StoreError ? servedOnRequest.known(spec.path) : undefined;
      if (last) return last;
      throw error;
    }
  };

  const renderVariant = async (
    spec: FeedSpec,
    format: FeedFormatName,
    parameters: FeedParameters,
    name: string,
  ): Promise<Representation> => {
    const demand = demandOf(spec, parameters);
    const plain = await plainOf(spec);
    // A request for other texts alone is for the entries that the feed has.
    const members = asksForOthers(parameters) || !plain ? await select(spec, demand) : plain.members;
    const entries = await maker.entries(spec, members, demand, [format]);
    const changedAt = (hash: string) =>
      lastChanges.of(name, hash, plain?.formats.get(format)?.lastModified ?? now(), wholeSecond(now()));
    return documents.represent(spec, format, entries, changedAt, {
      parameters,
      tombstones: await tombstonesAfter(store, spec, archives?.sealedThrough(spec.path) ?? 0),
      converter: await converterOf(demand),
    });
  };

  const ready: Publisher['ready'] = (path, format) =>
    (served.get(path) ?? servedOnRequest.peek(path))?.formats.get(format);

  const feed: Publisher['feed'] = async (path, format, asked = {}) => {
    const spec = byPath.get(path);
    if (!spec) return ready(path, format);
    const parameters = essential(spec, asked, settings);
    if (!parameters) return (await plainOf(spec))?.formats.get(format);
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
    const sealed = await documents.represent(spec, format, entries, changeOf(before, now), {
      archives: archives?.of(spec.path).map((sealed) => sealed.number) ?? [],
      archive: number,
      tombstones: await tombstonesBetween(store, spec, range),
    });
    if (before?.hash !== sealed.hash)
      remember(new Map([[name, { hash: sealed.hash, revision, changedAt: sealed.lastModified }]]));
    return sealed;
  };

  const archive: Publisher['archive'] = async (path, number, format) => {
    const spec = byPath.get(path);
    const range = archives?.range(path, number);
    if (!spec || !range) return undefined;
    // It links to its neighbours, which come and go.
    const neighbours = [number - 1, number + 1].filter((other) => archives?.range(path, other));
    return variants.get(`${path}/archive/${number}.${format} ${neighbours.join()}`, () =>
      renderArchive(spec, { number, format }, range),
    );
  };

  return {
    specs,
    keptReady: specs.filter((spec) => !isOnRequest(spec)),
    renew: shareCalls(renewAll),
    isReady: () => isReady,
    ready,
    noteAsked: (path) => void servedOnRequest.here(path),
    staleSources: ({ sources: told }) =>
      stale.size === 0 ? stale : new Map([...stale].filter(([source]) => told.includes(source))),
    feed,
    archive,
  };
}
