import { feedId } from '../identify/entry-id.ts';
import type { FeedParameters, PublishSettings, SiteSettings } from '../model/settings.ts';
import { assemble, renderEntry, type RenderedEntry } from '../publish/document.ts';
import type { EntryContext, PublishedSource } from '../publish/entries.ts';
import { feedHead, linkHeader, type FeedFacts } from '../publish/feed-head.ts';
import { canonicalQuery, feedUrl, type FeedSpec } from '../publish/feed-spec.ts';
import { incidentEntries, incidentsSpec } from '../publish/incidents.ts';
import {
  feedFormats,
  hashOf,
  mediaTypes,
  represent,
  type FeedFormatName,
  type Representation,
} from '../publish/representation.ts';
import type { FeedState, Member, Store } from '../store/store.ts';
import { breathe } from './breathe.ts';
import { loadArchives, type Archives } from './archives.ts';
import { customEntries, isCustom } from './custom-entries.ts';
import { createEntryCache } from './entry-cache.ts';
import { entryKind, feedQuery, windowMs } from './feed-query.ts';
import { firstExpiry, hasArchives, isTouched, sameMembers, tombstoneQuery, type Held } from './membership.ts';
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
  /** Sources of a feed that cannot be read now, and since when: what it holds of them is the last good. */
  readonly staleSources: (path: string) => ReadonlyMap<string, Date>;
  /** A feed with parameters, rendered on request; undefined for an unknown path. */
  readonly variant: (
    path: string,
    format: FeedFormatName,
    parameters: FeedParameters,
  ) => Promise<Representation | undefined>;
  /** One of a feed's archives in Atom; undefined where there is none of this number. */
  readonly archive: (path: string, number: number) => Promise<Representation | undefined>;
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
  /** How many tombstones it tells of. */
  readonly buried: number;
}

/** Incidents that their feed tells of. */
const maxIncidents = 50;

export function createPublisher(tools: PublisherTools): Publisher {
  const { store, specs, settings, site, now } = tools;
  const { installId, authority } = store.founding;
  const idOf = (path: string) =>
    feedId({ installId, ...(authority !== undefined && { name: authority }) }, `feeds/${path}`);
  const byPath = new Map(specs.map((spec) => [spec.path, spec]));
  const served = new Map<string, Served>();
  const variants = createVariantCache();
  let sources: ReadonlyMap<string, PublishedSource> = new Map();
  let stale: ReadonlyMap<string, Date> = new Map();
  let states: Map<string, FeedState> | undefined;
  let archives: Archives | undefined;
  let revision = -1;
  let isReady = false;

  const unknownSource = (id: string): PublishedSource => ({
    title: id,
    feedId: idOf(`sources/${id}`),
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

  const entriesFor = (spec: FeedSpec, members: readonly Member[], parameters: FeedParameters) => {
    const asked = { ...(spec.of.kind === 'saved' && spec.of.parameters), ...parameters };
    const kind = entryKind(spec);
    if (!isCustom(asked)) return cache.entriesOf(kind, members);
    return customEntries(store, kind, members, asked, {
      context: context(),
      language: site.language,
      most: settings.entries,
    });
  };

  const build = (
    spec: FeedSpec,
    format: FeedFormatName,
    entries: readonly RenderedEntry[],
    facts: Pick<FeedFacts, 'parameters' | 'archives' | 'archive' | 'tombstones'> = {},
    before?: FeedState,
  ): Promise<Representation> => {
    // How many entries are shown does not change what the feed is.
    const meaning = canonicalQuery({ ...facts.parameters, limit: undefined });
    const id = idOf(meaning === '' ? spec.path : `${spec.path}?${meaning}`);
    const head = feedHead(spec, format, entries, { id, site, foundedAt: store.founding.at, ...facts });
    const body = assemble(format, head, entries);
    const hash = hashOf(body);
    const lastModified = before?.hash === hash ? before.changedAt : wholeSecond(now());
    return represent(body, {
      hash,
      contentType: mediaTypes[format],
      lastModified,
      link: linkHeader(head, format),
    });
  };

  /** A feed's members: by its rules, and whatever is in no archive yet. */
  const membersOf = async (spec: FeedSpec, archives: Archives): Promise<readonly Member[]> => {
    const query = feedQuery(spec, settings, now());
    const held = await store.feedMembers(query);
    if (!hasArchives(spec)) return held;
    const unsealedAfter = await archives.seal(spec.path, query, held);
    return store.feedMembers({ ...query, unsealedAfter });
  };

  const renewFeed = async (
    spec: FeedSpec,
    { known, archives, at }: Renewal,
  ): Promise<ReadonlyMap<string, FeedState>> => {
    const members = await membersOf(spec, archives);
    const tombstones = await store.tombstones(tombstoneQuery(spec));
    const buried = tombstones.length;
    const staleAt = firstExpiry(members, windowMs(settings), now());
    const before = served.get(spec.path);
    if (before?.buried === buried && sameMembers(before.members, members)) {
      served.set(spec.path, { ...before, staleAt });
      return new Map();
    }
    const entries = await entriesFor(spec, members, {});
    const facts = { tombstones, archives: archives.of(spec.path).map(({ number }) => number) };
    const formats = new Map<FeedFormatName, Representation>();
    const changed = new Map<string, FeedState>();
    for (const format of feedFormats) {
      const name = `${spec.path}.${format}`;
      const representation = await build(spec, format, entries, facts, known.get(name));
      formats.set(format, representation);
      const { hash, lastModified } = representation;
      if (known.get(name)?.hash !== hash) changed.set(name, { hash, revision: at, changedAt: lastModified });
    }
    served.set(spec.path, { members, formats, staleAt, buried });
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
      idOf,
      siteUrl: site.url,
      sourceTitle: (id) => (sources.get(id) ?? unknownSource(id)).title,
    });
    const entries = told.map((entry) => renderEntry(entry, site.language));
    const atom = await build(spec, 'atom', entries, {}, known.get('incidents.atom'));
    served.set(spec.path, { members: [], formats: new Map([['atom', atom]]), staleAt: Infinity, buried: 0 });
    if (known.get('incidents.atom')?.hash !== atom.hash) {
      changed.set('incidents.atom', { hash: atom.hash, revision: at, changedAt: atom.lastModified });
    }
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
    for (const [path, feed] of served) served.set(path, { ...feed, members: [], staleAt: 0 });
  };

  const variant: Publisher['variant'] = async (path, format, parameters) => {
    const spec = byPath.get(path);
    if (!spec) return undefined;
    const name = `${path}.${format}?${canonicalQuery(parameters)}`;
    const known = variants.get(name);
    if (known) return known;
    const members = await store.feedMembers(feedQuery(spec, settings, now(), parameters));
    const entries = await entriesFor(spec, members, parameters);
    const representation = await build(spec, format, entries, { parameters });
    variants.set(name, representation);
    return representation;
  };

  const archive: Publisher['archive'] = async (path, number) => {
    const spec = byPath.get(path);
    const all = archives?.of(path) ?? [];
    const wanted = all.find((candidate) => candidate.number === number);
    if (!spec || !wanted) return undefined;
    const name = `${path}/archive/${number}`;
    const known = variants.get(name);
    if (known) return known;
    const { after, through } = wanted;
    const query = feedQuery(spec, settings, now());
    const members = await store.membersBetween(query, after, through, Number.MAX_SAFE_INTEGER);
    if (members.length === 0) return undefined;
    const entries = await cache.entriesOf(entryKind(spec), members.toReversed());
    const numbers = all.map((sealed) => sealed.number);
    const representation = await build(spec, 'atom', entries, { archives: numbers, archive: number });
    variants.set(name, representation);
    return representation;
  };

  return {
    specs,
    renew: shareCalls(renewAll),
    isReady: () => isReady,
    feed: (path, format) => served.get(path)?.formats.get(format),
    staleSources: (path) => {
      const of = byPath.get(path)?.of;
      if (of?.kind !== 'source') return stale;
      const since = stale.get(of.id);
      return since ? new Map([[of.id, since]]) : new Map();
    },
    variant,
    archive,
  };
}

/** HTTP dates have seconds only. */
function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
