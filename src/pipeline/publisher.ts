import { feedId } from '../identify/entry-id.ts';
import type { FeedParameters, PublishSettings, SiteSettings } from '../model/settings.ts';
import { assemble, renderEntry, type RenderedEntry } from '../publish/document.ts';
import type { EntryContext, PublishedSource } from '../publish/entries.ts';
import { feedHead, linkHeader } from '../publish/feed-head.ts';
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
import type { Changes, FeedState, Member, Store } from '../store/store.ts';
import { customEntries, isCustom } from './custom-entries.ts';
import { createEntryCache } from './entry-cache.ts';
import { entryKind, feedQuery, windowMs } from './feed-query.ts';
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
  /** A feed with parameters, rendered on request; undefined for an unknown path. */
  readonly variant: (
    path: string,
    format: FeedFormatName,
    parameters: FeedParameters,
  ) => Promise<Representation | undefined>;
}

/** A feed as it is served now. */
interface Served {
  readonly members: readonly Member[];
  readonly formats: ReadonlyMap<FeedFormatName, Representation>;
  /** When the first member is too old to be held for its arrival, in epoch milliseconds. */
  readonly staleAt: number;
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
  let states: Map<string, FeedState> | undefined;
  let revision = -1;

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
    before: FeedState | undefined,
    parameters?: FeedParameters,
  ): Promise<Representation> => {
    // How many entries are shown does not change what the feed is.
    const meaning = canonicalQuery({ ...parameters, limit: undefined });
    const id = idOf(meaning === '' ? spec.path : `${spec.path}?${meaning}`);
    const head = feedHead(spec, format, entries, {
      id,
      site,
      foundedAt: store.founding.at,
      ...(parameters && { parameters }),
    });
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

  const renewFeed = async (
    spec: FeedSpec,
    known: ReadonlyMap<string, FeedState>,
    at: number,
  ): Promise<ReadonlyMap<string, FeedState>> => {
    const members = await store.feedMembers(feedQuery(spec, settings, now()));
    const staleAt = firstExpiry(members, windowMs(settings), now());
    const before = served.get(spec.path);
    if (before && sameMembers(before.members, members)) {
      served.set(spec.path, { ...before, staleAt });
      return new Map();
    }
    const entries = await entriesFor(spec, members, {});
    const formats = new Map<FeedFormatName, Representation>();
    const changed = new Map<string, FeedState>();
    for (const format of feedFormats) {
      const name = `${spec.path}.${format}`;
      const representation = await build(spec, format, entries, known.get(name));
      formats.set(format, representation);
      const { hash, lastModified } = representation;
      if (known.get(name)?.hash !== hash) changed.set(name, { hash, revision: at, changedAt: lastModified });
    }
    served.set(spec.path, { members, formats, staleAt });
    return changed;
  };

  /** Incidents have a feed of their own, in Atom alone. */
  const renewIncidents = async (
    known: ReadonlyMap<string, FeedState>,
    at: number,
    changed: Map<string, FeedState>,
  ): Promise<void> => {
    const spec = incidentsSpec(site.title);
    const incidents = await store.incidents(maxIncidents);
    const told = incidentEntries(incidents, {
      idOf,
      siteUrl: site.url,
      sourceTitle: (id) => (sources.get(id) ?? unknownSource(id)).title,
    });
    const entries = told.map((entry) => renderEntry(entry, site.language));
    const atom = await build(spec, 'atom', entries, known.get('incidents.atom'));
    served.set(spec.path, { members: [], formats: new Map([['atom', atom]]), staleAt: Infinity });
    if (known.get('incidents.atom')?.hash !== atom.hash) {
      changed.set('incidents.atom', { hash: atom.hash, revision: at, changedAt: atom.lastModified });
    }
  };

  const renewAll = async (): Promise<void> => {
    states ??= new Map(await store.feedStates());
    const first = revision === -1;
    // The first time everything is rendered, whatever changed.
    const changes = await store.changesSince(first ? Number.MAX_SAFE_INTEGER : revision);
    await noticeSources();
    const touched = specs.filter((spec) => first || isTouched(spec, changes, served.get(spec.path), now()));
    const changed = new Map<string, FeedState>();
    for (const spec of touched)
      for (const [name, state] of await renewFeed(spec, states, changes.revision)) changed.set(name, state);
    if (first || changes.incidents) await renewIncidents(states, changes.revision, changed);
    if (changed.size > 0) await store.saveFeedStates(changed);
    for (const [name, state] of changed) states.set(name, state);
    revision = changes.revision;
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
    const representation = await build(spec, format, entries, undefined, parameters);
    variants.set(name, representation);
    return representation;
  };

  return {
    specs,
    renew: shareCalls(renewAll),
    isReady: () => specs.every(({ path }) => served.has(path)),
    feed: (path, format) => served.get(path)?.formats.get(format),
    variant,
  };
}

function isTouched({ of }: FeedSpec, changes: Changes, served: Served | undefined, now: Date): boolean {
  if (!served || changes.removals || served.staleAt <= now.getTime()) return true;
  if (of.kind === 'source') return changes.sources.includes(of.id);
  if (of.kind !== 'topic') return changes.stories.length > 0;
  const held = new Set(served.members.map(({ key }) => key));
  return changes.stories.some(({ key, topics }) => topics.includes(of.id) || held.has(key));
}

function firstExpiry(members: readonly Member[], ageMs: number, now: Date): number {
  const since = now.getTime() - ageMs;
  const within = members.map(({ arrived }) => arrived.getTime()).filter((at) => at >= since);
  return Math.min(...within) + ageMs;
}

function sameMembers(a: readonly Member[], b: readonly Member[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ key, revision }, at) => key === b[at]?.key && revision === b[at].revision)
  );
}

/** HTTP dates have seconds only. */
function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
