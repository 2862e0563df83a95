import { createHash } from 'node:crypto';
import { feedId } from '../identify/entry-id.ts';
import type { PublishSettings, SiteSettings } from '../model/settings.ts';
import { assemble, renderEntry, type RenderedEntry } from '../publish/document.ts';
import { entryOfItem, entryOfStory, type EntryContext, type PublishedSource } from '../publish/entries.ts';
import type { FeedHead } from '../publish/entry.ts';
import { canonicalQuery, feedUrl, type FeedParameters, type FeedSpec } from '../publish/feed-spec.ts';
import {
  feedFormats,
  hashOf,
  mediaTypes,
  represent,
  type FeedFormatName,
  type Representation,
} from '../publish/representation.ts';
import type { Changes, FeedQuery, FeedState, Member, Store } from '../store/store.ts';

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
  readonly specs: readonly FeedSpec[];
}

interface Served {
  readonly members: readonly Member[];
  readonly formats: Readonly<Record<FeedFormatName, Representation>>;
  /** When the first of the members is too old to be held for its arrival. */
  readonly staleAt: number;
}

/** Rendered variants in memory, by count: each is at most as large as a feed. */
const maxVariants = 64;

export function createPublisher(tools: PublisherTools): Publisher {
  const { store, specs, settings, site } = tools;
  const byPath = new Map(specs.map((spec) => [spec.path, spec]));
  const served = new Map<string, Served>();
  const entries = new Map<string, { readonly revision: number; readonly rendered: RenderedEntry }>();
  const variants = new Map<string, Representation>();
  let states = new Map<string, FeedState>();
  let revision = -1;
  let sources: ReadonlyMap<string, PublishedSource> = new Map();
  let sourcesDigest = '';

  const entryContext = (): EntryContext => ({
    siteUrl: site.url,
    settings,
    topicTitle: tools.topicTitle,
    sourceOf: (id) =>
      sources.get(id) ?? {
        title: id,
        feedId: idOf(`sources/${id}`),
        url: feedUrl(site.url, `sources/${id}`, 'atom'),
      },
  });

  const idOf = (path: string): string => feedId(authorityOf(store), `feeds/${path}`);

  const renderMembers = async (
    spec: FeedSpec,
    members: readonly Member[],
  ): Promise<readonly RenderedEntry[]> => {
    const prefix = spec.of.kind === 'source' ? 'i' : 's';
    const missing = members
      .filter(({ key, revision: at }) => entries.get(`${prefix}${key}`)?.revision !== at)
      .map(({ key }) => key);
    const context = entryContext();
    const remember = (key: number, at: number, rendered: RenderedEntry) =>
      entries.set(`${prefix}${key}`, { revision: at, rendered });
    if (missing.length > 0 && spec.of.kind === 'source') {
      for (const item of await store.items(missing)) {
        remember(item.key, item.revision, renderEntry(entryOfItem(item, context), site.language));
      }
    } else if (missing.length > 0) {
      for (const story of await store.stories(missing)) {
        remember(story.key, story.revision, renderEntry(entryOfStory(story, context), site.language));
      }
    }
    return members.flatMap(({ key }) => entries.get(`${prefix}${key}`)?.rendered ?? []);
  };

  const queryOf = (spec: FeedSpec, parameters?: FeedParameters): FeedQuery => {
    const { limit, topics, sources: ofSources } = parameters ?? {};
    const amount =
      limit === undefined
        ? {
            since: new Date(tools.now().getTime() - settings.hours * 3_600_000),
            least: settings.entries,
            most: settings.maxEntries,
          }
        : { since: new Date(8.64e15), least: limit, most: limit };
    const base = { ...amount, promo: settings.promo };
    switch (spec.of.kind) {
      case 'all':
        return {
          ...base,
          kind: 'stories',
          ...(topics && { topics }),
          ...(ofSources && { sources: ofSources }),
        };
      case 'topic':
        return { ...base, kind: 'stories', topics: [spec.of.id], ...(ofSources && { sources: ofSources }) };
      case 'source':
        return { ...base, kind: 'items', source: spec.of.id, ...(topics && { topics }) };
    }
  };

  const headOf = (
    spec: FeedSpec,
    format: FeedFormatName,
    rendered: readonly RenderedEntry[],
    parameters: FeedParameters = {},
  ): FeedHead => {
    // How many entries are shown does not change what the feed is.
    const { topics, sources: ofSources } = parameters;
    const meaning = canonicalQuery({ ...(topics && { topics }), ...(ofSources && { sources: ofSources }) });
    const latest = rendered.reduce((newest, { updated }) => (updated > newest ? updated : newest), '');
    return {
      id: idOf(meaning === '' ? spec.path : `${spec.path}?${meaning}`),
      title: spec.title,
      ...(spec.description !== undefined && { description: spec.description }),
      selfUrl: feedUrl(site.url, spec.path, format, parameters),
      homepage: `${site.url}/`,
      language: site.language,
      updated: latest === '' ? `${store.founding.at.toISOString().slice(0, 19)}Z` : latest,
      authors: [{ name: site.title }],
      generator: 'tributary',
      icon: `${site.url}/favicon.svg`,
    };
  };

  const build = async (
    spec: FeedSpec,
    format: FeedFormatName,
    rendered: readonly RenderedEntry[],
    parameters?: FeedParameters,
  ) => {
    const head = headOf(spec, format, rendered, parameters);
    const body = assemble(format, head, rendered);
    const hash = hashOf(body);
    const name = `${spec.path}.${format}`;
    const before = states.get(name);
    const lastModified =
      parameters === undefined && before?.hash === hash ? before.changedAt : wholeSecond(tools.now());
    const link = [
      `<${head.selfUrl ?? ''}>; rel="self"; type="${mediaTypes[format].split(';')[0] ?? ''}"`,
      `<${head.homepage ?? ''}>; rel="alternate"; type="text/html"`,
    ].join(', ');
    return {
      name,
      representation: await represent(body, { hash, contentType: mediaTypes[format], lastModified, link }),
    };
  };

  const renewFeed = async (spec: FeedSpec, changed: Map<string, FeedState>): Promise<void> => {
    const members = await store.feedMembers(queryOf(spec));
    const before = served.get(spec.path);
    const windowMs = settings.hours * 3_600_000;
    const since = tools.now().getTime() - windowMs;
    const staleAt =
      Math.min(...members.map(({ arrived }) => arrived.getTime()).filter((at) => at >= since)) + windowMs;
    if (before && sameMembers(before.members, members)) {
      served.set(spec.path, { ...before, staleAt });
      return;
    }
    const rendered = await renderMembers(spec, members);
    const built = await Promise.all(feedFormats.map((format) => build(spec, format, rendered)));
    const formats = {} as Record<FeedFormatName, Representation>;
    for (const [index, { name, representation }] of built.entries()) {
      const format = feedFormats[index] ?? 'atom';
      formats[format] = representation;
      const { hash, lastModified } = representation;
      if (states.get(name)?.hash !== hash) changed.set(name, { hash, revision, changedAt: lastModified });
    }
    served.set(spec.path, { members, formats, staleAt });
  };

  const renewAll = async (): Promise<void> => {
    if (revision === -1) states = new Map(await store.feedStates());
    const changes = await store.changesSince(revision === -1 ? Number.MAX_SAFE_INTEGER : revision);
    await noticeSources();
    const now = tools.now().getTime();
    const touched = specs.filter(
      (spec) => revision === -1 || isTouched(spec, changes, served.get(spec.path), now),
    );
    revision = changes.revision;
    const changed = new Map<string, FeedState>();
    for (const spec of touched) await renewFeed(spec, changed);
    if (changed.size > 0) {
      for (const [name, state] of changed) states.set(name, state);
      await store.saveFeedStates(changed);
    }
    if (touched.length > 0) forgetUnused();
    if (changes.stories.length > 0 || changes.sources.length > 0) variants.clear();
  };

  /** Entries tell of their source: when that changes, they are rendered anew. */
  const noticeSources = async (): Promise<void> => {
    sources = await tools.loadSources();
    const digest = createHash('sha256')
      .update(JSON.stringify([...sources]))
      .digest('hex');
    if (sourcesDigest !== '' && digest !== sourcesDigest) {
      entries.clear();
      served.clear();
      variants.clear();
    }
    sourcesDigest = digest;
  };

  const forgetUnused = (): void => {
    const used = new Set<string>();
    for (const [path, { members }] of served) {
      const prefix = byPath.get(path)?.of.kind === 'source' ? 'i' : 's';
      for (const { key } of members) used.add(`${prefix}${key}`);
    }
    for (const name of entries.keys()) if (!used.has(name)) entries.delete(name);
  };

  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const renew = (): Promise<void> => {
    if (!current) {
      current = renewAll().finally(() => (current = undefined));
      return current;
    }
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return renew();
      });
    return next;
  };

  return {
    specs,
    renew,
    isReady: () => specs.every(({ path }) => served.has(path)),
    feed: (path, format) => served.get(path)?.formats[format],
    variant: async (path, format, parameters) => {
      const spec = byPath.get(path);
      if (!spec) return undefined;
      const name = `${path}.${format}?${canonicalQuery(parameters)}`;
      const known = variants.get(name);
      if (known) return known;
      const members = await store.feedMembers(queryOf(spec, parameters));
      const { representation } = await build(spec, format, await renderMembers(spec, members), parameters);
      variants.set(name, representation);
      for (const oldest of variants.keys()) {
        if (variants.size <= maxVariants) break;
        variants.delete(oldest);
      }
      return representation;
    },
  };
}

function authorityOf({ founding }: Store) {
  const { installId, authority } = founding;
  return { installId, ...(authority !== undefined && { name: authority }) };
}

function isTouched(spec: FeedSpec, changes: Changes, served: Served | undefined, now: number): boolean {
  if (!served || changes.removals || served.staleAt < now) return true;
  switch (spec.of.kind) {
    case 'all':
      return changes.stories.length > 0;
    case 'topic': {
      const { id } = spec.of;
      const held = new Set(served.members.map(({ key }) => key));
      return changes.stories.some(({ key, topics }) => topics.includes(id) || held.has(key));
    }
    case 'source':
      return changes.sources.includes(spec.of.id);
  }
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
